package dev.linkspan.core.account;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SessionId;
import java.time.Instant;

/**
 * Somebody who signed in to Cockpit as an account.
 *
 * @param openedAt by the real time, as is all about sessions (T1)
 * @param expiresAt from when on it is over, unless it is used before
 */
public record Session(SessionId id, AccountId account, SignIn signIn, Instant openedAt, Instant expiresAt) {

    /** The same session, which ends later. */
    public Session until(Instant later) {
        return new Session(id, account, signIn, openedAt, later);
    }
}
