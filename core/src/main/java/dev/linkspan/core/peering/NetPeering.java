package dev.linkspan.core.peering;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.PeeringState.Active;
import dev.linkspan.core.peering.PeeringState.Dead;
import dev.linkspan.core.peering.PeeringState.Deleted;
import dev.linkspan.core.peering.PeeringState.Expired;
import dev.linkspan.core.peering.PeeringState.Failed;
import dev.linkspan.core.peering.PeeringState.Live;
import dev.linkspan.core.peering.PeeringState.PendingAcceptance;
import dev.linkspan.core.peering.PeeringState.Rejected;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.time.Instant;
import java.util.Optional;

/**
 * An agreement between the owners of two Nets that their instances may reach each other (P1).
 *
 * <p>It holds the last recorded transition. What follows from time alone is computed: {@link #stateAt} tells that a
 * request has expired and {@link #visibleAt} that a dead peering has disappeared, at the very instant they do, whether
 * or not anybody has recorded it (L2, L3, T2). The transitions are pure: each answers the peering as it is afterwards,
 * itself where nothing changes, or throws {@link Refusal} (the matrix of rules L).
 *
 * @param source the Net whose owner asked
 * @param accepter the Net whose owner answers
 * @param acceptedAt when it was accepted, if it ever was
 * @param message what the requester wrote to the other owner, if anything
 * @param recorded the state of the last recorded transition
 */
