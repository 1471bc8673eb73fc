package dev.linkspan.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Password;
import dev.linkspan.core.event.ActingSession;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whatever changes what an account proves itself by, a role session may not do it. */
class ActingInRoleTest {

    private static final EmailAddress EMAIL = new EmailAddress("ada@example.org");

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccessKeys keys = new AccessKeys(new CountingCredentials());
    private final Accounts accounts = new Accounts(new CountingCredentials());
    private final AccountId owner =
            fixture.change(unit -> accounts.create(unit, Optional.of(EMAIL))).id();
    private final AccessKey key = fixture.change(unit -> keys.create(unit, owner, Optional.empty(), Optional.empty()));
    private final ActingSession session = new ActingSession(fixture.account(), "peering", "alice");

    private void assertRefused(Function<UnitOfWork, Object> work) {
        Origin inRole = new Origin(owner.value(), "request-1", Optional.of(session));
        assertThatThrownBy(() -> store.change(Fixture.REGION, inRole, work))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.NOT_AUTHORIZED));
    }

    @Test
    void no_credential_is_made_changed_or_deleted_in_a_role() {
        assertRefused(unit -> keys.create(unit, owner, Optional.empty(), Optional.empty()));
        assertRefused(unit -> keys.update(
                unit,
                owner,
                key.id(),
                new AccessKeyChange(Optional.of(false), Optional.empty(), false, Optional.empty(), false)));
        assertRefused(unit -> {
            keys.delete(unit, owner, key.id());
            return key;
        });
        assertRefused(unit -> accounts.setEmail(unit, owner, new EmailAddress("eve@example.org")));
        assertRefused(unit -> {
            accounts.setPassword(unit, owner, "hash");
            return owner;
        });
        assertRefused(unit -> accounts.create(unit, Optional.empty()));

        assertThat(fixture.<Optional<EmailAddress>>read(
                        snapshot -> snapshot.accounts().find(owner).flatMap(Account::email)))
                .contains(EMAIL);
        assertThat(fixture.<Optional<Password>>read(
                        snapshot -> snapshot.passwords().find(owner)))
                .isEmpty();
        assertThat(fixture.<List<AccessKey>>read(
                        snapshot -> snapshot.accessKeys().ofOwner(owner)))
                .containsExactly(key);
    }

    @Test
    void what_stands_behind_an_account_is_written_and_read() {
        assertThat(ActingSession.parse(session.text())).isEqualTo(session);
    }
}
