package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Net;

/** Reads and writes the Nets. */
public interface NetRepository extends NetReader {

    void save(Net net);

    void delete(NetId id);

    void setGivenDefault(AccountId account);
}
