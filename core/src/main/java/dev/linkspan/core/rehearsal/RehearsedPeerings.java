package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.PeeringReader;
import dev.linkspan.core.port.PeeringRepository;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@link PeeringRepository} of a rehearsal. */
final class RehearsedPeerings extends Overlay<NetPeeringId, NetPeering> implements PeeringRepository {

    private final PeeringReader truth;
    private final Instant now;

    RehearsedPeerings(PeeringReader truth, Allowance allowance, Instant now) {
        super(
                truth::find,
                NetPeering::id,
                byCreation(NetPeering::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
        this.now = now;
    }

    @Override
    public List<NetPeering> search(NetPeeringQuery query) {
        if (size() == 0) {
            return truth.search(query);
        }
        Stream<NetPeering> made = values().filter(it -> query.matches(it, now))
                .filter(it -> query.after()
                        .map(after -> NetPeeringQuery.Position.of(it, now).compareTo(after) > 0)
                        .orElse(true));
        return Stream.concat(untouched(query), made)
                .sorted(Comparator.comparing(it -> NetPeeringQuery.Position.of(it, now)))
                .limit(query.limit())
                .toList();
    }

    /** A page of those that were not touched: as many more are asked for as might have been. */
    private Stream<NetPeering> untouched(NetPeeringQuery query) {
        int limit = (int) Math.min(Integer.MAX_VALUE, (long) query.limit() + size());
        return truth.search(query.atMost(limit)).stream().filter(it -> !covers(it.id()));
    }

    @Override
    public List<NetPeering> liveOfNet(NetId net) {
        return some(truth.liveOfNet(net), it -> isLive(it) && it.connects(net));
    }

    @Override
    public List<NetPeering> liveBetween(NetId one, NetId other) {
        return some(truth.liveBetween(one, other), it -> isLive(it) && it.connects(one) && it.connects(other));
    }

    private static boolean isLive(NetPeering peering) {
        return peering.recorded() instanceof PeeringState.Live;
    }

    @Override
    public Map<PeeringStateName, Long> countByState() {
        return truth.countByState();
    }

    @Override
    public int countActiveOfNet(NetId net) {
        return size() == 0
                ? truth.countActiveOfNet(net)
                : (int) liveOfNet(net).stream().filter(NetPeering::isActive).count();
    }

    @Override
    public int countOutstandingOfRequester(AccountId requester) {
        return truth.countOutstandingOfRequester(requester)
                + difference(it -> isOf(it, requester) && it.stateAt(now) instanceof PeeringState.PendingAcceptance);
    }

    @Override
    public int countDeadOfRequester(AccountId requester) {
        return truth.countDeadOfRequester(requester)
                + difference(
                        it -> isOf(it, requester) && it.visibleAt(now) && it.stateAt(now) instanceof PeeringState.Dead);
    }

    private static boolean isOf(NetPeering peering, AccountId requester) {
        return peering.source().owner().equals(requester);
    }

    /** What time has done is for those who record it. */
    @Override
    public List<NetPeering> pendingDueBy(Instant time, int limit) {
        return List.of();
    }

    @Override
    public List<NetPeering> goneBy(Instant time, int limit) {
        return List.of();
    }
}
