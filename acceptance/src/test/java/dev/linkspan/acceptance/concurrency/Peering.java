package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.concurrency.Outcome.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A peering as the rules have it, for the specification.
 *
 * @param since when it got into its state
 * @param message what {@code State.Message} says (L6)
 * @param wasActive whether it was ever accepted
 */
record Peering(
        String id,
        String source,
        String accepter,
        Instant createdAt,
        State state,
        Instant since,
        String message,
        boolean wasActive) {

    static final Duration TIME_TO_ANSWER = Duration.ofDays(7);
    private static final Duration TIME_VISIBLE = Duration.ofHours(1);

    enum State {
        PENDING("pending-acceptance"),
        ACTIVE("active"),
        REJECTED("rejected"),
        FAILED("failed"),
        EXPIRED("expired"),
        DELETED("deleted");

        private final String label;

        State(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    boolean isPending() {
        return state == State.PENDING;
    }

    boolean isActive() {
        return state == State.ACTIVE;
    }

    boolean isLive() {
        return isPending() || isActive();
    }

    boolean connects(String net) {
        return source.equals(net) || accepter.equals(net);
    }

    boolean connects(String one, String other) {
        return connects(one) && connects(other);
    }

    Instant expiry() {
        return createdAt.plus(TIME_TO_ANSWER);
    }

    /** What time alone has made of it (L2). */
    Peering at(Instant now) {
        return isPending() && !now.isBefore(expiry())
                ? changed(State.EXPIRED, expiry(), "Expired: not accepted within 7 days")
                : this;
    }

    /** Whether anybody can still see it (L3). */
    boolean isVisibleAt(Instant now) {
        return isLive() || now.isBefore(since.plus(TIME_VISIBLE));
    }

    Peering changed(State next, Instant now, String why) {
        return new Peering(id, source, accepter, createdAt, next, now, why, wasActive || next == State.ACTIVE);
    }

    Seen seen() {
        boolean expirationShown = isPending() || state == State.EXPIRED;
        return new Seen(
                id,
                source,
                accepter,
                state.label(),
                message,
                expirationShown ? Optional.of(expiry()) : Optional.empty());
    }
}
