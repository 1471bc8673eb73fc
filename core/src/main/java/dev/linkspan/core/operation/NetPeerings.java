package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringMessage;
import dev.linkspan.core.peering.PeeringOptions;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.peering.PeeringState.Active;
import dev.linkspan.core.peering.PeeringState.Dead;
import dev.linkspan.core.peering.PeeringState.Failed;
import dev.linkspan.core.peering.PeeringState.PendingAcceptance;
import dev.linkspan.core.peering.PeeringState.Rejected;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The operations on Net peerings: asking, answering, ending, and what time does to them (rules P and L). */
public final class NetPeerings {

    private final PeeringRules rules;

    public NetPeerings(PeeringRules rules) {
        this.rules = rules;
    }

    /**
     * The owner of the source Net asks the owner of the accepter Net. Asked again while the answer is open or positive,
     * the peering that there is is answered (P9); what can never work is born dead (P4, P5).
     *
     * @param accepterOwner whose the accepter Net is; the caller's own where it is not given
     */
    public NetPeering create(
            UnitOfWork unit, AccountId caller, NetId sourceNet, NetId accepterNet, Optional<AccountId> accepterOwner) {
        return create(unit, caller, sourceNet, accepterNet, accepterOwner, Optional.empty());
    }

    /**
     * The same, with a word to the other owner. A peering that there is already keeps the message that it was asked for
     * with.
     */
    public NetPeering create(
            UnitOfWork unit,
            AccountId caller,
            NetId sourceNet,
            NetId accepterNet,
            Optional<AccountId> accepterOwner,
            Optional<PeeringMessage> message) {
        if (sourceNet.equals(accepterNet)) {
            throw new Refusal(
                            RefusalCode.SAME_NET,
                            "The %s and the %s are both '%s': a %s cannot peer with itself.",
                            Parameter.SOURCE_NET,
                            Parameter.ACCEPTER_NET,
                            sourceNet,
                            Noun.NET)
                    .about(sourceNet);
        }
        Net source = Visible.net(unit, caller, Parameter.SOURCE_NET, sourceNet);
        Net accepter = unit.nets()
                .findInAnyRegion(accepterNet)
                .filter(net -> net.owner().equals(accepterOwner.orElse(caller)))
                .orElseThrow(() -> Refusal.unknown(Parameter.ACCEPTER_NET, accepterNet));
        List<NetPeering> live = livePeeringsBetween(unit, sourceNet, accepterNet);
        Optional<NetPeering> same = live.stream()
                .filter(peering -> peering.source().net().equals(sourceNet))
                .findFirst();
        return same.orElseGet(() -> ask(unit, source, accepter, live, message));
    }

    private NetPeering ask(
            UnitOfWork unit, Net source, Net accepter, List<NetPeering> live, Optional<PeeringMessage> message) {
        requireVms(unit, source, accepter);
        NetPeeringId id = unit.newId(NetPeeringId.KIND);
        PeeringSide from = PeeringSide.of(source);
        PeeringSide to = PeeringSide.of(accepter);
        requireDeadQuota(unit, source.owner());
        Optional<Dead> bornDead = whyDead(source, accepter, live, unit.now());
        if (bornDead.isEmpty()) {
            requireOutstandingQuota(unit, source.owner());
        }
        NetPeering peering = bornDead.map(state -> NetPeering.bornDead(id, from, to, unit.now(), state))
                .orElseGet(() -> NetPeering.requested(id, from, to, unit.now()));
        return saved(unit, message.map(peering::saying).orElse(peering));
    }

    /** What makes this request dead at birth, if anything does: overlap (P4), Regions (P5), the reverse peering (P9). */
    private static Optional<Dead> whyDead(Net source, Net accepter, List<NetPeering> live, Instant now) {
        if (!source.region().equals(accepter.region())) {
            return Optional.of(new Failed(
                    now,
                    "the two Nets are in different Regions (%s, %s)".formatted(source.region(), accepter.region())));
        }
        if (source.range().overlaps(accepter.range())) {
            return Optional.of(new Failed(
                    now, "the IP ranges of the two Nets overlap (%s, %s)".formatted(source.range(), accepter.range())));
        }
        if (live.stream().anyMatch(NetPeering::isActive)) {
            return Optional.of(new Rejected(now, Optional.empty()));
        }
        return Optional.empty();
    }

