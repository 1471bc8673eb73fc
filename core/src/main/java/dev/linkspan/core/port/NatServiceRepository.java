package dev.linkspan.core.port;

import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.internet.NatService;
import java.time.Instant;
import java.util.List;

/** Reads and writes the NAT services. */
public interface NatServiceRepository extends NatServiceReader {

    void save(NatService service);

    void delete(NatServiceId id);

    /** Those deleted at or before this time, the longest gone first, at most so many. */
    List<NatService> deletedBy(Instant time, int limit);
}
