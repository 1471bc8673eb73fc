package dev.linkspan.core.port;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Password;
import dev.linkspan.core.account.Session;
import dev.linkspan.core.account.SignIn;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What signing in needs: e-mail addresses that are one account's, passwords, sessions. */
public abstract class StoredSignInsContract extends StoreContract {

    private static final EmailAddress ADA = new EmailAddress("ada@example.org");
    private static final AccessKeyId KEY = new AccessKeyId("KEY");
    private static final SessionId FIRST = new SessionId("a".repeat(64));
    private static final SessionId SECOND = new SessionId("b".repeat(64));
    private static final SessionId THIRD = new SessionId("c".repeat(64));

    private AccountId owner;
    private AccountId stranger;
    private Instant now;

    @BeforeEach
    void populate() {
        owner = fixture.account();
        stranger = fixture.account();
        now = fixture.now();
    }

    private void write(Consumer<UnitOfWork> work) {
        fixture.change(unit -> {
            work.accept(unit);
            return true;
        });
    }

    private Account with(AccountId account, Optional<EmailAddress> email) {
        return new Account(account, email, Map.of(), now);
    }

    private Session session(SessionId id, AccountId account, SignIn signIn, Duration lasts) {
        return new Session(id, account, signIn, now, now.plus(lasts));
    }

    @Test
    void an_address_finds_its_account_in_every_region() {
        write(unit -> unit.accounts().save(with(owner, Optional.of(ADA))));

        assertOne(snapshot -> snapshot.accounts().findByEmail(ADA)).contains(with(owner, Optional.of(ADA)));
        assertOne(elsewhere, snapshot -> snapshot.accounts().findByEmail(ADA)).contains(with(owner, Optional.of(ADA)));
        assertOne(snapshot -> snapshot.accounts().findByEmail(new EmailAddress("bob@example.org")))
                .isEmpty();
    }

    @Test
    void an_address_is_one_accounts() {
        write(unit -> unit.accounts().save(with(owner, Optional.of(ADA))));

        assertBug(() -> write(unit -> unit.accounts().save(with(stranger, Optional.of(ADA)))));

        write(unit -> unit.accounts().save(with(owner, Optional.empty())));
        write(unit -> unit.accounts().save(with(stranger, Optional.of(ADA))));
        assertOne(snapshot -> snapshot.accounts().findByEmail(ADA)).contains(with(stranger, Optional.of(ADA)));
    }

    @Test
    void passwords() {
        Password first = new Password(owner, "$argon2id$...", now);
        write(unit -> unit.passwords().save(first));
        assertOne(snapshot -> snapshot.passwords().find(owner)).contains(first);
        assertOne(snapshot -> snapshot.passwords().find(stranger)).isEmpty();

        Password second = new Password(owner, "another", now.plusSeconds(1));
        write(unit -> unit.passwords().save(second));
        assertOne(snapshot -> snapshot.passwords().find(owner)).contains(second);

        assertBug(() -> write(unit -> unit.passwords().save(new Password(new AccountId("999999999999"), "hash", now))));
    }

    @Test
    void sessions_of_each_kind() {
        write(unit -> unit.accessKeys()
                .save(new AccessKey(KEY, owner, "secret", true, Optional.empty(), Optional.empty(), now, now)));
        Session byPassword = session(FIRST, owner, new SignIn.ByPassword(), Duration.ofHours(12));
        Session byKey = session(SECOND, owner, new SignIn.ByAccessKey(KEY), Duration.ofHours(1));
        Session unchecked = session(THIRD, stranger, new SignIn.Unchecked(), Duration.ofHours(2));
        write(unit -> {
            unit.sessions().save(byPassword);
            unit.sessions().save(byKey);
            unit.sessions().save(unchecked);
        });

        assertOne(snapshot -> snapshot.sessions().find(FIRST)).contains(byPassword);
        assertOne(elsewhere, snapshot -> snapshot.sessions().find(SECOND)).contains(byKey);
        assertOne(snapshot -> snapshot.sessions().find(THIRD)).contains(unchecked);

        Session longer = session(FIRST, owner, new SignIn.ByPassword(), Duration.ofHours(13));
        write(unit -> unit.sessions().save(longer));
        assertOne(snapshot -> snapshot.sessions().find(FIRST)).contains(longer);
    }

    @Test
    void sessions_end_one_by_one_by_account_by_key_and_by_time() {
        write(unit -> unit.accessKeys()
                .save(new AccessKey(KEY, owner, "secret", true, Optional.empty(), Optional.empty(), now, now)));
        write(unit -> {
            unit.sessions().save(session(FIRST, owner, new SignIn.ByPassword(), Duration.ofHours(12)));
            unit.sessions().save(session(SECOND, owner, new SignIn.ByAccessKey(KEY), Duration.ofHours(12)));
            unit.sessions().save(session(THIRD, stranger, new SignIn.ByPassword(), Duration.ofHours(12)));
        });

        write(unit -> unit.accessKeys().delete(KEY));
        assertOne(snapshot -> snapshot.sessions().find(SECOND)).isEmpty();

        write(unit -> unit.sessions().delete(SECOND));
        write(unit -> unit.sessions().deleteOfAccount(owner));
        assertOne(snapshot -> snapshot.sessions().find(FIRST)).isEmpty();
        assertOne(snapshot -> snapshot.sessions().find(THIRD)).isPresent();

        write(unit ->
                unit.sessions().deleteExpiredBy(now.plus(Duration.ofHours(12)).minusMillis(1)));
        assertOne(snapshot -> snapshot.sessions().find(THIRD)).isPresent();
        write(unit -> unit.sessions().deleteExpiredBy(now.plus(Duration.ofHours(12))));
        assertOne(snapshot -> snapshot.sessions().find(THIRD)).isEmpty();
    }

    @Test
    void a_session_needs_its_account_and_its_key() {
        assertBug(() -> write(unit -> unit.sessions()
                .save(session(FIRST, new AccountId("999999999999"), new SignIn.ByPassword(), Duration.ofHours(1)))));
        assertBug(() -> write(
                unit -> unit.sessions().save(session(FIRST, owner, new SignIn.ByAccessKey(KEY), Duration.ofHours(1)))));
    }
}
