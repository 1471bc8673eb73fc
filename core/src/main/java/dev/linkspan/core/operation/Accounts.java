package dev.linkspan.core.operation;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Password;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Credentials;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The operations on accounts: the operator's, and what an account changes about itself. */
public final class Accounts {

    private final Credentials credentials;

    public Accounts(Credentials credentials) {
        this.credentials = credentials;
    }

    /** An account with an id that none has. */
    public Account create(UnitOfWork unit, Optional<EmailAddress> email) {
        AccountId id = credentials.newAccountId();
        while (unit.accounts().find(id).isPresent()) {
            id = credentials.newAccountId();
        }
        return created(unit, id, email);
    }

    /** An account with the id that the operator chose. */
    public Account create(UnitOfWork unit, AccountId id, Optional<EmailAddress> email) {
        if (unit.accounts().find(id).isPresent()) {
            throw new Refusal(RefusalCode.CONFLICT, "There is an account %s already.", id);
        }
        return created(unit, id, email);
    }

    /** The account of this id, made where there is none yet (A6). */
    public Account known(UnitOfWork unit, AccountId id) {
        return unit.accounts().find(id).orElseGet(() -> created(unit, id, Optional.empty()));
    }

    private static Account created(UnitOfWork unit, AccountId id, Optional<EmailAddress> email) {
        email.ifPresent(address -> requireFree(unit, address));
        Account account = new Account(id, email, Map.of(), unit.now());
        unit.accounts().save(account);
        record(unit, EventType.ACCOUNT_CREATED, id, "created");
        return account;
    }

    /**
     * Sets what the account may have at most; what it has beyond that stays (P12).
     *
     * @param limit 0 or more; empty for the default
     */
    public Account setQuota(UnitOfWork unit, AccountId id, Quota quota, OptionalInt limit) {
        if (limit.isPresent() && limit.getAsInt() < 0) {
            throw Refusal.badValue(Parameter.MAX_VALUE, limit.getAsInt(), "0 or more is expected");
        }
        Account account = existing(unit, id);
        Map<Quota, Integer> quotas = new EnumMap<>(Quota.class);
        quotas.putAll(account.quotas());
        quotas.remove(quota);
        limit.ifPresent(most -> quotas.put(quota, most));
        Account changed = account.withQuotas(quotas);
        if (!changed.equals(account)) {
            unit.accounts().save(changed);
            String detail = "%s: %d, before %d".formatted(quota.label(), changed.limit(quota), account.limit(quota));
            record(unit, EventType.ACCOUNT_QUOTA_CHANGED, id, detail);
        }
        return changed;
    }

    /** Has the account called this, or nothing any more. */
    public Account setName(UnitOfWork unit, AccountId id, Optional<AccountName> name) {
        Account account = existing(unit, id);
        if (account.name().equals(name)) {
            return account;
        }
        Account changed = account.withName(name);
        unit.accounts().save(changed);
        String detail = name.map(it -> "name: " + it).orElse("no name any more");
        record(unit, EventType.ACCOUNT_CHANGED, id, detail);
        return changed;
    }

    /** Gives the account this e-mail address; refused where another account has it. */
    public Account setEmail(UnitOfWork unit, AccountId id, EmailAddress email) {
        Account account = existing(unit, id);
        if (account.email().equals(Optional.of(email))) {
            return account;
        }
        requireFree(unit, email);
        Account changed = account.withEmail(email);
        unit.accounts().save(changed);
        record(unit, EventType.ACCOUNT_CHANGED, id, "e-mail address");
        return changed;
    }

    /**
     * Gives the account, which must have an e-mail address to sign in with, this password, and ends all its sessions.
     *
     * @param hash what is kept of the password
     */
    public void setPassword(UnitOfWork unit, AccountId id, String hash) {
        if (existing(unit, id).email().isEmpty()) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "The account %s has no e-mail address to sign in with: Password needs Email.",
                    id);
        }
        unit.passwords().save(new Password(id, hash, unit.now()));
        unit.sessions().deleteOfAccount(id);
        record(unit, EventType.ACCOUNT_CHANGED, id, "password");
    }

    private static Account existing(UnitOfWork unit, AccountId id) {
        return unit.accounts()
                .find(id)
                .orElseThrow(() ->
                        new Refusal(RefusalCode.UNKNOWN_ACCOUNT, "The %s '%s' doesn't exist.", Parameter.ACCOUNT, id));
    }

    private static void requireFree(UnitOfWork unit, EmailAddress email) {
        if (unit.accounts().findByEmail(email).isPresent()) {
            throw new Refusal(RefusalCode.CONFLICT, "There is an account with the Email '%s' already.", email);
        }
    }

    private static void record(UnitOfWork unit, EventType type, AccountId id, String detail) {
        unit.record(new Fact(type, id.value(), Set.of(id), Set.of(), detail));
    }
}
