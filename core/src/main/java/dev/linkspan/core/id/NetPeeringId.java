package dev.linkspan.core.id;

/** Names a Net peering: {@code pcx-} and hexadecimal digits. */
public record NetPeeringId(String value) implements ResourceId {

    public static final IdKind<NetPeeringId> KIND = new IdKind<>("pcx-", "Net peering", NetPeeringId::new);

    public NetPeeringId {
        IdKind.check("pcx-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
