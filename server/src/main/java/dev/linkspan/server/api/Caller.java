package dev.linkspan.server.api;

import dev.linkspan.core.account.RoleSession;
import dev.linkspan.core.event.ActingSession;
import dev.linkspan.core.event.Origin;
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

    /**
     * Who caused what this caller changes.
     *
     * @param requestId what the event log calls the request
     */
    public Origin origin(String requestId) {
        return new Origin(
                account.value(),
                requestId,
                session.map(it -> new ActingSession(it.by(), it.role().name(), it.name())));
    }

    /** By a key of the account's own. */
    public Caller(AccountId account, RegionName region) {
        this(account, region, Optional.empty());
    }
}
