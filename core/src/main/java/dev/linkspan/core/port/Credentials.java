package dev.linkspan.core.port;

import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;

/** Draws what nobody may guess: new accounts' ids, and access keys with their secrets. */
public interface Credentials {

    AccountId newAccountId();

    AccessKeyId newAccessKeyId();

    /** A key that only lives as long as a role session; it begins with {@code ASIA}, as clients expect. */
    AccessKeyId newSessionKeyId();

    /** The secret that belongs to a new key. */
    String newSecret();
}
