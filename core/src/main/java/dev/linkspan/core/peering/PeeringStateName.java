package dev.linkspan.core.peering;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/** The states by the names that both APIs use. */
public enum PeeringStateName {
    PENDING_ACCEPTANCE("pending-acceptance", Lifetime.UNLIMITED),
    ACTIVE("active", Lifetime.UNLIMITED),
    REJECTED("rejected", Lifetime.AFTER_DEATH),
    FAILED("failed", Lifetime.AFTER_DEATH),
    EXPIRED("expired", Lifetime.AFTER_DEATH),
    DELETED("deleted", Lifetime.AFTER_DEATH);

    private final String label;
    private final Duration shownFor;

    PeeringStateName(String label, Duration shownFor) {
        this.label = label;
        this.shownFor = shownFor;
    }

    /** How long a peering is shown in a state. */
    private static final class Lifetime {
        static final Duration UNLIMITED = ChronoUnit.FOREVER.getDuration();
        static final Duration AFTER_DEATH = Duration.ofHours(1);
    }

    /** How long a peering is shown once it is in this state (L3); of a live one, for ever. */
    public Duration shownFor() {
        return shownFor;
    }

    public String label() {
        return label;
    }

    /** The state of this name, if there is one. */
    public static Optional<PeeringStateName> tryParse(String label) {
        return Arrays.stream(values()).filter(it -> it.label.equals(label)).findFirst();
    }
}
