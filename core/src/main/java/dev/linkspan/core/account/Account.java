package dev.linkspan.core.account;

import dev.linkspan.core.id.AccountId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A tenant.
 *
 * @param name what it calls itself, if anything
 * @param email no other account has it
 * @param quotas the limits that the operator set for it; others have their default (P12)
 */
public record Account(
        AccountId id,
        Optional<AccountName> name,
        Optional<EmailAddress> email,
        Map<Quota, Integer> quotas,
        Instant createdAt) {

    public Account {
        quotas = Map.copyOf(quotas);
    }

    /** An account without a name. */
    public Account(AccountId id, Optional<EmailAddress> email, Map<Quota, Integer> quotas, Instant createdAt) {
        this(id, Optional.empty(), email, quotas, createdAt);
    }

    /** The same account with this name. */
    public Account withName(Optional<AccountName> changed) {
        return new Account(id, changed, email, quotas, createdAt);
    }

    /** The same account with this address. */
    public Account withEmail(EmailAddress changed) {
        return new Account(id, name, Optional.of(changed), quotas, createdAt);
    }

    /** The same account with these limits. */
    public Account withQuotas(Map<Quota, Integer> changed) {
        return new Account(id, name, email, changed, createdAt);
    }

    /** The limit in force. */
    public int limit(Quota quota) {
        return quotas.getOrDefault(quota, quota.defaultLimit());
    }
}
