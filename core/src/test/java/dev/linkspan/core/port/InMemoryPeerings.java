package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.World.Cell;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@link PeeringRepository} of an {@link InMemoryStore}. */
record InMemoryPeerings(Cell cell, Instant now) implements PeeringRepository {

    @Override
    public Optional<NetPeering> find(NetPeeringId id) {
        return cell.netPeerings.row(id);
    }

    @Override
    public List<NetPeering> search(NetPeeringQuery query) {
        return PeeringPage.of(cell.netPeerings.where(_ -> true), query, now);
    }

    @Override
    public List<NetPeering> liveOfNet(NetId net) {
        return where(peering -> recordedLive(peering) && peering.connects(net));
    }

    @Override
    public List<NetPeering> liveBetween(NetId one, NetId other) {
        return where(peering -> recordedLive(peering) && peering.connects(one) && peering.connects(other));
    }

    @Override
    public Map<PeeringStateName, Long> countByState() {
        return where(peering -> peering.visibleAt(now)).stream()
                .collect(Collectors.groupingBy(peering -> peering.stateAt(now).name(), Collectors.counting()));
    }

    @Override
    public int countActiveOfNet(NetId net) {
        return where(peering -> peering.isActive() && peering.connects(net)).size();
    }

    @Override
    public int countOutstandingOfRequester(AccountId requester) {
        return where(peering -> peering.source().owner().equals(requester)
                        && peering.stateAt(now) instanceof PeeringState.PendingAcceptance)
                .size();
    }

    @Override
    public int countDeadOfRequester(AccountId requester) {
        return where(peering -> peering.source().owner().equals(requester)
                        && peering.visibleAt(now)
                        && peering.stateAt(now) instanceof PeeringState.Dead)
                .size();
    }

    private List<NetPeering> where(Predicate<NetPeering> predicate) {
        return inOrder(cell.netPeerings.where(predicate), NetPeering::createdAt, NetPeering::id);
    }

    private static boolean recordedLive(NetPeering peering) {
        return peering.recorded() instanceof PeeringState.Live;
    }

    @Override
    public void save(NetPeering peering) {
        if (recordedLive(peering)) {
            List<NetPeering> others = liveBetween(
                            peering.source().net(), peering.accepter().net())
                    .stream()
                    .filter(other -> !other.id().equals(peering.id()))
                    .filter(other -> other.isActive() == peering.isActive())
                    .toList();
            needs(!peering.isActive() || others.isEmpty(), "net_peering_one_active_per_pair");
            needs(
                    peering.isActive()
                            || others.stream()
                                    .noneMatch(other -> other.source()
                                            .net()
                                            .equals(peering.source().net())),
                    "net_peering_one_pending_per_direction");
        }
        cell.netPeerings.put(peering.id(), peering);
    }

    @Override
    public void delete(NetPeeringId id) {
        cell.netPeerings.remove(id);
    }

    @Override
    public List<NetPeering> pendingDueBy(Instant time, int limit) {
        return where(peering -> peering.recorded() instanceof PeeringState.PendingAcceptance(Instant expiresAt)
                        && !expiresAt.isAfter(time))
                .stream()
                .limit(limit)
                .toList();
    }

    @Override
    public List<NetPeering> goneBy(Instant time, int limit) {
        return where(peering -> isGone(peering, time)).stream()
                .sorted(Comparator.comparing(InMemoryPeerings::diedAt))
                .limit(limit)
                .toList();
    }

    private static boolean isGone(NetPeering peering, Instant time) {
        return peering.recorded() instanceof PeeringState.Dead dead && !time.isBefore(dead.goneAt());
    }

    private static Instant diedAt(NetPeering peering) {
        return peering.recorded() instanceof PeeringState.Dead dead ? dead.since() : Instant.MAX;
    }
}
