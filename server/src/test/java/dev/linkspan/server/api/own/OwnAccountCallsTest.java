package dev.linkspan.server.api.own;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Role;
import dev.linkspan.core.account.RoleSession;
import dev.linkspan.core.account.Session;
import dev.linkspan.core.account.SignIn;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SessionId;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.operation.CountingCredentials;
import dev.linkspan.core.operation.Sessions;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.own.OwnAccountCalls.OwnAccountAnswer;
import dev.linkspan.server.api.own.OwnAccountCalls.UpdateOwnAccountRequest;
import dev.linkspan.server.api.session.PasswordHashes;
import dev.linkspan.server.api.session.PasswordSignIn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OwnAccountCallsTest {

    private static final EmailAddress ADA = new EmailAddress("ada@example.org");
    private static final EmailAddress EVE = new EmailAddress("eve@example.org");
    private static final String PASSWORD = "correct horse";
    private static final String OTHER = "battery staple";

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final PasswordHashes hashes = new PasswordHashes();
    private final Accounts accounts = new Accounts(new CountingCredentials());
    private final OwnAccountCalls calls = new OwnAccountCalls(
            store,
            Fixture.REGION,
            accounts,
            hashes,
            new PasswordSignIn(store, Fixture.REGION, new Sessions(false), hashes),
            InstantSource.fixed(Instant.parse("2026-11-29T00:00:00Z")),
            new ReadTurns());
    private final AccountId account =
            fixture.change(unit -> accounts.create(unit, Optional.of(ADA))).id();
    private final Caller caller = new Caller(account, Fixture.REGION);

    private OwnAccountAnswer update(UpdateOwnAccountRequest request) {
        return calls.update(caller, "127.0.0.1", new Origin(account.value(), "r"), request)
                .account();
    }

    private static UpdateOwnAccountRequest named(String name) {
        return new UpdateOwnAccountRequest(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static UpdateOwnAccountRequest email(EmailAddress email, String... current) {
        return new UpdateOwnAccountRequest(
                Optional.empty(),
                Optional.of(email),
                Optional.empty(),
                List.of(current).stream().findFirst());
    }

    private static UpdateOwnAccountRequest password(String password, String... current) {
        return new UpdateOwnAccountRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.of(password),
                List.of(current).stream().findFirst());
    }

    private boolean signsInWith(String password) {
        return hashes.matches(
                "here",
                password,
                fixture.<String>read(snapshot ->
                        snapshot.passwords().find(account).orElseThrow().hash()));
    }

    @Test
    void it_is_told_to_itself() {
        OwnAccountAnswer told = calls.read(caller).account();

        assertThat(told.accountId()).isEqualTo(account);
        assertThat(told.name()).isEmpty();
        assertThat(told.email()).contains(ADA);
        assertThat(told.hasPassword()).isFalse();
    }

    @Test
    void a_name_is_given_and_taken_away() {
        assertThat(update(named("Payments")).name()).contains(new AccountName("Payments"));
        assertThat(update(named("")).name()).isEmpty();
    }

    @Test
    void what_is_no_name_is_refused_and_changes_nothing() {
        update(named("Payments"));

        assertRefused(RefusalCode.MALFORMED_VALUE, () -> update(named("two\nlines")))
                .contains("Name", "64 characters");
        assertThat(calls.read(caller).account().name()).contains(new AccountName("Payments"));
    }

    @Test
    void the_address_of_another_account_is_refused() {
        fixture.change(unit -> accounts.create(unit, Optional.of(EVE)));

        assertRefused(RefusalCode.CONFLICT, () -> update(email(EVE))).contains(EVE.value());
    }

    @Test
    void an_account_that_has_no_password_may_give_itself_one() {
        assertThat(update(password(PASSWORD)).hasPassword()).isTrue();
        assertThat(signsInWith(PASSWORD)).isTrue();
    }

    @Nested
    class With_a_password {

        With_a_password() {
            update(password(PASSWORD));
        }

        @Test
        void another_one_needs_the_one_that_there_is() {
            assertRefused(RefusalCode.MISSING_PARAMETER, () -> update(password(OTHER)))
                    .contains("CurrentPassword");
            assertRefused(RefusalCode.BAD_VALUE, () -> update(password(OTHER, "a guess")))
                    .contains("CurrentPassword");
            assertThat(signsInWith(PASSWORD)).isTrue();

            update(password(OTHER, PASSWORD));
            assertThat(signsInWith(OTHER)).isTrue();
        }

        @Test
        void so_does_another_address_and_a_name_does_not() {
            assertRefused(RefusalCode.MISSING_PARAMETER, () -> update(email(EVE)));
            assertThat(update(email(EVE, PASSWORD)).email()).contains(EVE);
            assertThat(update(named("Eve")).name()).contains(new AccountName("Eve"));
        }

        @Test
        @Rule("A3")
        void guesses_in_a_row_lock_it_also_for_the_right_one() {
            for (int guess = 0; guess < 4; guess++) {
                assertRefused(RefusalCode.BAD_VALUE, () -> update(password(OTHER, "a guess")));
            }
            assertRefused(RefusalCode.LOCKED_OUT, () -> update(password(OTHER, PASSWORD)));
        }

        @Test
        void too_short_a_one_is_refused_and_no_message_holds_it() {
            assertRefused(RefusalCode.BAD_VALUE, () -> update(password("short", PASSWORD)))
                    .contains("8 to 256 characters")
                    .doesNotContain("short");
            assertThat(password(OTHER, PASSWORD).toString()).doesNotContain(OTHER, PASSWORD);
        }

        @Test
        void a_new_one_ends_the_sessions() {
            SessionId id = new SessionId("a".repeat(64));
            fixture.change(unit -> {
                unit.sessions().save(new Session(id, account, new SignIn.ByPassword(), unit.now(), unit.now()));
                return id;
            });

            update(password(OTHER, PASSWORD));

            assertThat(fixture.<Optional<Session>>read(
                            snapshot -> snapshot.sessions().find(id)))
                    .isEmpty();
        }
    }

    @Test
    void whoever_acts_in_a_role_changes_nothing() {
        RoleSession session = new RoleSession(
                new AccessKeyId("ASIA"), "secret", new Role(account, "deploy"), account, "ci", Instant.MAX);
        Caller inRole = new Caller(account, Fixture.REGION, Optional.of(session));
        long before = fixture.read(snapshot -> snapshot.events().lastSequence());

        assertRefused(
                        RefusalCode.NOT_AUTHORIZED,
                        () -> calls.update(inRole, "127.0.0.1", new Origin(account.value(), "r"), password(PASSWORD)))
                .contains("deploy");
        assertThat(fixture.<Long>read(snapshot -> snapshot.events().lastSequence()))
                .isEqualTo(before);
    }
}
