package dev.linkspan.core.port;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import java.util.List;
import java.util.Optional;

/** Reads the access keys of the directory. */
public interface AccessKeyReader {

    Optional<AccessKey> find(AccessKeyId id);

    List<AccessKey> ofOwner(AccountId owner);

    /** They count in every Region alike. */
    int countOfOwner(AccountId owner);
}
