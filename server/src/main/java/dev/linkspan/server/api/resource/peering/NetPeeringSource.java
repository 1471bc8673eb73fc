package dev.linkspan.server.api.resource.peering;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Source;
import dev.linkspan.server.api.resource.peering.NetPeeringListing.SeenPeering;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The peerings that a listing looks at. Those asked for by id are looked up, each by itself. All others come from
 * the store in the order of the answer, narrowed to the states, Nets, accounts and ranges that the criteria name.
 */
final class NetPeeringSource implements Source<SeenPeering> {

    /** The first batch is as large as the answer; where filters leave gaps, further ones are this large. */
    private static final int LARGEST_BATCH = 1000;

    /** A statement has room for so many values of a filter; more of them are left to the comparison that follows. */
    private static final int MOST_VALUES = 200;

    private static final List<Field<SeenPeering, ?>> SELECTIVE = List.of(
            NetPeeringListing.STATE,
            NetPeeringListing.SOURCE_NET,
            NetPeeringListing.ACCEPTER_NET,
            NetPeeringListing.SOURCE_ACCOUNT,
            NetPeeringListing.ACCEPTER_ACCOUNT,
            NetPeeringListing.SOURCE_RANGE,
            NetPeeringListing.ACCEPTER_RANGE);

    /** A batch that was asked for, and what the store gave. */
    private record Batch(NetPeeringQuery query, List<NetPeering> peerings) {

        static Batch of(ReadCall call, NetPeeringQuery query) {
            return new Batch(query, call.snapshot().peerings().search(query));
        }

        Batch next(ReadCall call) {
            if (peerings.size() < query.limit()) {
                return new Batch(query, List.of());
            }
            NetPeeringQuery.Position last = NetPeeringQuery.Position.of(peerings.getLast(), call.now());
            return of(call, query.continuedAfter(last).atMost(LARGEST_BATCH));
        }
    }

    @Override
    public Stream<List<SeenPeering>> behind(
            ReadCall call, Criteria<SeenPeering> criteria, Optional<Position> after, int wanted) {
        Optional<List<NetPeeringId>> ids = criteria.named(NetPeeringListing.ID);
        if (ids.isPresent()) {
            return Stream.of(byId(call, ids.get(), after));
        }
        return query(call.caller(), criteria, Math.min(wanted, LARGEST_BATCH)).stream()
                .map(query -> after.flatMap(NetPeeringSource::place)
                        .map(query::continuedAfter)
                        .orElse(query))
                .flatMap(query -> Stream.iterate(
                        Batch.of(call, query), batch -> !batch.peerings().isEmpty(), batch -> batch.next(call)))
                .map(batch -> seen(batch.peerings().stream(), call.now()));
    }

    @Override
    public boolean isPlace(Position position) {
        return place(position).isPresent();
    }

    private static List<SeenPeering> byId(ReadCall call, List<NetPeeringId> ids, Optional<Position> after) {
        Stream<NetPeering> peerings = ids.stream()
                .flatMap(id -> call.snapshot().peerings().find(id).stream())
                .filter(peering -> peering.concerns(call.caller()) && peering.visibleAt(call.now()));
        return seen(peerings, call.now()).stream()
                .filter(seen -> after.isEmpty() || seen.position().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(SeenPeering::position))
                .toList();
    }

    private static List<SeenPeering> seen(Stream<NetPeering> peerings, Instant now) {
        return peerings.map(peering -> new SeenPeering(peering, now)).toList();
    }

    /** What to ask the store for; nothing where a criterion has values and none of them can match. */
    private static Optional<NetPeeringQuery> query(AccountId viewer, Criteria<SeenPeering> criteria, int limit) {
        if (SELECTIVE.stream()
                .anyMatch(field -> criteria.named(field).filter(List::isEmpty).isPresent())) {
            return Optional.empty();
        }
        return Optional.of(new NetPeeringQuery(
                viewer,
                List.of(),
                criteria.named(NetPeeringListing.STATE).orElse(List.of()),
                forTheStore(criteria, NetPeeringListing.SOURCE_NET),
                forTheStore(criteria, NetPeeringListing.ACCEPTER_NET),
                forTheStore(criteria, NetPeeringListing.SOURCE_ACCOUNT),
                forTheStore(criteria, NetPeeringListing.ACCEPTER_ACCOUNT),
                forTheStore(criteria, NetPeeringListing.SOURCE_RANGE),
                forTheStore(criteria, NetPeeringListing.ACCEPTER_RANGE),
                Optional.empty(),
                limit));
    }

    private static <V> List<V> forTheStore(Criteria<SeenPeering> criteria, Field<SeenPeering, V> field) {
        return criteria.named(field)
                .filter(values -> values.size() <= MOST_VALUES)
                .orElse(List.of());
    }

    /** The place of a token, as the store knows it; empty where no peering can have it. */
    private static Optional<NetPeeringQuery.Position> place(Position position) {
        return position.ofCreation()
                .flatMap(it -> NetPeeringId.KIND
                        .tryParse(it.id())
                        .map(id ->
                                new NetPeeringQuery.Position(it.rank() == NetPeeringListing.LIVE, it.createdAt(), id)))
                .filter(place -> NetPeeringListing.position(place.live(), place.createdAt(), place.id())
                        .equals(position));
    }
}
