package dev.linkspan.core.operation;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Credentials;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The operations on access keys (A1). Each account manages its own. */
public final class AccessKeys {

    private static final int LONGEST_TAG = 255;

    private final Credentials credentials;

    public AccessKeys(Credentials credentials) {
        this.credentials = credentials;
    }

    /**
     * A new key, usable at once. Its secret is shown in this answer and never again.
     *
     * @param owner an account that there is
     * @param expiresAt from when on it no longer signs; never where it is empty
     */
    public AccessKey create(UnitOfWork unit, AccountId owner, Optional<String> tag, Optional<Instant> expiresAt) {
        tag.ifPresent(AccessKeys::requireTag);
        expiresAt.ifPresent(instant -> requireFuture(instant, unit.now()));
        if (unit.accounts().find(owner).isEmpty()) {
            throw new Refusal(RefusalCode.UNKNOWN_ACCOUNT, "The %s '%s' doesn't exist.", Parameter.ACCOUNT, owner);
        }
        Quotas.requireRoom(unit, owner, Quota.ACCESS_KEYS, unit.accessKeys()::countOfOwner);
        AccessKeyId id = credentials.newAccessKeyId();
        while (unit.accessKeys().find(id).isPresent()) {
            id = credentials.newAccessKeyId();
        }
        AccessKey key = new AccessKey(id, owner, credentials.newSecret(), true, tag, expiresAt, unit.now(), unit.now());
        unit.accessKeys().save(key);
        record(unit, EventType.ACCESS_KEY_CREATED, key, "created");
        return key;
    }

    public AccessKey update(UnitOfWork unit, AccountId caller, AccessKeyId id, AccessKeyChange change) {
        change.requireReadable(unit.now());
        AccessKey key = owned(unit, caller, id);
        AccessKey changed = change.applied(key, key.modifiedAt());
        if (changed.equals(key)) {
            return key;
        }
        AccessKey saved = change.applied(key, unit.now());
        unit.accessKeys().save(saved);
        record(unit, EventType.ACCESS_KEY_CHANGED, saved, saved.active() ? "active" : "inactive");
        return saved;
    }

    public void delete(UnitOfWork unit, AccountId caller, AccessKeyId id) {
        AccessKey key = owned(unit, caller, id);
        unit.accessKeys().delete(id);
        record(unit, EventType.ACCESS_KEY_DELETED, key, "deleted");
    }

    private static AccessKey owned(Snapshot snapshot, AccountId caller, AccessKeyId id) {
        return snapshot.accessKeys()
                .find(id)
                .filter(key -> key.owner().equals(caller))
                .orElseThrow(() -> new Refusal(
                        RefusalCode.UNKNOWN_ACCESS_KEY, "The %s '%s' doesn't exist.", Parameter.ACCESS_KEY, id));
    }

    static void requireTag(String tag) {
        if (tag.length() > LONGEST_TAG) {
            throw Refusal.badValue(Parameter.TAG, tag, "at most %d characters are accepted", LONGEST_TAG);
        }
    }

    static void requireFuture(Instant expiresAt, Instant now) {
        if (!expiresAt.isAfter(now)) {
            throw Refusal.badValue(Parameter.EXPIRATION_DATE, expiresAt, "a time after %s is expected", now);
        }
    }

    private static void record(UnitOfWork unit, EventType type, AccessKey key, String detail) {
        unit.record(new Fact(type, key.id().value(), Set.of(key.owner()), Set.of(), detail));
    }
}