public record NetPeering(
        NetPeeringId id,
        PeeringSide source,
        PeeringSide accepter,
        Instant createdAt,
        Optional<Instant> acceptedAt,
        Optional<PeeringMessage> message,
        PeeringState recorded) {

    /** A peering that was asked for without a word. */
    public NetPeering(
            NetPeeringId id,
            PeeringSide source,
            PeeringSide accepter,
            Instant createdAt,
            Optional<Instant> acceptedAt,
            PeeringState recorded) {
        this(id, source, accepter, createdAt, acceptedAt, Optional.empty(), recorded);
    }

    /** A request that waits for an answer (P7). */
    public static NetPeering requested(NetPeeringId id, PeeringSide source, PeeringSide accepter, Instant now) {
        PeeringState waiting = new PendingAcceptance(now.plus(PeeringState.TIME_TO_ANSWER));
        return new NetPeering(id, source, accepter, now, Optional.empty(), waiting);
    }

    /** A request that was dead when it was made (P4, P5, P9). */
    public static NetPeering bornDead(
            NetPeeringId id, PeeringSide source, PeeringSide accepter, Instant now, Dead state) {
        return new NetPeering(id, source, accepter, now, Optional.empty(), state);
    }

    /** The same, with what its requester writes to the other owner. */
    public NetPeering saying(PeeringMessage words) {
        return new NetPeering(id, source, accepter, createdAt, acceptedAt, Optional.of(words), recorded);
    }

    /** The state at this time: the recorded one, or expired where the time to answer is over (L2). */
    public PeeringState stateAt(Instant now) {
        return switch (recorded) {
            case PendingAcceptance(Instant expiresAt) when !now.isBefore(expiresAt) -> new Expired(expiresAt);
            case PeeringState asRecorded -> asRecorded;
        };
    }

    /** Whether any call may still show it: live ones always, dead ones for a while (L3). */
    public boolean visibleAt(Instant now) {
        return switch (stateAt(now)) {
            case Live _ -> true;
            case Dead dead -> now.isBefore(dead.goneAt());
        };
    }

    /** Until when it can be answered: while it is pending, and on what expired so (L5). */
    public Optional<Instant> expirationShownAt(Instant now) {
        return switch (stateAt(now)) {
            case PendingAcceptance(Instant expiresAt) -> Optional.of(expiresAt);
            case Expired(Instant since) -> Optional.of(since);
            case Active _, Rejected _, Failed _, Deleted _ -> Optional.empty();
        };
    }

    /** What the state means, for people (L6). */
    public String messageAt(Instant now) {
        return switch (stateAt(now)) {
            case PendingAcceptance _ -> "Pending acceptance by " + accepter.owner();
            case Active _ -> "Active";
            case Rejected(Instant _, Optional<AccountId> by) ->
                by.map(account -> "Rejected by " + account)
                        .orElse("Rejected automatically: an active peering already connects these two Nets");
            case Failed(Instant _, String reason) -> "Failed: " + reason;
            case Expired _ -> "Expired: not accepted within 7 days";
            case Deleted(Instant _, AccountId by) -> "Deleted by " + by;
        };
    }

    public boolean isActive() {
        return recorded instanceof Active;
    }

    /** Whether it waits for an answer, and there still is time for one (L2). */
    public boolean isPendingAt(Instant now) {
        return stateAt(now) instanceof PendingAcceptance;
    }

    /** Whether the account owns one of the two Nets: nobody else ever sees the peering. */
    public boolean concerns(AccountId account) {
        return source.owner().equals(account) || accepter.owner().equals(account);
    }

    public boolean connects(NetId net) {
        return source.net().equals(net) || accepter.net().equals(net);
    }

    /** The other side, seen from this Net. */
    public PeeringSide peerOf(NetId net) {
        if (!connects(net)) {
            throw new IllegalArgumentException("BUG: %s is no side of %s".formatted(net, id));
        }
        return source.net().equals(net) ? accepter : source;
    }

    /** The accepter's owner agrees. Accepting what is active changes nothing. */
    public NetPeering accept(AccountId by, Instant now) {
        onlyParties(by);
        onlyOwnerOf(accepter, by, "accept");
        return switch (stateAt(now)) {
            case PendingAcceptance _ ->
                new NetPeering(id, source, accepter, createdAt, Optional.of(now), message, new Active(now));
            case Active _ -> this;
            case Rejected _, Failed _, Expired _, Deleted _ -> throw notPossible("accepted", now);
        };
    }

    /** The accepter's owner declines. Rejecting what is rejected changes nothing. */
    public NetPeering reject(AccountId by, Instant now) {
        onlyParties(by);
        onlyOwnerOf(accepter, by, "reject");
        return switch (stateAt(now)) {
            case PendingAcceptance _ -> in(new Rejected(now, Optional.of(by)));
            case Rejected _ -> this;
            case Active _, Failed _, Expired _, Deleted _ -> throw notPossible("rejected", now);
        };
    }

    /** Time is up for the answer (L2). */
    public NetPeering expire(Instant now) {
        return switch (stateAt(now)) {
            case Expired expired -> in(expired);
            case PendingAcceptance _, Active _, Rejected _, Failed _, Deleted _ ->
                throw new IllegalStateException("BUG: %s is not due to expire at %s".formatted(id, now));
        };
    }

    /** Another peering of the same two Nets was accepted (P9). */
    public NetPeering rejectAutomatically(Instant now) {
        return switch (stateAt(now)) {
            case PendingAcceptance _ -> in(new Rejected(now, Optional.empty()));
            case Active _, Rejected _, Failed _, Expired _, Deleted _ ->
                throw new IllegalStateException("BUG: %s does not wait for an answer at %s".formatted(id, now));
        };
    }

    /**
     * The requester withdraws, or either owner ends what is active. Deleting again what is deleted changes nothing for
     * whoever could have deleted it.
     */
    public NetPeering delete(AccountId by, Instant now) {
        onlyParties(by);
        return switch (stateAt(now)) {
            case PendingAcceptance _ -> {
                onlyOwnerOf(source, by, "delete, while it is pending,");
                yield in(new Deleted(now, by));
            }
            case Active _ -> in(new Deleted(now, by));
            case Deleted _ when by.equals(source.owner()) || acceptedAt.isPresent() -> this;
            case Rejected _, Failed _, Expired _, Deleted _ -> throw notPossible("deleted", now);
        };
    }

    /** The owner of a side sets what it lets the other one do, while the peering is active. */
    public NetPeering withOptions(PeeringOptions options, AccountId by, Instant now) {
        onlyParties(by);
        options.sourceDnsResolution().ifPresent(_ -> onlyOwnerOf(source, by, "set options of the source's side of"));
        options.accepterDnsResolution()
                .ifPresent(_ -> onlyOwnerOf(accepter, by, "set options of the accepter's side of"));
        return switch (stateAt(now)) {
            case Active _ ->
                new NetPeering(
                        id,
                        options.sourceDnsResolution()
                                .map(source::withDnsResolution)
                                .orElse(source),
                        options.accepterDnsResolution()
                                .map(accepter::withDnsResolution)
                                .orElse(accepter),
                        createdAt,
                        acceptedAt,
                        message,
                        recorded);
            case PendingAcceptance _, Rejected _, Failed _, Expired _, Deleted _ ->
                throw notPossible("given options, which only an active one has", now);
        };
    }

    private NetPeering in(PeeringState state) {
        return new NetPeering(id, source, accepter, createdAt, acceptedAt, message, state);
    }

    /** To everybody else the peering does not exist (A4). */
    private void onlyParties(AccountId by) {
        if (!concerns(by)) {
            throw Refusal.unknown(Parameter.PEERING, id);
        }
    }

    private void onlyOwnerOf(PeeringSide side, AccountId by, String action) {
        if (!side.owner().equals(by)) {
            throw new Refusal(
                            RefusalCode.WRONG_PARTY,
                            "Account %s may not %s the %s peering '%s': only account %s, the owner of %s, may.",
                            by,
                            action,
                            Noun.NET,
                            id,
                            side.owner(),
                            side.net())
                    .about(id);
        }
    }

    private Refusal notPossible(String participle, Instant now) {
        return new Refusal(
                        RefusalCode.INVALID_STATE,
                        "The %s peering '%s' cannot be %s: it is in the state '%s' (%s).",
                        Noun.NET,
                        id,
                        participle,
                        stateAt(now).name().label(),
                        messageAt(now))
                .about(id);
    }
}
