package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Net;
import java.util.List;
import java.util.Optional;

/** Reads the Nets. */
public interface NetReader {

    Optional<Net> find(NetId id);

    /** A Net of whichever Region (P5). */
    Optional<Net> findInAnyRegion(NetId id);

    List<Net> ofOwner(AccountId owner);

    /** Every Net of the Region, whoever owns it. */
    List<NetId> ids();

    int countOfOwner(AccountId owner);

    /** Whether an account has got its default Net in this Region, which may be gone since. */
    boolean wasGivenDefault(AccountId account);
}
