package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.function.ToIntFunction;

/** The limits of accounts, asked before something is added (P12). */
public final class Quotas {

    private Quotas() {}

    /** The account's limit in force; the default one where the account is not known. */
    public static int limit(Snapshot snapshot, AccountId id, Quota quota) {
        return snapshot.accounts().find(id).map(account -> account.limit(quota)).orElse(quota.defaultLimit());
    }

    /** For how many more the account has room; none where it has more than it may. */
    public static long room(Snapshot snapshot, AccountId id, Quota quota, ToIntFunction<AccountId> used) {
        int limit = limit(snapshot, id, quota);
        return limit == Quota.UNLIMITED ? limit : Math.max(0, limit - used.applyAsInt(id));
    }

    /**
     * Refuses where the account has no room for one more.
     *
     * @param used how many an account has of what the quota counts
     */
    public static void requireRoom(Snapshot snapshot, AccountId id, Quota quota, ToIntFunction<AccountId> used) {
        requireRoom(snapshot, id, quota, used, 1);
    }

    /** Refuses where the account has no room for so many more. */
    public static void requireRoom(
            Snapshot snapshot, AccountId id, Quota quota, ToIntFunction<AccountId> used, int more) {
        int limit = limit(snapshot, id, quota);
        long wanted = limit == Quota.UNLIMITED ? 0 : (long) used.applyAsInt(id) + more;
        if (wanted > limit) {
            throw new Refusal(
                    RefusalCode.QUOTA,
                    "Account %s would have %d, and may have %d (%s: %s).",
                    id,
                    wanted,
                    limit,
                    quota.label(),
                    quota.description());
        }
    }

    /**
     * Refuses where there is no room.
     *
     * @param wanted how many there would be
     * @param where what they would be in
     */
    public static void require(Snapshot snapshot, AccountId id, Quota quota, int wanted, ResourceId where) {
        int limit = limit(snapshot, id, quota);
        if (wanted > limit) {
            throw new Refusal(
                            RefusalCode.QUOTA,
                            "'%s' would have %d, and account %s may have %d (%s: %s).",
                            where.value(),
                            wanted,
                            id,
                            limit,
                            quota.label(),
                            quota.description())
                    .about(where);
        }
    }
}
