package dev.linkspan.core.operation;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be different about an access key.
 *
 * @param active whether it signs; as it is where not given
 * @param tag the new remark; as it is where empty, unless {@code clearTag}
 * @param expiresAt from when on it no longer signs; as it is where empty, unless {@code clearExpiration}
 */
public record AccessKeyChange(
        Optional<Boolean> active,
        Optional<String> tag,
        boolean clearTag,
        Optional<Instant> expiresAt,
        boolean clearExpiration) {

    /** Nothing but the state. */
    public static AccessKeyChange active(boolean active) {
        return new AccessKeyChange(Optional.of(active), Optional.empty(), false, Optional.empty(), false);
    }

    AccessKey applied(AccessKey key, Instant now) {
        Optional<String> newTag = clearTag ? Optional.empty() : tag.or(key::tag);
        Optional<Instant> newExpiry = clearExpiration ? Optional.empty() : expiresAt.or(key::expiresAt);
        return new AccessKey(
                key.id(),
                key.owner(),
                key.secret(),
                active.orElse(key.active()),
                newTag,
                newExpiry,
                key.createdAt(),
                now);
    }

    void requireReadable(Instant now) {
        tag.ifPresent(AccessKeys::requireTag);
        expiresAt.ifPresent(instant -> AccessKeys.requireFuture(instant, now));
        if (clearExpiration && expiresAt.isPresent()) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "%s and ClearExpirationDate exclude each other: the date can be set or cleared, not both.",
                    Parameter.EXPIRATION_DATE);
        }
    }
}
