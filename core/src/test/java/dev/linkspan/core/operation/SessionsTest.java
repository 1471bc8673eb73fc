package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Password;
import dev.linkspan.core.account.Session;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SessionId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final SessionId ID = new SessionId("a".repeat(64));
    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");
    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final Accounts accounts = new Accounts(new CountingCredentials());
    private final AccessKeys keys = new AccessKeys(new CountingCredentials());
    private final Sessions sessions = new Sessions(false);
    private AccountId account;
    private Password password;

    @BeforeEach
    void anAccountWithAPassword() {
        account = fixture.change(unit -> accounts.create(unit, Optional.of(new EmailAddress("a@example.org"))))
                .id();
        setPassword("hash 1");
        password = kept();
    }

    private void setPassword(String hash) {
        fixture.change(unit -> {
            accounts.setPassword(unit, account, hash);
            return hash;
        });
    }

    private Password kept() {
        return fixture.read(snapshot -> snapshot.passwords().find(account).orElseThrow());
    }

    private Session open() {
        return fixture.change(unit -> sessions.open(unit, ID, password, START));
    }

    private boolean countsAt(Instant now) {
        return counts(sessions, now);
    }

    private boolean counts(Sessions how, Instant now) {
        return fixture.read(snapshot -> how.find(snapshot, ID, now)).isPresent();
    }

    private AccessKey key() {
        return fixture.change(unit -> keys.create(unit, account, Optional.empty(), Optional.empty()));
    }

    private AccessKey openByKey() {
        AccessKey key = key();
        fixture.change(unit -> sessions.open(unit, ID, key.id(), START));
        return key;
    }

    @Test
    void a_session_lasts_twelve_hours_to_the_millisecond() {
        assertThat(open().expiresAt()).isEqualTo(START.plus(HALF_A_DAY));

        assertThat(countsAt(START.plus(HALF_A_DAY).minusMillis(1))).isTrue();
        assertThat(countsAt(START.plus(HALF_A_DAY))).isFalse();
    }

    @Test
    void a_session_that_is_used_lasts_twelve_hours_more() {
        open();
        Instant later = START.plus(Duration.ofHours(11));

        fixture.change(unit -> sessions.renew(unit, ID, later));

        assertThat(countsAt(later.plus(HALF_A_DAY).minusMillis(1))).isTrue();
        assertThat(countsAt(later.plus(HALF_A_DAY))).isFalse();
    }

    @Test
    void a_session_that_is_over_is_not_renewed() {
        open();

        Optional<Session> renewed = fixture.change(unit -> sessions.renew(unit, ID, START.plus(HALF_A_DAY)));

        assertThat(renewed).isEmpty();
        assertThat(countsAt(START.plus(HALF_A_DAY))).isFalse();
    }

    @Test
    void that_it_is_used_is_written_down_every_ten_minutes() {
        Session session = open();

        assertThat(sessions.wantsRenewal(session, START.plus(Duration.ofMinutes(10))))
                .isFalse();
        assertThat(sessions.wantsRenewal(
                        session, START.plus(Duration.ofMinutes(10)).plusMillis(1)))
                .isTrue();
    }

    @Test
    @Rule("T1")
    void the_clock_of_the_regions_does_not_age_a_session() {
        open();

        store.advance(Duration.ofDays(7));

        assertThat(countsAt(START)).isTrue();
    }

    @Test
    void a_session_that_was_closed_is_over() {
        open();

        fixture.change(unit -> {
            sessions.close(unit, ID);
            return true;
        });

        assertThat(countsAt(START)).isFalse();
    }

    @Test
    void a_new_password_ends_all_sessions_of_the_account_and_no_other() {
        open();
        SessionId others = new SessionId("b".repeat(64));
        AccountId other = fixture.account();
        fixture.change(unit -> new Sessions(true).openUnchecked(unit, others, other, START));

        setPassword("hash 2");

        assertThat(countsAt(START)).isFalse();
        assertThat(fixture.<Optional<Session>>read(
                        snapshot -> snapshot.sessions().find(others)))
                .isPresent();
    }

    @Test
    void a_password_that_was_changed_while_it_was_compared_opens_nothing() {
        setPassword("hash 2");

        assertRefused(RefusalCode.NOT_SIGNED, this::open).contains("changed");
        assertThat(countsAt(START)).isFalse();
    }

    @Test
    void a_key_that_is_deleted_takes_its_sessions_with_it() {
        AccessKey key = openByKey();
        assertThat(countsAt(START)).isTrue();

        fixture.change(unit -> {
            keys.delete(unit, account, key.id());
            return true;
        });

        assertThat(countsAt(START)).isFalse();
        assertRefused(RefusalCode.NOT_SIGNED, () -> fixture.change(unit -> sessions.open(unit, ID, key.id(), START)));
    }

    @Test
    void a_session_counts_while_its_key_can_be_used() {
        AccessKey key = openByKey();

        fixture.change(unit -> keys.update(unit, account, key.id(), AccessKeyChange.active(false)));
        assertThat(countsAt(START)).isFalse();
        assertThatThrownBy(() -> fixture.change(unit -> sessions.open(unit, ID, key.id(), START)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'%s' is inactive or has expired", key.id());

        fixture.change(unit -> keys.update(unit, account, key.id(), AccessKeyChange.active(true)));
        assertThat(countsAt(START)).isTrue();
    }

    @Test
    @Rule("A6")
    void what_the_developers_mode_has_let_in_counts_nowhere_else() {
        Sessions developers = new Sessions(true);
        fixture.change(unit -> developers.openUnchecked(unit, ID, account, START));

        assertThat(counts(developers, START)).isTrue();
        assertThat(countsAt(START)).isFalse();
        assertThatThrownBy(() -> fixture.change(unit -> sessions.openUnchecked(unit, ID, account, START)))
                .hasMessageStartingWith("BUG:");
    }

    @Test
    void sessions_that_are_over_go_when_another_is_opened() {
        open();
        SessionId next = new SessionId("b".repeat(64));

        fixture.change(unit -> sessions.open(unit, next, password, START.plus(HALF_A_DAY)));

        assertThat(fixture.<Optional<Session>>read(
                        snapshot -> snapshot.sessions().find(ID)))
                .isEmpty();
        assertThat(fixture.<Optional<Session>>read(
                        snapshot -> snapshot.sessions().find(next)))
                .isPresent();
    }
}
