package dev.linkspan.server.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A peering as the model knows it: the last thing that somebody did to it, and what time makes of that. */
final class ModelPeering {

    /** L2. */
    static final Duration WEEK = Duration.ofDays(7);

    /** L3. */
    static final Duration HOUR = Duration.ofHours(1);

    /** The states of rules L, by the names that clients see. */
    enum State {
        PENDING("pending-acceptance"),
        ACTIVE("active"),
        REJECTED("rejected"),
        FAILED("failed"),
        EXPIRED("expired"),
        DELETED("deleted");

        final String label;

        State(String label) {
            this.label = label;
        }
    }

    /** The name under which the script first got it. */
    final String name;

    final ModelNet source;
    final ModelNet accepter;
    final Instant createdAt;
    final Map<String, SortedMap<String, String>> tags = new HashMap<>();
    private final boolean bornDead;
    private State done;
    private Instant since;
    private String message;
    private boolean wasActive;
    private boolean expirySwept;
    private boolean endSwept;

    ModelPeering(String name, ModelNet source, ModelNet accepter, Instant now, State state, String message) {
        this.name = name;
        this.source = source;
        this.accepter = accepter;
        this.createdAt = now;
        this.bornDead = state != State.PENDING;
        enter(state, now, message);
    }

    void enter(State state, Instant now, String saying) {
        done = state;
        since = now;
        message = saying;
        wasActive |= state == State.ACTIVE;
    }

    /** The state at this time: a request is expired from the end of its week on (L2). */
    State stateAt(Instant now) {
        return done == State.PENDING && !now.isBefore(expiry()) ? State.EXPIRED : done;
    }

    boolean isLiveAt(Instant now) {
        return stateAt(now) == State.PENDING || stateAt(now) == State.ACTIVE;
    }

    boolean isActive() {
        return done == State.ACTIVE;
    }

    boolean wasActive() {
        return wasActive;
    }

    Instant expiry() {
        return createdAt.plus(WEEK);
    }

    /** When it disappears, if it is dead (L3). */
    Optional<Instant> endOfVisibility(Instant now) {
        return switch (stateAt(now)) {
            case PENDING, ACTIVE -> Optional.empty();
            case EXPIRED -> Optional.of(expiry().plus(HOUR));
            case REJECTED, FAILED, DELETED -> Optional.of(since.plus(HOUR));
        };
    }

    boolean isVisibleAt(Instant now) {
        return endOfVisibility(now).map(now::isBefore).orElse(true);
    }

    String messageAt(Instant now) {
        return stateAt(now) == State.EXPIRED ? "Expired: not accepted within 7 days" : message;
    }

    /** L5. */
    Optional<Instant> shownExpiration(Instant now) {
        return switch (stateAt(now)) {
            case PENDING, EXPIRED -> Optional.of(expiry());
            case ACTIVE, REJECTED, FAILED, DELETED -> Optional.empty();
        };
    }

    boolean concerns(String account) {
        return source.owner.equals(account) || accepter.owner.equals(account);
    }

    boolean connects(ModelNet one, ModelNet other) {
        return asks(one, other) || asks(other, one);
    }

    boolean asks(ModelNet from, ModelNet to) {
        return source == from && accepter == to;
    }

    boolean connects(ModelNet net) {
        return source == net || accepter == net;
    }

    ModelNet peerOf(ModelNet net) {
        return source == net ? accepter : source;
    }

    /** A sweep has come by; nobody can tell from an answer. */
    void swept(Instant now) {
        expirySwept |= stateAt(now) == State.EXPIRED;
        endSwept |= !isVisibleAt(now);
    }

    /** How it came to be where it is: finer than the state, because some histories could be confused with others. */
    Situation situationAt(Instant now) {
        if (!isVisibleAt(now)) {
            return endSwept ? Situation.VANISHED_AND_SWEPT : Situation.VANISHED;
        }
        return switch (stateAt(now)) {
            case PENDING -> Situation.PENDING;
            case ACTIVE -> Situation.ACTIVE;
            case REJECTED -> rejected();
            case FAILED -> message.contains("overlap") ? Situation.FAILED_OVERLAP : Situation.FAILED_REGIONS;
            case EXPIRED -> expirySwept ? Situation.EXPIRED_AND_SWEPT : Situation.EXPIRED;
            case DELETED -> wasActive ? Situation.DELETED_WHILE_ACTIVE : Situation.DELETED_WHILE_PENDING;
        };
    }

    private Situation rejected() {
        if (!message.startsWith("Rejected automatically")) {
            return Situation.REJECTED;
        }
        return bornDead ? Situation.REJECTED_AT_BIRTH : Situation.REJECTED_BY_ANOTHER_ACCEPT;
    }

    SortedMap<String, String> tagsOf(String account) {
        return tags.computeIfAbsent(account, _ -> new TreeMap<>());
    }

    @Override
    public String toString() {
        return name;
    }
}
