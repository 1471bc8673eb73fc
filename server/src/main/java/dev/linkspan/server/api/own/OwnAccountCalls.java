package dev.linkspan.server.api.own;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.session.PasswordHashes;
import dev.linkspan.server.api.session.PasswordSignIn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What an account tells and changes about itself. Accounts belong to all Regions alike. */
public final class OwnAccountCalls {

    /**
     * What is absent stays as it is.
     *
     * @param name an empty text takes the name away
     * @param password a new one, which ends the account's sessions
     * @param currentPassword needed for another e-mail address or password, where there is a password
     */
    record UpdateOwnAccountRequest(
            Optional<String> name,
            Optional<EmailAddress> email,
            Optional<String> password,
            Optional<String> currentPassword) {

        /** Leaves the passwords out, so that no log line can hold them. */
        @Override
        public String toString() {
            return "UpdateOwnAccountRequest[%s %s]".formatted(name, email);
        }
    }

    record OwnAccountResponse(OwnAccountAnswer account) {}

    /** @param hasPassword whether it can sign in to Cockpit by its e-mail address */
    record OwnAccountAnswer(
            AccountId accountId,
            Optional<AccountName> name,
            Optional<EmailAddress> email,
            boolean hasPassword,
            Instant creationDate) {

        static OwnAccountAnswer of(Snapshot snapshot, AccountId id) {
            Account account = snapshot.accounts()
                    .find(id)
                    .orElseThrow(() -> new IllegalStateException("BUG: %s makes calls and is none".formatted(id)));
            boolean hasPassword = snapshot.passwords().find(id).isPresent();
            return new OwnAccountAnswer(id, account.name(), account.email(), hasPassword, account.createdAt());
        }
    }

    private final Store store;
    private final RegionName region;
    private final Accounts accounts;
    private final PasswordHashes hashes;
    private final PasswordSignIn passwords;
    private final InstantSource realTime;
    private final ReadTurns turns;

    /**
     * Calls on the store.
     *
     * @param region whose log keeps what happens to accounts: the server's default one
     * @param turns whose turn it is to read
     */
    public OwnAccountCalls(
            Store store,
            RegionName region,
            Accounts accounts,
            PasswordHashes hashes,
            PasswordSignIn passwords,
            InstantSource realTime,
            ReadTurns turns) {
        this.turns = turns;
        this.store = store;
        this.region = region;
        this.accounts = accounts;
        this.hashes = hashes;
        this.passwords = passwords;
        this.realTime = realTime;
    }

    List<AccountOperation<?>> operations() {
        return List.of(
                AccountOperation.of(
                        "ReadOwnAccount",
                        OwnOperation.Nothing.class,
                        OwnAccountResponse.class,
                        (caller, _, _, _) -> read(caller)),
                AccountOperation.of(
                        "UpdateOwnAccount", UpdateOwnAccountRequest.class, OwnAccountResponse.class, this::update));
    }

    OwnAccountResponse read(Caller caller) {
        return turns.taking(
                caller.account(),
                () -> new OwnAccountResponse(
                        store.read(region, snapshot -> OwnAccountAnswer.of(snapshot, caller.account()))));
    }

    /** Comparing and hashing passwords takes its time before the change has its turn. */
    OwnAccountResponse update(Caller caller, String peer, Origin origin, UpdateOwnAccountRequest request) {
        AccountId account = caller.account();
        requireAccountItself(caller);
        Optional<AccountName> name =
                request.name().filter(text -> !text.isEmpty()).map(OwnAccountCalls::name);
        if (request.email().isPresent() || request.password().isPresent()) {
            passwords.confirm(account, request.currentPassword(), peer, realTime.instant());
        }
        Optional<String> hash = request.password().map(password -> hashes.hash(peer, password));
        return new OwnAccountResponse(store.change(region, origin, (UnitOfWork unit) -> {
            request.name().ifPresent(_ -> accounts.setName(unit, account, name));
            request.email().ifPresent(it -> accounts.setEmail(unit, account, it));
            hash.ifPresent(it -> accounts.setPassword(unit, account, it));
            return OwnAccountAnswer.of(unit, account);
        }));
    }

    /** Whoever may act for the account for a while may not take it over. */
    private static void requireAccountItself(Caller caller) {
        caller.session().ifPresent(session -> {
            throw new Refusal(
                    RefusalCode.NOT_AUTHORIZED,
                    "The account %s changes this itself, not a session of the role '%s'.",
                    caller.account(),
                    session.role().name());
        });
    }

    private static AccountName name(String text) {
        try {
            return new AccountName(text);
        } catch (IllegalArgumentException why) {
            throw Refusal.malformed("Name", text, String.valueOf(why.getMessage()));
        }
    }
}
