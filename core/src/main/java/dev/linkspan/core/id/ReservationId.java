package dev.linkspan.core.id;

/** Names a reservation of VMs: {@code r-} and hexadecimal digits. */
public record ReservationId(String value) implements ResourceId {

    public static final IdKind<ReservationId> KIND = new IdKind<>("r-", "reservation of VMs", ReservationId::new);

    public ReservationId {
        IdKind.check("r-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