    /** The owner of the accepter Net agrees; other requests between the two Nets are thereby rejected (P9). */
    public NetPeering accept(UnitOfWork unit, AccountId caller, NetPeeringId id) {
        NetPeering asked = Visible.netPeering(unit, caller, Parameter.PEERING, id);
        NetPeering accepted = asked.accept(caller, unit.now());
        if (accepted.equals(asked)) {
            return asked;
        }
        List<NetPeering> others = livePeeringsBetween(
                        unit, asked.source().net(), asked.accepter().net())
                .stream()
                .filter(other -> !other.id().equals(id))
                .toList();
        requireAcceptable(unit, asked, others);
        others.forEach(other -> saved(unit, other.rejectAutomatically(unit.now())));
        return saved(unit, accepted);
    }

    /** The owner of the accepter Net declines. */
    public NetPeering reject(UnitOfWork unit, AccountId caller, NetPeeringId id) {
        NetPeering asked = Visible.netPeering(unit, caller, Parameter.PEERING, id);
        return savedIfChanged(unit, asked, asked.reject(caller, unit.now()));
    }

    /** The requester withdraws, or either owner ends the peering. */
    public NetPeering delete(UnitOfWork unit, AccountId caller, NetPeeringId id) {
        NetPeering peering = Visible.netPeering(unit, caller, Parameter.PEERING, id);
        return savedIfChanged(unit, peering, peering.delete(caller, unit.now()));
    }

    /** The owner of a side, or of both, sets what clients read back as the options of that side. */
    public NetPeering setOptions(UnitOfWork unit, AccountId caller, NetPeeringId id, PeeringOptions options) {
        NetPeering before = Visible.netPeering(unit, caller, Parameter.PEERING, id);
        NetPeering after = before.withOptions(options, caller, unit.now());
        if (!after.equals(before)) {
            unit.peerings().save(after);
            String detail = "DNS resolution from the other side: source %s, accepter %s"
                    .formatted(onOrOff(after.source()), onOrOff(after.accepter()));
            unit.record(fact(EventType.NET_PEERING_CHANGED, after, detail));
        }
        return after;
    }

    private static String onOrOff(PeeringSide side) {
        return side.dnsResolution() ? "on" : "off";
    }

    /**
     * Records what time has done since it was last asked: requests that expired, and dead peerings that are shown no longer.
     * Readers never depend on it (T2).
     *
     * @param limit how many peerings at most, so that a change stays short
     * @return how many it recorded; as many as the limit when there may be more
     */
    public int sweep(UnitOfWork unit, int limit) {
        List<NetPeering> due = unit.peerings().pendingDueBy(unit.now(), limit);
        due.forEach(peering -> saved(unit, peering.expire(unit.now())));
        List<NetPeering> gone = unit.peerings().goneBy(unit.now(), limit - due.size());
        gone.forEach(peering -> forget(unit, peering));
        return due.size() + gone.size();
    }

    private static void forget(UnitOfWork unit, NetPeering peering) {
        unit.tags().deleteOfResource(peering.id());
        unit.peerings().delete(peering.id());
        unit.record(fact(EventType.NET_PEERING_FORGOTTEN, peering, "no longer visible"));
    }

    /** Those that are live now; a request that expired without being recorded so is recorded on the way. */
    private static List<NetPeering> livePeeringsBetween(UnitOfWork unit, NetId one, NetId other) {
        List<NetPeering> live = new ArrayList<>();
        for (NetPeering peering : unit.peerings().liveBetween(one, other)) {
            if (peering.stateAt(unit.now()) instanceof PeeringState.Live) {
                live.add(peering);
            } else {
                saved(unit, peering.expire(unit.now()));
            }
        }
        return live;
    }

    /** The VMs of another Region are not known here; a peering with it fails in any case (P5). */
    private void requireVms(Snapshot snapshot, Net source, Net accepter) {
        if (!rules.requiresVm()) {
            return;
        }
        for (Net net : List.of(source, accepter)) {
            if (net.region().equals(snapshot.region()) && !snapshot.vms().existsIn(net.id())) {
                throw withoutVm(source.owner(), net);
            }
        }
    }

    private static Refusal withoutVm(AccountId caller, Net empty) {
        Refusal refusal = empty.owner().equals(caller)
                ? new Refusal(
                        RefusalCode.NET_WITHOUT_VM,
                        "The %s '%s' has no %s: each of the two %s needs at least one before they can be peered"
                                + " (serve --peering-requires-vm false switches that off).",
                        Noun.NET,
                        empty.id(),
                        Noun.VM,
                        Noun.NETS)
                : new Refusal(
                        RefusalCode.NET_WITHOUT_VM,
                        "The accepter %s does not meet the conditions for a %s peering: each of the two %s needs at least one %s"
                                + " (serve --peering-requires-vm false switches that off).",
                        Noun.NET,
                        Noun.NET,
                        Noun.NETS,
                        Noun.VM);
        return refusal.about(empty.id());
    }

