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
import dev.linkspan.server.api.resource.peering.NetPeeringListing.Place;
import dev.linkspan.server.api.resource.peering.NetPeeringListing.SeenPeering;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
        Optional<Place> place = after.flatMap(Place::of);
        Optional<List<NetPeeringId>> ids = criteria.named(NetPeeringListing.ID);
        if (ids.isPresent()) {
            return Stream.of(byId(call, ids.get(), after, place.map(Place::begun)));
        }
        return query(call.caller(), criteria, Math.min(wanted, LARGEST_BATCH)).stream()
                .flatMap(query ->
                        place.map(it -> continued(call, query, it)).orElseGet(() -> batches(call, query, call.now())));
    }

    private static Stream<List<SeenPeering>> batches(ReadCall call, NetPeeringQuery query, Instant begun) {
        return Stream.iterate(Batch.of(call, query), batch -> !batch.peerings().isEmpty(), batch -> batch.next(call))
                .map(batch -> seen(batch.peerings().stream(), call.now(), begun));
    }

    /** To the store, what died on the way is among the dead; it is shown at the place that it had, if that is still to come. */
    private static Stream<List<SeenPeering>> continued(ReadCall call, NetPeeringQuery query, Place place) {
        Stream<List<SeenPeering>> rest = batches(
                        call, query.continuedAfter(inStore(place, place.live())), place.begun())
                .map(batch ->
                        batch.stream().filter(seen -> !seen.diedOnTheWay()).toList());
        if (!place.live()) {
            return rest;
        }
        Deque<SeenPeering> died = batches(
                        call, query.continuedAfter(inStore(place, false)).atMost(LARGEST_BATCH), place.begun())
                .flatMap(List::stream)
                .filter(SeenPeering::diedOnTheWay)
                .collect(Collectors.toCollection(ArrayDeque::new));
        return Stream.concat(
                rest.map(batch -> merged(batch, died)), Stream.of(died).map(List::copyOf));
    }

    /** The batch, with those before what comes before any of it. */
    private static List<SeenPeering> merged(List<SeenPeering> batch, Deque<SeenPeering> others) {
        List<SeenPeering> merged = new ArrayList<>();
        for (SeenPeering seen : batch) {
            while (!others.isEmpty() && others.getFirst().position().compareTo(seen.position()) < 0) {
                merged.add(others.removeFirst());
            }
            merged.add(seen);
        }
        return merged;
    }

    @Override
    public boolean isPlace(Position position) {
        return Place.of(position).isPresent();
    }

    private static List<SeenPeering> byId(
            ReadCall call, List<NetPeeringId> ids, Optional<Position> after, Optional<Instant> begun) {
        Stream<NetPeering> peerings = ids.stream()
                .flatMap(id -> call.snapshot().peerings().find(id).stream())
                .filter(peering -> peering.concerns(call.caller()) && peering.visibleAt(call.now()));
        return seen(peerings, call.now(), begun.orElse(call.now())).stream()
                .filter(seen -> after.isEmpty() || seen.position().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(SeenPeering::position))
                .toList();
    }

    private static List<SeenPeering> seen(Stream<NetPeering> peerings, Instant now, Instant begun) {
        return peerings.map(peering -> new SeenPeering(peering, now, begun)).toList();
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

    /** The place as the store knows it, in one of its halves. */
    private static NetPeeringQuery.Position inStore(Place place, boolean live) {
        return new NetPeeringQuery.Position(live, place.createdAt(), place.id());
    }
}
