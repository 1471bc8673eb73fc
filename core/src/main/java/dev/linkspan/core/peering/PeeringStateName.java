package dev.linkspan.core.peering;

import java.util.Arrays;
import java.util.Optional;

/** The states by the names that both APIs use. */
public enum PeeringStateName {
    PENDING_ACCEPTANCE("pending-acceptance"),
    ACTIVE("active"),
    REJECTED("rejected"),
    FAILED("failed"),
    EXPIRED("expired"),
    DELETED("deleted");

    private final String label;

    PeeringStateName(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The state of this name, if there is one. */
    public static Optional<PeeringStateName> tryParse(String label) {
        return Arrays.stream(values()).filter(it -> it.label.equals(label)).findFirst();
    }
}
