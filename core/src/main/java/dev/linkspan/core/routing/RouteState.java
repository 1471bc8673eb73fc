package dev.linkspan.core.routing;

/** What a route does with packets now (R4, X7). */
public enum RouteState {
    /** Its target is the Net itself, a peering that is or may still become active, or something else that is there. */
    ACTIVE("active"),
    /** Its target is dead, gone or stopped: packets to its destination are dropped. */
    BLACKHOLE("blackhole");

    private final String label;

    RouteState(String label) {
        this.label = label;
    }

    /** The name that both APIs use. */
    public String label() {
        return label;
    }
}
