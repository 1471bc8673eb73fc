package dev.linkspan.core.routing;

/** What a route does with packets now (R4). */
public enum RouteState {
    /** Its target is the Net itself, or a peering that is or may still become active. */
    ACTIVE("active"),
    /** Its peering is dead: packets to its destination are dropped. */
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
