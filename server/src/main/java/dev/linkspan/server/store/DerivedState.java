package dev.linkspan.server.store;

import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringStateName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * What {@link NetPeering#stateAt} and {@link NetPeering#visibleAt} compute, said once more in SQL: the rows that are in
 * a state, and visible, at {@code :now}. Dead ones are visible while they died after
 * {@code :rejectedGone} and so on.
 *
 * <p>Each expression begins with the recorded state, so that an index on it leads to the rows. A request that expired
 * without being recorded so is {@link #EXPIRED_UNRECORDED}. A request expires a week after it was made (L2): saying so
 * once more, with {@code :weekAgo}, lets the index tell the two apart.
 */
enum DerivedState {
    PENDING(
            PeeringStateName.PENDING_ACCEPTANCE,
            "state = 'pending-acceptance' and created_at > :weekAgo and expires_at > :now"),
    ACTIVE(PeeringStateName.ACTIVE, "state = 'active'"),
    REJECTED(PeeringStateName.REJECTED, "state = 'rejected' and since > :rejectedGone"),
    FAILED(PeeringStateName.FAILED, "state = 'failed' and since > :failedGone"),
    EXPIRED(PeeringStateName.EXPIRED, "state = 'expired' and since > :expiredGone"),
    EXPIRED_UNRECORDED(
            PeeringStateName.EXPIRED,
            "state = 'pending-acceptance' and created_at <= :weekAgo and expires_at <= :now and expires_at > :expiredGone"),
    DELETED(PeeringStateName.DELETED, "state = 'deleted' and since > :deletedGone");

    static final List<DerivedState> LIVE = List.of(PENDING, ACTIVE);
    static final List<DerivedState> DEAD = List.of(REJECTED, FAILED, EXPIRED, EXPIRED_UNRECORDED, DELETED);

    private final PeeringStateName name;
    private final String expression;

    DerivedState(PeeringStateName name, String expression) {
        this.name = name;
        this.expression = expression;
    }

    /** The state that such rows have for readers. */
    PeeringStateName shownAs() {
        return name;
    }

    String expression() {
        return expression;
    }

    /** Binds what expressions say of the time, but for {@code :weekAgo}; who died after {@code :firstGone} is shown in any case. */
    static <T extends SqlStatement<T>> T bindTimes(T statement, Instant now) {
        DEAD.stream()
                .map(DerivedState::shownAs)
                .forEach(state -> statement.bind(state.label() + "Gone", now.minus(state.shownFor())));
        Duration shortest = Collections.min(
                DEAD.stream().map(state -> state.shownAs().shownFor()).toList());
        return statement.bind("firstGone", now.minus(shortest)).bind("now", now);
    }
}
