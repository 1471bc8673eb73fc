package dev.linkspan.core.event;

/**
 * Who caused a change, and by which request.
 *
 * @param actor an account id, {@link #OPERATOR} or {@link #CLOCK}
 * @param requestId what the caller was given to refer to it; empty where no request was made
 */
public record Origin(String actor, String requestId) {

    /** Whoever holds the admin token. */
    public static final String OPERATOR = "operator";

    /** Time itself: expiry and disappearance. */
    public static final String CLOCK = "clock";

    /** What time has done, whoever comes across it first. */
    public static final Origin TIME = new Origin(CLOCK, "");
}
