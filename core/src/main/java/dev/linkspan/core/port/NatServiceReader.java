package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.internet.NatService;
import java.util.List;
import java.util.Optional;

/** Reads the NAT services, deleted ones too until they are forgotten. */
public interface NatServiceReader {

    Optional<NatService> find(NatServiceId id);

    List<NatService> ofOwner(AccountId owner);

    /** Those of the Net that are not deleted. */
    List<NatService> existingOfNet(NetId net);

    /** Those that were made with this token, the newest last. */
    List<NatService> ofClientToken(AccountId owner, String clientToken);

    /** Those that are not deleted. */
    int countOfOwner(AccountId owner);
}
