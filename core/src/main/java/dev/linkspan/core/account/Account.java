package dev.linkspan.core.account;

import dev.linkspan.core.id.AccountId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A tenant.
 *
 * @param email no other account has it
 * @param quotas the limits that the operator set for it; others have their default (P12)
 */
public record Account(AccountId id, Optional<EmailAddress> email, Map<Quota, Integer> quotas, Instant createdAt) {

    public Account {
        quotas = Map.copyOf(quotas);
    }

    /** The limit in force. */
    public int limit(Quota quota) {
        return quotas.getOrDefault(quota, quota.defaultLimit());
    }
}
