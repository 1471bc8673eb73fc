package dev.linkspan.core.peering;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Every state x action x party of a peering's life, tried out on the real thing. */
final class LifecycleMatrix {

    static final Instant BIRTH = Instant.parse("2026-11-22T18:44:49Z");
    static final Instant NOW = BIRTH.plus(Duration.ofDays(8));
    static final AccountId REQUESTER = new AccountId("111111111111");
    static final AccountId ACCEPTER = new AccountId("222222222222");
    static final AccountId STRANGER = new AccountId("333333333333");
    static final NetPeeringId ID = new NetPeeringId("pcx-0000000a");

    private LifecycleMatrix() {}

    /** Where a peering can be in its life, and how it came there. */
    enum Situation {
        PENDING_ACCEPTANCE("pending-acceptance"),
        ACTIVE("active"),
        REJECTED("rejected"),
        REJECTED_AUTOMATICALLY("rejected, automatically"),
        FAILED("failed"),
        EXPIRED("expired"),
        DELETED_WHILE_PENDING("deleted, while pending"),
        DELETED_WHILE_ACTIVE("deleted, while active");

        final String label;

        Situation(String label) {
            this.label = label;
        }

        /** A peering in this situation at {@link #NOW}. */
        NetPeering between(AccountId requester, AccountId accepter) {
            PeeringSide source = side("vpc-0000000a", "10.0.0.0/16", requester);
            PeeringSide target = side("vpc-0000000b", "10.1.0.0/16", accepter);
            Instant created = this == EXPIRED ? BIRTH : NOW.minusSeconds(60);
            NetPeering asked = NetPeering.requested(ID, source, target, created);
            Instant earlier = NOW.minusSeconds(30);
            return switch (this) {
                case PENDING_ACCEPTANCE, EXPIRED -> asked;
                case ACTIVE -> asked.accept(accepter, earlier);
                case REJECTED -> asked.reject(accepter, earlier);
                case REJECTED_AUTOMATICALLY -> asked.rejectAutomatically(earlier);
                case FAILED ->
                    NetPeering.bornDead(
                            ID, source, target, created, new PeeringState.Failed(created, "the IP ranges overlap"));
                case DELETED_WHILE_PENDING -> asked.delete(requester, earlier);
                case DELETED_WHILE_ACTIVE -> asked.accept(accepter, created).delete(requester, earlier);
            };
        }
    }

    /** What can be asked of a peering. */
    enum Action {
        ACCEPT,
        REJECT,
        DELETE;

        NetPeering on(NetPeering peering, AccountId by) {
            return switch (this) {
                case ACCEPT -> peering.accept(by, NOW);
                case REJECT -> peering.reject(by, NOW);
                case DELETE -> peering.delete(by, NOW);
            };
        }
    }

    /** Who asks. */
    enum Party {
        REQUESTER,
        ACCEPTER,
        /** One account that owns both Nets. */
        OWNER_OF_BOTH,
        /** An account that owns neither. */
        STRANGER
    }

    /** What comes of it: the new state's name, {@code unchanged}, or {@code refused: } and why. */
    static String outcome(Situation situation, Action action, Party party) {
        AccountId accepter = party == Party.OWNER_OF_BOTH ? REQUESTER : ACCEPTER;
        NetPeering before = situation.between(REQUESTER, accepter);
        AccountId by = switch (party) {
            case REQUESTER, OWNER_OF_BOTH -> REQUESTER;
            case ACCEPTER -> ACCEPTER;
            case STRANGER -> STRANGER;
        };
        try {
            NetPeering after = action.on(before, by);
            return after.equals(before)
                    ? "unchanged"
                    : after.stateAt(NOW).name().label();
        } catch (Refusal refusal) {
            return "refused: " + reason(refusal.code());
        }
    }

    private static String reason(RefusalCode code) {
        return switch (code) {
            case INVALID_STATE -> "state";
            case WRONG_PARTY -> "party";
            case UNKNOWN_ID -> "unknown";
            default -> throw new AssertionError("a peering is not refused with " + code);
        };
    }

    static PeeringSide side(String net, String range, AccountId owner) {
        return new PeeringSide(new NetId(net), Cidr.parse(range), owner);
    }

    static Optional<Instant> shownExpiration(Situation situation) {
        return situation.between(REQUESTER, ACCEPTER).expirationShownAt(NOW);
    }
}
