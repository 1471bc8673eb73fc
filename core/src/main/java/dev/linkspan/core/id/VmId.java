package dev.linkspan.core.id;

/** Names a VM: {@code i-} and hexadecimal digits. */
public record VmId(String value) implements ResourceId {

    public static final IdKind<VmId> KIND = new IdKind<>("i-", "VM", VmId::new);

    public VmId {
        IdKind.check("i-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
