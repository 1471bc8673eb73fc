package dev.linkspan.core.port;

import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.NetPeeringQuery.Position;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Which peerings a query means, in its order, as the in-memory store finds them. */
final class PeeringPage {

    private static final Comparator<Position> POSITIONS = Comparator.comparing(Position::live)
            .reversed()
            .thenComparing(Position::createdAt)
            .thenComparing(position -> position.id().value());

    private PeeringPage() {}

    static List<NetPeering> of(Stream<NetPeering> peerings, NetPeeringQuery query, Instant now) {
        return peerings.filter(peering -> matches(query, peering, now))
                .sorted(Comparator.comparing(peering -> Position.of(peering, now), POSITIONS))
                .dropWhile(peering -> query.after()
                        .filter(after -> POSITIONS.compare(Position.of(peering, now), after) <= 0)
                        .isPresent())
                .limit(query.limit())
                .toList();
    }

    private static boolean matches(NetPeeringQuery query, NetPeering peering, Instant now) {
        return peering.concerns(query.viewer())
                && peering.visibleAt(now)
                && allows(query.ids(), peering.id())
                && allows(query.states(), peering.stateAt(now).name())
                && allows(query.sourceNets(), peering.source().net())
                && allows(query.accepterNets(), peering.accepter().net())
                && allows(query.sourceAccounts(), peering.source().owner())
                && allows(query.accepterAccounts(), peering.accepter().owner())
                && allows(query.sourceRanges(), peering.source().range())
                && allows(query.accepterRanges(), peering.accepter().range());
    }

    private static <T> boolean allows(List<T> filter, T value) {
        return filter.isEmpty() || filter.contains(value);
    }
}
