package dev.linkspan.core.peering;

import dev.linkspan.core.id.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where a peering is in its life (rules L). Each state carries what it alone has. */
public sealed interface PeeringState {

    /** How long a request waits for an answer (L2). */
    Duration TIME_TO_ANSWER = Duration.ofDays(7);

    PeeringStateName name();

    /** A peering that can still carry packets, now or once it is accepted. */
    sealed interface Live extends PeeringState {}

    /** A peering that never carries packets again. */
    sealed interface Dead extends PeeringState {

        /** When it died. */
        Instant since();

        /** When it is shown no longer (L3). */
        default Instant goneAt() {
            return since().plus(name().shownFor());
        }
    }

    /** Asked, not yet answered. */
    record PendingAcceptance(Instant expiresAt) implements Live {
        @Override
        public PeeringStateName name() {
            return PeeringStateName.PENDING_ACCEPTANCE;
        }
    }

    /** Accepted: packets flow where routes and groups let them (P1). */
    record Active(Instant since) implements Live {
        @Override
        public PeeringStateName name() {
            return PeeringStateName.ACTIVE;
        }
    }

    /**
     * Declined.
     *
     * @param by who declined; empty when an active peering already connected the two Nets (P9)
     */
    record Rejected(Instant since, Optional<AccountId> by) implements Dead {
        @Override
        public PeeringStateName name() {
            return PeeringStateName.REJECTED;
        }
    }

    /**
     * Born impossible (P4, P5).
     *
     * @param reason what stood against it, as the message's end
     */
    record Failed(Instant since, String reason) implements Dead {
        @Override
        public PeeringStateName name() {
            return PeeringStateName.FAILED;
        }
    }

    /** Not answered in time (L2). */
    record Expired(Instant since) implements Dead {
        @Override
        public PeeringStateName name() {
            return PeeringStateName.EXPIRED;
        }
    }

    /** Withdrawn by its requester, or ended by either owner. */
    record Deleted(Instant since, AccountId by) implements Dead {
        @Override
        public PeeringStateName name() {
            return PeeringStateName.DELETED;
        }
    }
}
