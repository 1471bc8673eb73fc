package dev.linkspan.core.port;

import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;

/** Draws what nobody may guess: new accounts' ids, and access keys with their secrets. */
public interface Credentials {

    AccountId newAccountId();

    AccessKeyId newAccessKeyId();

    /** The secret that belongs to a new access key. */
    String newSecret();
}
