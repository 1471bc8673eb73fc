package dev.linkspan.server.api.own;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.operation.AccessKeys;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.session.PasswordHashes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The operator's calls on accounts, their keys and their quotas. Accounts belong to all Regions alike. */
public final class AccountCalls {

    /** An account with a password can sign in to Cockpit; it needs an e-mail address for that. */
    record CreateAccountRequest(
            Optional<AccountId> accountId, Optional<EmailAddress> email, Optional<String> password) {

        /** Leaves the password out, so that no log line can hold it. */
        @Override
        public String toString() {
            return "CreateAccountRequest[%s %s]".formatted(accountId, email);
        }
    }

    /** What is absent stays as it is. A new password ends the account's sessions. */
    record UpdateAccountRequest(
            @Required AccountId accountId,
            Optional<AccountName> name,
            Optional<EmailAddress> email,
            Optional<String> password) {

        /** Leaves the password out, so that no log line can hold it. */
        @Override
        public String toString() {
            return "UpdateAccountRequest[%s %s %s]".formatted(accountId, name, email);
        }
    }

    record UpdateAccountResponse(TenantAnswer account) {}

    record CreateAccountResponse(TenantAnswer account, NewKeyAnswer accessKey) {}

    record ReadAccountsResponse(List<TenantAnswer> accounts) {}

    record TenantAnswer(
            AccountId accountId, Optional<AccountName> name, Optional<EmailAddress> email, Instant creationDate) {

        static TenantAnswer of(Account account) {
            return new TenantAnswer(account.id(), account.name(), account.email(), account.createdAt());
        }
    }

    record AccountRequest(@Required AccountId accountId) {}

    record CreateAccessKeyResponse(NewKeyAnswer accessKey) {}

    /** A key with its secret, which is shown when it is made and never again. */
    record NewKeyAnswer(AccessKeyId accessKeyId, String secretKey, String state, Instant creationDate) {

        static NewKeyAnswer of(AccessKey key) {
            return new NewKeyAnswer(key.id(), key.secret(), stateOf(key), key.createdAt());
        }
    }

    record ReadAccessKeysResponse(List<KnownKeyAnswer> accessKeys) {}

    record KnownKeyAnswer(
            AccessKeyId accessKeyId,
            String state,
            Optional<String> tag,
            Instant creationDate,
            Instant lastModificationDate,
            Optional<Instant> expirationDate) {

        static KnownKeyAnswer of(AccessKey key) {
            return new KnownKeyAnswer(
                    key.id(), stateOf(key), key.tag(), key.createdAt(), key.modifiedAt(), key.expiresAt());
        }
    }

    /** @param maxValue the default again where it is absent */
    record UpdateQuotaRequest(
            @Required AccountId accountId, @Required Quota name, Optional<Integer> maxValue) {}

    record UpdateQuotaResponse(AccountId accountId, Quota name, int maxValue) {}

    private final Store store;
    private final RegionName region;
    private final Accounts accounts;
    private final AccessKeys keys;
    private final PasswordHashes hashes;

    /** @param region whose log keeps what happens to accounts: the server's default one */
    public AccountCalls(Store store, RegionName region, Accounts accounts, AccessKeys keys, PasswordHashes hashes) {
        this.store = store;
        this.region = region;
        this.accounts = accounts;
        this.keys = keys;
        this.hashes = hashes;
    }

    List<OwnOperation<?>> operations() {
        return List.of(
                OwnOperation.of(
                        "CreateAccount", CreateAccountRequest.class, CreateAccountResponse.class, this::createAccount),
                OwnOperation.of(
                        "UpdateAccount", UpdateAccountRequest.class, UpdateAccountResponse.class, this::updateAccount),
                OwnOperation.of(
                        "ReadAccounts",
                        OwnOperation.Nothing.class,
                        ReadAccountsResponse.class,
                        (_, _) -> readAccounts()),
                OwnOperation.of(
                        "CreateAccessKey", AccountRequest.class, CreateAccessKeyResponse.class, this::createAccessKey),
                OwnOperation.of(
                        "ReadAccessKeys",
                        AccountRequest.class,
                        ReadAccessKeysResponse.class,
                        (_, request) -> readAccessKeys(request)),
                OwnOperation.of("UpdateQuota", UpdateQuotaRequest.class, UpdateQuotaResponse.class, this::updateQuota));
    }

    private CreateAccountResponse createAccount(Origin origin, CreateAccountRequest request) {
        if (request.password().isPresent() && request.email().isEmpty()) {
            throw new Refusal(RefusalCode.PARAMETER_COMBINATION, "Password needs Email: both are given at signing in.");
        }
        Optional<String> hash = request.password().map(password -> hashes.hash(Origin.OPERATOR, password));
        return store.change(region, origin, unit -> {
            Account account = request.accountId().isPresent()
                    ? accounts.create(unit, request.accountId().get(), request.email())
                    : accounts.create(unit, request.email());
            hash.ifPresent(it -> accounts.setPassword(unit, account.id(), it));
            AccessKey key = keys.create(unit, account.id(), Optional.empty(), Optional.empty());
            return new CreateAccountResponse(TenantAnswer.of(account), NewKeyAnswer.of(key));
        });
    }

    /** The hash takes its time before the change has its turn. */
    private UpdateAccountResponse updateAccount(Origin origin, UpdateAccountRequest request) {
        Optional<String> hash = request.password().map(password -> hashes.hash(Origin.OPERATOR, password));
        return new UpdateAccountResponse(TenantAnswer.of(store.change(region, origin, unit -> {
            request.name().ifPresent(name -> accounts.setName(unit, request.accountId(), Optional.of(name)));
            request.email().ifPresent(email -> accounts.setEmail(unit, request.accountId(), email));
            hash.ifPresent(it -> accounts.setPassword(unit, request.accountId(), it));
            return unit.accounts().find(request.accountId()).orElseThrow(() -> unknown(request.accountId()));
        })));
    }

    private static Refusal unknown(AccountId account) {
        return new Refusal(RefusalCode.UNKNOWN_ACCOUNT, "The AccountId '%s' doesn't exist.", account);
    }

    private ReadAccountsResponse readAccounts() {
        return new ReadAccountsResponse(
                store.read(region, snapshot -> snapshot.accounts().all()).stream()
                        .map(TenantAnswer::of)
                        .toList());
    }

    private CreateAccessKeyResponse createAccessKey(Origin origin, AccountRequest request) {
        return new CreateAccessKeyResponse(NewKeyAnswer.of(store.change(
                region, origin, unit -> keys.create(unit, request.accountId(), Optional.empty(), Optional.empty()))));
    }

    private ReadAccessKeysResponse readAccessKeys(AccountRequest request) {
        return store.read(region, snapshot -> {
            if (snapshot.accounts().find(request.accountId()).isEmpty()) {
                throw unknown(request.accountId());
            }
            return new ReadAccessKeysResponse(snapshot.accessKeys().ofOwner(request.accountId()).stream()
                    .map(KnownKeyAnswer::of)
                    .toList());
        });
    }

    private UpdateQuotaResponse updateQuota(Origin origin, UpdateQuotaRequest request) {
        OptionalInt limit = request.maxValue().map(OptionalInt::of).orElse(OptionalInt.empty());
        Account account = store.change(
                region, origin, unit -> accounts.setQuota(unit, request.accountId(), request.name(), limit));
        return new UpdateQuotaResponse(account.id(), request.name(), account.limit(request.name()));
    }

    private static String stateOf(AccessKey key) {
        return key.active() ? "ACTIVE" : "INACTIVE";
    }
}
