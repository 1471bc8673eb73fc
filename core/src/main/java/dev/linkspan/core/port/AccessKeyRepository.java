package dev.linkspan.core.port;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.id.AccessKeyId;

/** Reads and writes the access keys of the directory. */
public interface AccessKeyRepository extends AccessKeyReader {

    void save(AccessKey key);

    /** Deletes the key, and the sessions that it opened. */
    void delete(AccessKeyId id);
}
