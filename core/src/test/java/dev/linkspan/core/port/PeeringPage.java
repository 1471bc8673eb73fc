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

    private PeeringPage() {}

    static List<NetPeering> of(Stream<NetPeering> peerings, NetPeeringQuery query, Instant now) {
        return peerings.filter(peering -> query.matches(peering, now))
                .sorted(Comparator.comparing(peering -> Position.of(peering, now)))
                .dropWhile(peering -> query.after()
                        .filter(after -> Position.of(peering, now).compareTo(after) <= 0)
                        .isPresent())
                .limit(query.limit())
                .toList();
    }
}
