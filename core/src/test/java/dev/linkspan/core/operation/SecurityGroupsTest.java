package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Flow;
import dev.linkspan.core.securitygroup.RequestedCounterpart;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.tag.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityGroupsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final SecurityGroups groups = new SecurityGroups();
    private final AccountId owner = fixture.account();
    private final AccountId other = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Net peer = fixture.net(other, "10.1.0.0/16");

    private SecurityGroup create(String name) {
        return create(owner, net, name);
    }

    private SecurityGroup create(AccountId caller, Net in, String name) {
        return fixture.change(unit -> groups.create(unit, caller, in.id(), name, "for a test"));
    }

    private SecurityGroup add(SecurityGroup group, RequestedRule... rules) {
        return fixture.change(unit -> groups.addRules(unit, owner, group.id(), List.of(rules)));
    }

    private void delete(AccountId caller, SecurityGroup group) {
        fixture.change(unit -> {
            groups.delete(unit, caller, group.id());
            return group;
        });
    }

    private Optional<SecurityGroup> stored(SecurityGroup group) {
        return fixture.read(snapshot -> snapshot.securityGroups().find(group.id()));
    }

    private static RequestedRule inbound(RequestedCounterpart counterpart) {
        return new RequestedRule(Flow.INBOUND, new Traffic.All(), counterpart, "");
    }

    private static RequestedCounterpart group(SecurityGroup group) {
        return new RequestedCounterpart.GroupById(group.id(), Optional.empty());
    }

    private void limit(Quota quota, int limit) {
        fixture.change(unit -> {
            Account account = unit.accounts().find(owner).orElseThrow();
            unit.accounts().save(new Account(owner, account.email(), Map.of(quota, limit), account.createdAt()));
            return owner;
        });
    }

    @Nested
    class Create {

        @Test
        @Rule("S1")
        void a_group_is_born_letting_nothing_in_and_everything_out() {
            SecurityGroup group = create("web");

            assertThat(group.rules(Flow.INBOUND)).isEmpty();
            assertThat(group.rules(Flow.OUTBOUND))
                    .extracting(SecurityGroupRule::traffic, SecurityGroupRule::counterpart)
                    .containsExactly(tuple(new Traffic.All(), new Counterpart.Range(Cidr.ALL)));
            assertThat(stored(group)).contains(group);
            Event event =
                    fixture.read(snapshot -> snapshot.events().after(0, 10).getLast());
            assertThat(event.fact().type()).isEqualTo(EventType.SECURITY_GROUP_CREATED);
        }

        @Test
        void a_name_is_taken_once_in_a_net() {
            create("web");

            assertRefused(RefusalCode.CONFLICT, () -> create("web"))
                    .contains("'web'", net.id().value());
            assertThat(create(owner, fixture.net(owner, "10.5.0.0/16"), "web").name())
                    .isEqualTo("web");
            assertThat(create("Web").name()).isEqualTo("Web");
        }

        @Test
        @Rule("S1")
        void the_default_groups_name_is_taken() {
            assertRefused(RefusalCode.CONFLICT, () -> create("default"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "web 1", "_.-:/()#,@[]+=&;{}!$*", "SG-x", "default2"})
        void names_that_may_be(String name) {
            assertThat(create(name).name()).isEqualTo(name);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "sg-web", "sg-", "caf\u00e9", "tab\t", "a<b", "a'b", "a\nb"})
        void names_that_may_not_be(String name) {
            assertRefused(RefusalCode.BAD_VALUE, () -> create(name)).contains("name of the security group");
        }

        @Test
        void names_and_descriptions_have_at_most_255_characters() {
            assertThat(create("n".repeat(255)).name()).hasSize(255);
            assertRefused(RefusalCode.BAD_VALUE, () -> create("n".repeat(256)));
            assertRefused(
                    RefusalCode.BAD_VALUE,
                    () -> fixture.change(unit -> groups.create(unit, owner, net.id(), "x", "d".repeat(256))));
        }

        @Test
        void a_description_may_have_accents() {
            String description = "Acc\u00e8s \u00e0 la base (r\u00e9plique)";
            SecurityGroup group = fixture.change(unit -> groups.create(unit, owner, net.id(), "db", description));

            assertThat(group.description()).isEqualTo(description);
        }

        @Test
        @Rule("A4")
        void anothers_net_is_unknown() {
            assertRefused(RefusalCode.UNKNOWN_ID, () -> create(other, net, "web"));
        }

        @Test
        @Rule("P12")
        void the_quota_counts_the_default_group_too() {
            limit(Quota.SECURITY_GROUPS_PER_NET, 2);
            create("web");

            assertRefused(RefusalCode.QUOTA, () -> create("db"));
        }
    }

    @Nested
    class Delete {

        @Test
        void an_unused_group_goes_with_its_tags() {
            SecurityGroup group = create("web");
            fixture.change(unit -> {
                unit.tags().save(new Tag(group.id(), owner, "Name", "x"));
                return owner;
            });

            delete(owner, group);

            List<Tag> tags = fixture.read(snapshot -> snapshot.tags().ofOwner(owner));
            assertThat(stored(group)).isEmpty();
            assertThat(tags).isEmpty();
        }

        @Test
        @Rule("S1")
        void the_default_group_stays() {
            SecurityGroup standard = fixture.defaultGroup(net);

            assertRefused(RefusalCode.DEFAULT_SECURITY_GROUP, () -> delete(owner, standard));
            assertThat(stored(standard)).contains(standard);
        }

        @Test
        void a_group_that_a_nic_has_stays_and_the_nic_is_named() {
            SecurityGroup group = create("web");
            Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
            String nic = fixture.nic(subnet, "10.0.1.9", group.id()).id().value();

            assertRefused(RefusalCode.SECURITY_GROUP_IN_USE, () -> delete(owner, group))
                    .contains(nic);
        }

        @Test
        void a_group_that_another_one_names_stays_and_that_one_is_named() {
            SecurityGroup group = create("web");
            SecurityGroup naming = create("db");
            add(naming, inbound(group(group)));

            assertRefused(RefusalCode.SECURITY_GROUP_IN_USE, () -> delete(owner, group))
                    .contains(naming.id().value());
        }

        @Test
        void a_group_that_names_itself_goes() {
            SecurityGroup group = create("web");
            add(group, inbound(group(group)));

            delete(owner, group);

            assertThat(stored(group)).isEmpty();
        }

        /** Else a peer could keep another account's group forever. */
        @Test
        @Rule("S5")
        void a_group_that_only_another_accounts_rule_names_goes_and_the_rule_stays() {
            fixture.activePeering(net, peer);
            SecurityGroup theirs = create(other, peer, "clients");
            SecurityGroup mine = add(create("web"), inbound(group(theirs)));

            delete(other, theirs);

            assertThat(stored(theirs)).isEmpty();
            assertThat(stored(mine)).contains(mine);
        }

        @Test
        @Rule("A4")
        void anothers_group_is_unknown() {
            SecurityGroup group = create("web");

            assertRefused(RefusalCode.UNKNOWN_ID, () -> delete(other, group));
        }
    }

    @Nested
    class Named {

        private SecurityGroup named(AccountId caller, String name) {
            return fixture.read(snapshot -> groups.named(snapshot, caller, name));
        }

        @Test
        void the_only_group_of_that_name_is_found() {
            SecurityGroup group = create("web");

            assertThat(named(owner, "web")).isEqualTo(group);
        }

        @Test
        void a_name_in_two_nets_needs_the_id() {
            fixture.net(owner, "10.7.0.0/16");

            assertRefused(RefusalCode.BAD_VALUE, () -> named(owner, "default")).contains("id");
        }

        @Test
        @Rule("A4")
        void anothers_group_is_unknown_by_name() {
            create("web");

            assertRefused(RefusalCode.UNKNOWN_GROUP_NAME, () -> named(other, "web"));
        }
    }

    @Test
    @Rule("A4")
    void an_unknown_group_has_no_rules_to_change() {
        SecurityGroupId none = SecurityGroupId.KIND.of(0xffff);

        assertRefused(
                RefusalCode.UNKNOWN_ID, () -> fixture.change(unit -> groups.addRules(unit, owner, none, List.of())));
    }
}
