package dev.linkspan.server.api;

import dev.linkspan.core.account.RoleSession;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import java.util.Optional;

/**
 * Whose request it is, and which Region it is for (A5).
 *
 * @param account whom the caller acts as
 * @param session the role session that it acts in, where it does not act by a key of the account's own
 */
public record Caller(AccountId account, RegionName region, Optional<RoleSession> session) {

    /** By a key of the account's own. */
    public Caller(AccountId account, RegionName region) {
        this(account, region, Optional.empty());
    }
}
