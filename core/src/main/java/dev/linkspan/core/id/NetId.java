package dev.linkspan.core.id;

/** Names a Net: {@code vpc-} and hexadecimal digits. */
public record NetId(String value) implements ResourceId {

    public static final IdKind<NetId> KIND = new IdKind<>("vpc-", "Net", NetId::new);

    public NetId {
        IdKind.check("vpc-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
