package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Password;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private static final AccountId CHOSEN = new AccountId("111122223333");

    private final Fixture fixture = new Fixture(new InMemoryStore());
    private final Accounts accounts = new Accounts(new CountingCredentials());

    private static final EmailAddress ADA = new EmailAddress("ada@example.org");

    private List<EventType> events() {
        return fixture.read(snapshot -> snapshot.events().after(0, 100).stream()
                .map(event -> event.fact().type())
                .toList());
    }

    @Test
    void an_account_gets_an_id_that_none_has() {
        AccountId taken = new AccountId("000000000001");
        fixture.change(unit -> accounts.create(unit, taken, Optional.empty()));

        Account account = fixture.change(unit -> accounts.create(unit, Optional.of(new EmailAddress("a@example.org"))));

        assertThat(account.id()).isEqualTo(new AccountId("000000000002"));
        assertThat(fixture.<Optional<Account>>read(
                        snapshot -> snapshot.accounts().find(account.id())))
                .contains(account);
        assertThat(events()).containsExactly(EventType.ACCOUNT_CREATED, EventType.ACCOUNT_CREATED);
    }

    @Test
    void a_chosen_id_that_another_account_has_is_refused() {
        fixture.change(unit -> accounts.create(unit, CHOSEN, Optional.empty()));

        assertRefused(
                        RefusalCode.CONFLICT,
                        () -> fixture.change(unit -> accounts.create(unit, CHOSEN, Optional.empty())))
                .contains(CHOSEN.value());
    }

    @Test
    @Rule("A6")
    void an_account_is_made_on_first_use_and_once() {
        Account first = fixture.change(unit -> accounts.known(unit, CHOSEN));
        Account second = fixture.change(unit -> accounts.known(unit, CHOSEN));

        assertThat(second).isEqualTo(first);
        assertThat(events()).containsExactly(EventType.ACCOUNT_CREATED);
    }

    @Nested
    class EmailAndPassword {

        private void setPassword(AccountId account) {
            fixture.change(unit -> {
                accounts.setPassword(unit, account, "hash");
                return true;
            });
        }

        @Test
        void an_address_that_another_account_has_is_refused() {
            fixture.change(unit -> accounts.create(unit, CHOSEN, Optional.of(ADA)));
            AccountId other = fixture.account();

            assertRefused(RefusalCode.CONFLICT, () -> fixture.change(unit -> accounts.create(unit, Optional.of(ADA))))
                    .contains("ada@example.org");
            assertRefused(RefusalCode.CONFLICT, () -> fixture.change(unit -> accounts.setEmail(unit, other, ADA)));
            assertThat(fixture.change(unit -> accounts.setEmail(unit, CHOSEN, ADA))
                            .email())
                    .contains(ADA);
        }

        @Test
        void a_password_needs_an_address() {
            fixture.change(unit -> accounts.create(unit, CHOSEN, Optional.empty()));

            assertRefused(RefusalCode.PARAMETER_COMBINATION, () -> setPassword(CHOSEN))
                    .contains("Email");
            assertThat(fixture.<Optional<Password>>read(
                            snapshot -> snapshot.passwords().find(CHOSEN)))
                    .isEmpty();
        }

        @Test
        void a_password_belongs_to_an_account_that_there_is() {
            assertRefused(RefusalCode.UNKNOWN_ACCOUNT, () -> setPassword(CHOSEN))
                    .contains(CHOSEN.value());
        }

        @Test
        void the_log_tells_that_and_not_what() {
            fixture.change(unit -> accounts.create(unit, CHOSEN, Optional.of(ADA)));
            setPassword(CHOSEN);

            assertThat(events()).containsExactly(EventType.ACCOUNT_CREATED, EventType.ACCOUNT_CHANGED);
            assertThat(fixture.<List<Event>>read(snapshot -> snapshot.events().after(0, 10))
                            .getLast()
                            .fact()
                            .detail())
                    .isEqualTo("password");
        }
    }

    @Nested
    class TheName {

        private final Account account = fixture.change(unit -> accounts.create(unit, Optional.of(ADA)));

        private Account set(String name) {
            Optional<AccountName> wanted =
                    Optional.of(name).filter(it -> !it.isEmpty()).map(AccountName::new);
            return fixture.change(unit -> accounts.setName(unit, account.id(), wanted));
        }

        @Test
        void it_can_be_given_changed_and_taken_away_and_the_rest_stays() {
            assertThat(set("Payments").name()).contains(new AccountName("Payments"));
            Account named = set("Pay");
            assertThat(fixture.<Optional<Account>>read(
                            snapshot -> snapshot.accounts().find(account.id())))
                    .contains(named);
            assertThat(named.email()).contains(ADA);
            assertThat(set("")).isEqualTo(account);
        }

        @Test
        @Rule("L9")
        void each_change_is_one_event_and_no_change_none() {
            set("Payments");
            set("Payments");
            set("");

            assertThat(fixture.<List<String>>read(snapshot -> snapshot.events().after(0, 10).stream()
                            .map(event -> event.fact().detail())
                            .toList()))
                    .containsExactly("created", "name: Payments", "no name any more");
        }

        @Test
        void it_outlives_other_changes() {
            set("Payments");
            fixture.change(unit -> accounts.setEmail(unit, account.id(), new EmailAddress("b@example.org")));
            Account limited =
                    fixture.change(unit -> accounts.setQuota(unit, account.id(), Quota.NETS, OptionalInt.of(3)));

            assertThat(limited.name()).contains(new AccountName("Payments"));
        }
    }

    @Nested
    @Rule("P12")
    class TheQuotas {

        private final Account account = fixture.change(unit -> accounts.create(unit, Optional.empty()));

        private Account set(OptionalInt limit) {
            return fixture.change(unit -> accounts.setQuota(unit, account.id(), Quota.NETS, limit));
        }

        @Test
        void a_limit_holds_until_it_is_taken_back() {
            assertThat(set(OptionalInt.of(3)).limit(Quota.NETS)).isEqualTo(3);
            assertThat(set(OptionalInt.empty()).limit(Quota.NETS)).isEqualTo(Quota.NETS.defaultLimit());
            assertThat(events())
                    .containsExactly(
                            EventType.ACCOUNT_CREATED,
                            EventType.ACCOUNT_QUOTA_CHANGED,
                            EventType.ACCOUNT_QUOTA_CHANGED);
        }

        @Test
        void a_negative_limit_is_refused() {
            assertRefused(RefusalCode.BAD_VALUE, () -> set(OptionalInt.of(-1))).contains("limit", "-1");
        }

        @Test
        void the_limit_of_an_account_that_does_not_exist_is_refused() {
            assertRefused(
                    RefusalCode.UNKNOWN_ACCOUNT,
                    () -> fixture.change(unit -> accounts.setQuota(unit, CHOSEN, Quota.VMS, OptionalInt.of(1))));
        }

        @Test
        void their_use_is_counted_for_the_account_and_inside_each_resource() {
            Net net = fixture.net(account.id(), "10.0.0.0/16");
            Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
            fixture.vm(subnet, "10.0.1.4");
            Net peer = fixture.net(account.id(), "10.1.0.0/16");
            fixture.activePeering(net, peer);
            fixture.pendingPeering(net, fixture.net(account.id(), "10.2.0.0/16"));

            assertThat(used(Quota.NETS, Optional.empty())).isEqualTo(3);
            assertThat(used(Quota.VMS, Optional.empty())).isEqualTo(1);
            assertThat(used(Quota.OUTSTANDING_PEERING_REQUESTS, Optional.empty()))
                    .isEqualTo(1);
            assertThat(used(Quota.SUBNETS_PER_NET, Optional.of(net.id()))).isEqualTo(1);
            assertThat(used(Quota.SUBNETS_PER_NET, Optional.of(peer.id()))).isZero();
            assertThat(used(Quota.ACTIVE_PEERINGS_PER_NET, Optional.of(peer.id())))
                    .isEqualTo(1);
        }

        private int used(Quota quota, Optional<NetId> where) {
            List<QuotaUsage> usages = fixture.read(snapshot -> QuotaUsage.of(snapshot, account.id()));
            return usages.stream()
                    .filter(usage -> usage.quota() == quota && usage.where().equals(where))
                    .findFirst()
                    .orElseThrow()
                    .used();
        }
    }
}
