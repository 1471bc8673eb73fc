package dev.linkspan.core.event;

import java.util.Optional;

/**
 * Who caused a change, and by which request.
 *
 * @param actor an account id, a host's id where its agent told of it, {@link #OPERATOR} or {@link #CLOCK}
 * @param requestId what the caller was given to refer to it; empty where no request was made
 * @param session the role session in which the account acted, where it did not act by a key of its own
 */
public record Origin(String actor, String requestId, Optional<ActingSession> session) {

    /** Whoever holds the admin token. */
    public static final String OPERATOR = "operator";

    /** Time itself: expiry and disappearance. */
    public static final String CLOCK = "clock";

    /** What time has done, whoever comes across it first. */
    public static final Origin TIME = new Origin(CLOCK, "");

    /** By a key of the account's own, or by nobody's. */
    public Origin(String actor, String requestId) {
        this(actor, requestId, Optional.empty());
    }
}
