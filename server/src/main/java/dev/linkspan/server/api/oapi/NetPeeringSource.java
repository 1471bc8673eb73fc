package dev.linkspan.server.api.oapi;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.server.api.call.PageToken;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.call.Source;
import dev.linkspan.server.api.json.FilterArguments;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The peerings that ReadNetPeerings looks at. Those asked for by id are looked up, each by itself. All others come from
 * the store in the order of the answer, narrowed to the states, Nets, accounts and ranges that the filters name.
 */
public final class NetPeeringSource implements Source<SeenPeering> {

    /** The first batch is as large as the answer; where filters leave gaps, further ones are this large. */
    private static final int LARGEST_BATCH = 1000;

    /** A statement has room for so many values of a filter; more of them are left to the comparison that follows. */
    private static final int MOST_VALUES = 200;

    /**
     * A filter's texts, and what they name.
     *
     * @param values without those texts that cannot name anything
     */
    private record Named<V>(List<String> texts, List<V> values) {

        static <V> Named<V> by(List<String> texts, Function<String, Optional<V>> reader) {
            return new Named<>(
                    texts,
                    texts.stream()
                            .distinct()
                            .flatMap(text -> reader.apply(text).stream())
                            .toList());
        }

        boolean excludesEverything() {
            return !texts.isEmpty() && values.isEmpty();
        }

        List<V> forTheStore() {
            return values.size() <= MOST_VALUES ? values : List.of();
        }
    }

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
            ReadCall call, FilterArguments filters, Optional<Position> after, int wanted) {
        Optional<NetPeeringQuery.Position> place = after.map(NetPeeringSource::place);
        Optional<List<NetPeeringId>> ids = filters.ids("NetPeeringIds", NetPeeringId.KIND);
        if (ids.isPresent()) {
            return Stream.of(byId(call, ids.get(), after));
        }
        return query(call.caller(), filters, Math.min(wanted, LARGEST_BATCH)).stream()
                .map(query -> place.map(query::continuedAfter).orElse(query))
                .flatMap(query -> Stream.iterate(
                        Batch.of(call, query), batch -> !batch.peerings().isEmpty(), batch -> batch.next(call)))
                .map(batch -> seen(batch.peerings().stream(), call.now()));
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

    /** What to ask the store for; nothing where a filter has values and none of them can match. */
    private static Optional<NetPeeringQuery> query(AccountId viewer, FilterArguments filters, int limit) {
        Named<PeeringStateName> states = Named.by(filters.texts("StateNames"), PeeringStateName::tryParse);
        Named<NetId> sourceNets = Named.by(filters.texts("SourceNetNetIds"), NetId.KIND::tryParse);
        Named<NetId> accepterNets = Named.by(filters.texts("AccepterNetNetIds"), NetId.KIND::tryParse);
        Named<AccountId> sources = Named.by(filters.accounts("SourceNetAccountIds"), AccountId::tryParse);
        Named<AccountId> accepters = Named.by(filters.accounts("AccepterNetAccountIds"), AccountId::tryParse);
        Named<Cidr> sourceRanges = Named.by(filters.texts("SourceNetIpRanges"), Cidr::tryParse);
        Named<Cidr> accepterRanges = Named.by(filters.texts("AccepterNetIpRanges"), Cidr::tryParse);
        if (Stream.of(states, sourceNets, accepterNets, sources, accepters, sourceRanges, accepterRanges)
                .anyMatch(Named::excludesEverything)) {
            return Optional.empty();
        }
        return Optional.of(new NetPeeringQuery(
                viewer,
                List.of(),
                states.values(),
                sourceNets.forTheStore(),
                accepterNets.forTheStore(),
                sources.forTheStore(),
                accepters.forTheStore(),
                sourceRanges.forTheStore(),
                accepterRanges.forTheStore(),
                Optional.empty(),
                limit));
    }

    /** The place of a token, as the store knows it; refuses what no peering can have (4117). */
    private static NetPeeringQuery.Position place(Position position) {
        return position.ofCreation()
                .flatMap(it -> NetPeeringId.KIND
                        .tryParse(it.id())
                        .map(id -> new NetPeeringQuery.Position(it.rank() == SeenPeering.LIVE, it.createdAt(), id)))
                .filter(place -> SeenPeering.position(place.live(), place.createdAt(), place.id())
                        .equals(position))
                .orElseThrow(() -> PageToken.refused(NetPeeringCalls.LIST, position));
    }
}
