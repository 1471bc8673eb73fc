package dev.linkspan.core.port;

import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.NetPeering;
import java.time.Instant;
import java.util.List;

/** Reads and writes the Net peerings. */
public interface PeeringRepository extends PeeringReader {

    void save(NetPeering peering);

    void delete(NetPeeringId id);

    /** The pending requests that were due to expire at or before this time, the first due first, at most so many. */
    List<NetPeering> pendingDueBy(Instant time, int limit);

    /** The peerings recorded as dead that are not shown at this time any more, the longest dead first, at most so many. */
    List<NetPeering> goneBy(Instant time, int limit);
}