    private static void requireOutstandingQuota(Snapshot snapshot, AccountId requester) {
        int limit = Quotas.limit(snapshot, requester, Quota.OUTSTANDING_PEERING_REQUESTS);
        if (snapshot.peerings().countOutstandingOfRequester(requester) >= limit) {
            throw new Refusal(
                    RefusalCode.QUOTA,
                    "Account %s has %d peering requests that wait for an answer, which is its limit: one of them must be answered or deleted first.",
                    requester,
                    limit);
        }
    }

    /** Requests that come to nothing cost no answer, and whoever is asked sees each of them for an hour (L3). */
    private static void requireDeadQuota(Snapshot snapshot, AccountId requester) {
        int limit = Quotas.limit(snapshot, requester, Quota.DEAD_PEERING_REQUESTS);
        if (snapshot.peerings().countDeadOfRequester(requester) >= limit) {
            throw new Refusal(
                    RefusalCode.QUOTA,
                    "%d peering requests of account %s came to nothing within the last hour, which is its limit.",
                    limit,
                    requester);
        }
    }

    /** What may have changed since the request is checked again (L4); Net ranges never change. */
    private void requireAcceptable(Snapshot snapshot, NetPeering asked, List<NetPeering> others) {
        if (others.stream().anyMatch(NetPeering::isActive)) {
            throw new IllegalStateException(
                    "BUG: %s waits although an active peering connects its Nets".formatted(asked.id()));
        }
        for (PeeringSide side : List.of(asked.source(), asked.accepter())) {
            int limit = Quotas.limit(snapshot, side.owner(), Quota.ACTIVE_PEERINGS_PER_NET);
            if (snapshot.peerings().countActiveOfNet(side.net()) >= limit) {
                throw new Refusal(
                                RefusalCode.QUOTA,
                                "One of the two %s of '%s' has as many active peerings as it may have.",
                                Noun.NETS,
                                asked.id())
                        .about(asked.id());
            }
            if (!rules.overlappingPeers()) {
                requireDistinctPeers(snapshot, asked, side);
            }
        }
    }

    /** For drivers that cannot keep the flows of overlapping peers apart (P13). */
    private static void requireDistinctPeers(Snapshot snapshot, NetPeering asked, PeeringSide side) {
        boolean overlap = snapshot.peerings().liveOfNet(side.net()).stream()
                .filter(NetPeering::isActive)
                .anyMatch(active -> active.peerOf(side.net())
                        .range()
                        .overlaps(asked.peerOf(side.net()).range()));
        if (overlap) {
            throw new Refusal(
                            RefusalCode.CONFLICT,
                            "The %s peering '%s' cannot be accepted: one of its %s has another active peer whose range overlaps, and this server's network cannot keep their packets apart.",
                            Noun.NET,
                            asked.id(),
                            Noun.NETS)
                    .about(asked.id());
        }
    }

    private static NetPeering savedIfChanged(UnitOfWork unit, NetPeering before, NetPeering after) {
        return after.equals(before) ? before : saved(unit, after);
    }

    /** That a request expired is nobody's doing, whoever's call comes across it (L9). */
    private static NetPeering saved(UnitOfWork unit, NetPeering peering) {
        unit.peerings().save(peering);
        EventType type = switch (peering.recorded()) {
            case PendingAcceptance _ -> EventType.NET_PEERING_REQUESTED;
            case Active _ -> EventType.NET_PEERING_ACCEPTED;
            case Rejected _ -> EventType.NET_PEERING_REJECTED;
            case Failed _ -> EventType.NET_PEERING_FAILED;
            case PeeringState.Expired _ -> EventType.NET_PEERING_EXPIRED;
            case PeeringState.Deleted _ -> EventType.NET_PEERING_DELETED;
        };
        Origin cause = type == EventType.NET_PEERING_EXPIRED ? Origin.TIME : unit.origin();
        unit.record(fact(type, peering, peering.messageAt(unit.now())), cause);
        return peering;
    }

    private static Fact fact(EventType type, NetPeering peering, String detail) {
        Set<AccountId> accounts =
                distinct(peering.source().owner(), peering.accepter().owner());
        Set<NetId> nets = distinct(peering.source().net(), peering.accepter().net());
        return new Fact(type, peering.id().value(), accounts, nets, detail);
    }

    private static <T> Set<T> distinct(T one, T other) {
        return one.equals(other) ? Set.of(one) : Set.of(one, other);
    }
}
