package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.internet.InternetService;
import java.util.List;
import java.util.Optional;

/** Reads the internet services. */
public interface InternetServiceReader {

    Optional<InternetService> find(InternetServiceId id);

    /** The one that is linked to the Net (X1). */
    Optional<InternetService> findOfNet(NetId net);

    List<InternetService> ofOwner(AccountId owner);

    int countOfOwner(AccountId owner);
}
