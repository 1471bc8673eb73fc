package dev.linkspan.core.port;

import dev.linkspan.core.id.NicId;
import dev.linkspan.core.net.Nic;

/** Reads and writes the NICs. */
public interface NicRepository extends NicReader {

    void save(Nic nic);

    void delete(NicId id);
}
