package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.keypair.Keypair;
import java.util.List;
import java.util.Optional;

/** Reads the keypairs. */
public interface KeypairReader {

    Optional<Keypair> find(KeypairId id);

    Optional<Keypair> findByName(AccountId owner, String name);

    List<Keypair> ofOwner(AccountId owner);

    int countOfOwner(AccountId owner);
}
