package dev.linkspan.core.id;

/** Names a NIC: {@code eni-} and hexadecimal digits. */
public record NicId(String value) implements ResourceId {

    public static final IdKind<NicId> KIND = new IdKind<>("eni-", "NIC", NicId::new);

    public NicId {
        IdKind.check("eni-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
