package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.net.DhcpOptionsSet;
import java.util.List;
import java.util.Optional;

/** Reads the DHCP options sets that accounts made: the default one is stored nowhere. */
public interface DhcpOptionsSetReader {

    Optional<DhcpOptionsSet> find(DhcpOptionsSetId id);

    List<DhcpOptionsSet> ofOwner(AccountId owner);

    int countOfOwner(AccountId owner);
}
