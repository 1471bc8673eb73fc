package dev.linkspan.core.port;

import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.keypair.Keypair;

/** Reads and writes the keypairs. */
public interface KeypairRepository extends KeypairReader {

    void save(Keypair keypair);

    void delete(KeypairId id);
}
