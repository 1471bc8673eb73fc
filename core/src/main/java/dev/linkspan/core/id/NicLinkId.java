package dev.linkspan.core.id;

/** Names a link of a NIC to a VM: {@code eni-attach-} and hexadecimal digits. */
public record NicLinkId(String value) implements ResourceId {

    public static final IdKind<NicLinkId> KIND = new IdKind<>("eni-attach-", "link of a NIC to a VM", NicLinkId::new);

    public NicLinkId {
        IdKind.check("eni-attach-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
