package dev.linkspan.core.account;

import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import java.time.Instant;

/**
 * An account acting in a role for a while: what temporary credentials stand for.
 *
 * @param key what its requests are signed with; the store does not know it
 * @param secret the shared secret in clear
 * @param role whom it acts as, in everything that it does
 * @param by the account that assumed the role
 * @param name what whoever assumed the role calls this session
 * @param expiresAt from when on it no longer signs, in real time (T1)
 */
public record RoleSession(AccessKeyId key, String secret, Role role, AccountId by, String name, Instant expiresAt) {

    public boolean usableAt(Instant realTime) {
        return realTime.isBefore(expiresAt);
    }

    /** Leaves the secret out, so that no log line can hold it. */
    @Override
    public String toString() {
        return "RoleSession[%s of %s, '%s' by %s]".formatted(key, role, name, by);
    }
}
