package dev.linkspan.core.internet;

/** How far a NAT service's life has gone. */
public enum NatServiceState {
    AVAILABLE("available"),
    /** Gone; readable for an hour, without its NIC and its public address. */
    DELETED("deleted");

    private final String label;

    NatServiceState(String label) {
        this.label = label;
    }

    /** Its name in the APIs. */
    public String label() {
        return label;
    }
}
