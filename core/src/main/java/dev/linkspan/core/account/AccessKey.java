package dev.linkspan.core.account;

import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * The credential that an account signs with (A1).
 *
 * @param secret the shared secret in clear; the store keeps it encrypted (A2)
 * @param expiresAt from when on it no longer signs
 */
public record AccessKey(
        AccessKeyId id,
        AccountId owner,
        String secret,
        boolean active,
        Optional<String> tag,
        Optional<Instant> expiresAt,
        Instant createdAt,
        Instant modifiedAt) {

    public boolean usableAt(Instant now) {
        return active && expiresAt.map(now::isBefore).orElse(true);
    }

    /** Leaves the secret out, so that no log line can hold it. */
    @Override
    public String toString() {
        return "AccessKey[%s of %s]".formatted(id, owner);
    }
}
