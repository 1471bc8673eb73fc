package dev.linkspan.core.port;

import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.net.DhcpOptionsSet;

/** Reads and writes the DHCP options sets that accounts made. */
public interface DhcpOptionsSetRepository extends DhcpOptionsSetReader {

    void save(DhcpOptionsSet set);

    void delete(DhcpOptionsSetId id);
}
