package dev.linkspan.core.account;

import dev.linkspan.core.id.AccountId;
import java.time.Instant;

/**
 * What an account signs in to Cockpit with, besides its e-mail address.
 *
 * @param hash what a slow hash function made of it, with all that is needed to compare (the PHC string format)
 */
public record Password(AccountId owner, String hash, Instant changedAt) {

    /** Leaves the hash out, so that no log line can hold it. */
    @Override
    public String toString() {
        return "Password[of %s]".formatted(owner);
    }
}
