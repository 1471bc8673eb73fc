package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RequestedCounterpart;
import dev.linkspan.core.securitygroup.RequestedCounterpart.GroupById;
import dev.linkspan.core.securitygroup.RequestedCounterpart.GroupByName;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SecurityGroupRulesTest {

    private static final Traffic SSH = new Traffic.Ports(Traffic.TCP, 22, 22);
    private static final Traffic WEB = new Traffic.Ports(Traffic.TCP, 443, 443);

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final SecurityGroups groups = new SecurityGroups();
    private final AccountId owner = fixture.account();
    private final AccountId other = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Net peer = fixture.net(other, "10.1.0.0/16");
    private final SecurityGroup group = create(owner, net, "web");

    private SecurityGroup create(AccountId caller, Net in, String name) {
        return fixture.change(unit -> groups.create(unit, caller, in.id(), name, "for a test"));
    }

    private SecurityGroup add(RequestedRule... rules) {
        return fixture.change(unit -> groups.addRules(unit, owner, group.id(), List.of(rules)));
    }

    private SecurityGroup remove(RequestedRule... rules) {
        return fixture.change(unit -> groups.removeRules(unit, owner, group.id(), List.of(rules)));
    }

    private static RequestedRule in(Traffic traffic, String range) {
        return new RequestedRule(Direction.INBOUND, traffic, new RequestedCounterpart.Range(Cidr.parse(range)), "");
    }

    private static RequestedRule from(RequestedCounterpart counterpart) {
        return new RequestedRule(Direction.INBOUND, SSH, counterpart, "");
    }

    private static GroupById id(SecurityGroup named) {
        return new GroupById(named.id(), Optional.empty());
    }

    private static List<Counterpart> inbound(SecurityGroup group) {
        return group.rules(Direction.INBOUND)
                .map(SecurityGroupRule::counterpart)
                .toList();
    }

    private static Counterpart member(SecurityGroup named) {
        return new Counterpart.Group(named.id(), named.owner());
    }

    private SecurityGroup stored() {
        return fixture.read(
                snapshot -> snapshot.securityGroups().find(group.id()).orElseThrow());
    }

    private void end(NetPeering peering) {
        fixture.change(unit -> {
            unit.peerings().save(peering.delete(owner, unit.now()));
            return owner;
        });
    }

    @Nested
    @Rule("S2")
    class Add {

        @Test
        void rules_stand_behind_the_earlier_ones_in_the_order_given() {
            add(in(SSH, "10.0.0.0/16"));
            SecurityGroup changed = add(in(SSH, "10.1.0.0/16"), in(WEB, "0.0.0.0/0"));

            assertThat(changed.rules(Direction.INBOUND).map(SecurityGroupRule::traffic))
                    .containsExactly(SSH, SSH, WEB);
            assertThat(changed.rules()).extracting(SecurityGroupRule::id).doesNotHaveDuplicates();
            assertThat(stored()).isEqualTo(changed);
        }

        @Test
        @Rule("L9")
        void a_change_is_one_event_that_names_the_net() {
            long before = fixture.read(snapshot -> snapshot.events().lastSequence());
            add(in(SSH, "10.0.0.0/16"), in(WEB, "0.0.0.0/0"));
            List<Event> events = fixture.read(snapshot -> snapshot.events().after(before, 10));

            assertThat(events).hasSize(1);
            assertThat(events.getFirst().fact().type()).isEqualTo(EventType.SECURITY_GROUP_RULES_CHANGED);
            assertThat(events.getFirst().fact().nets()).containsExactly(net.id());
            assertThat(events.getFirst().fact().detail())
                    .isEqualTo("added tcp 22 from 10.0.0.0/16, tcp 443 from 0.0.0.0/0");
        }

        @Test
        void a_rule_that_is_there_is_refused_and_so_is_the_whole_call() {
            SecurityGroup before = add(in(SSH, "10.0.0.0/16"));

            assertRefused(RefusalCode.RULE_EXISTS, () -> add(in(WEB, "0.0.0.0/0"), in(SSH, "10.0.0.0/16")))
                    .contains("allows tcp 22 from 10.0.0.0/16");
            assertThat(stored()).isEqualTo(before);
        }

        @Test
        void the_same_rule_twice_in_one_call_is_refused() {
            assertRefused(RefusalCode.RULE_EXISTS, () -> add(in(SSH, "10.0.0.0/16"), in(SSH, "10.0.0.0/16")));
        }

        @Test
        void the_other_direction_is_another_rule() {
            RequestedRule out = new RequestedRule(
                    Direction.OUTBOUND, SSH, new RequestedCounterpart.Range(Cidr.parse("10.0.0.0/16")), "");

            assertThat(add(in(SSH, "10.0.0.0/16"), out).rules()).hasSize(3);
        }

        @Test
        @Rule("P12")
        void the_quota_counts_all_rules() {
            fixture.change(unit -> {
                Account account = unit.accounts().find(owner).orElseThrow();
                Map<Quota, Integer> quotas = Map.of(Quota.RULES_PER_SECURITY_GROUP, 2);
                unit.accounts().save(new Account(owner, account.email(), quotas, account.createdAt()));
                return owner;
            });
            add(in(SSH, "10.0.0.0/16"));

            assertRefused(RefusalCode.QUOTA, () -> add(in(WEB, "0.0.0.0/0")));
        }

        @Test
        @Rule("A4")
        void anothers_group_cannot_be_changed() {
            assertRefused(
                    RefusalCode.UNKNOWN_ID,
                    () -> fixture.change(
                            unit -> groups.addRules(unit, other, group.id(), List.of(in(SSH, "10.0.0.0/16")))));
        }
    }

    @Nested
    @Rule("S5")
    class Name_a_group {

        @Test
        void of_the_same_net_by_id_or_by_name() {
            SecurityGroup friends = create(owner, net, "friends");
            SecurityGroup standard = fixture.defaultGroup(net);

            SecurityGroup changed =
                    add(from(id(friends)), from(new GroupByName("default", Optional.empty())), from(id(group)));

            assertThat(inbound(changed)).containsExactly(member(friends), member(standard), member(group));
        }

        @Test
        void of_an_active_peer_of_another_account_by_id_or_by_name() {
            fixture.activePeering(peer, net);
            SecurityGroup byId = create(other, peer, "one");
            SecurityGroup byName = create(other, peer, "two");

            SecurityGroup changed = add(
                    from(new GroupById(byId.id(), Optional.of(other))),
                    from(new GroupByName("two", Optional.of(other))));

            assertThat(inbound(changed)).containsExactly(member(byId), member(byName));
        }

        @Test
        @Rule("A4")
        void of_another_account_not_before_it_agreed_to_the_peering() {
            SecurityGroup theirs = create(other, peer, "one");
            fixture.pendingPeering(net, peer);

            assertRefused(RefusalCode.UNKNOWN_ID, () -> add(from(id(theirs))));
            assertRefused(RefusalCode.UNKNOWN_GROUP_NAME, () -> add(from(new GroupByName("one", Optional.of(other)))));
        }

        @Test
        void of_the_callers_own_net_while_the_peering_is_pending() {
            Net second = fixture.net(owner, "10.2.0.0/16");
            SecurityGroup mine = create(owner, second, "mine");
            fixture.pendingPeering(net, second);

            assertThat(inbound(add(from(id(mine))))).containsExactly(member(mine));
        }

        @Test
        void of_an_own_net_that_is_not_peered_is_refused_saying_so() {
            Net second = fixture.net(owner, "10.2.0.0/16");
            SecurityGroup mine = create(owner, second, "mine");

            assertRefused(RefusalCode.BAD_VALUE, () -> add(from(id(mine)))).contains("not peered");
            assertRefused(RefusalCode.UNKNOWN_GROUP_NAME, () -> add(from(new GroupByName("mine", Optional.empty()))));
        }

        @Test
        void no_longer_once_the_peering_is_dead() {
            NetPeering peering = fixture.activePeering(net, peer);
            SecurityGroup theirs = create(other, peer, "one");
            end(peering);

            assertRefused(RefusalCode.UNKNOWN_ID, () -> add(from(id(theirs))));
        }

        @Test
        @Rule("A4")
        void of_a_stranger_is_refused_like_one_that_does_not_exist() {
            SecurityGroup theirs = create(other, peer, "one");

            assertRefused(RefusalCode.UNKNOWN_ID, () -> add(from(id(theirs))))
                    .isEqualTo("The security group '%s' doesn't exist.", theirs.id());
        }

        @Test
        void with_the_wrong_owner_is_unknown() {
            SecurityGroup friends = create(owner, net, "friends");

            assertRefused(RefusalCode.UNKNOWN_ID, () -> add(from(new GroupById(friends.id(), Optional.of(other)))));
        }

        @Test
        void by_a_name_that_several_peers_have_needs_the_id() {
            fixture.activePeering(net, peer);
            fixture.activePeering(net, fixture.net(other, "10.3.0.0/16"));

            assertRefused(RefusalCode.BAD_VALUE, () -> add(from(new GroupByName("default", Optional.of(other)))))
                    .contains("id");
        }

        @Test
        void by_a_name_means_the_own_net_first() {
            fixture.activePeering(net, fixture.net(owner, "10.4.0.0/16"));

            assertThat(inbound(add(from(new GroupByName("default", Optional.empty())))))
                    .containsExactly(member(fixture.defaultGroup(net)));
        }
    }

    @Nested
    class Remove {

        @Test
        void the_rule_that_allows_the_same_goes() {
            add(in(SSH, "10.0.0.0/16"), in(SSH, "10.1.0.0/16"));

            SecurityGroup changed = remove(in(SSH, "10.0.0.0/16"));

            assertThat(inbound(changed)).containsExactly(new Counterpart.Range(Cidr.parse("10.1.0.0/16")));
            assertThat(stored()).isEqualTo(changed);
        }

        @Test
        @Rule("S1")
        void the_rule_that_lets_everything_out_can_go() {
            RequestedRule everything = new RequestedRule(
                    Direction.OUTBOUND, new Traffic.All(), new RequestedCounterpart.Range(Cidr.ALL), "");

            assertThat(remove(everything).rules()).isEmpty();
        }

        @Test
        void a_rule_that_is_not_there_is_refused_and_nothing_goes() {
            SecurityGroup before = add(in(SSH, "10.0.0.0/16"));

            assertRefused(RefusalCode.UNKNOWN_RULE, () -> remove(in(SSH, "10.0.0.0/16"), in(WEB, "10.0.0.0/16")))
                    .contains(group.id().value(), "tcp 443 from 10.0.0.0/16");
            assertThat(stored()).isEqualTo(before);
        }

        @Test
        void a_rule_that_is_named_twice_goes_once() {
            SecurityGroup before = add(in(SSH, "10.0.0.0/16"), in(WEB, "10.0.0.0/16"));

            SecurityGroup after = remove(in(SSH, "10.0.0.0/16"), in(SSH, "10.0.0.0/16"));

            assertThat(after.rules()).hasSize(before.rules().size() - 1);
            assertRefused(RefusalCode.UNKNOWN_RULE, () -> remove(in(SSH, "10.0.0.0/16")));
        }

        @Test
        @Rule("S5")
        void a_rule_goes_also_when_its_peering_is_dead_and_its_group_gone() {
            NetPeering peering = fixture.activePeering(net, peer);
            SecurityGroup theirs = create(other, peer, "one");
            add(from(id(theirs)));
            end(peering);
            fixture.change(unit -> {
                groups.delete(unit, other, theirs.id());
                return other;
            });

            assertThat(inbound(remove(from(id(theirs))))).isEmpty();
        }

        @Test
        @Rule("S5")
        void a_group_can_be_meant_by_its_name_and_owner() {
            fixture.activePeering(net, peer);
            add(from(id(create(other, peer, "one"))), from(id(create(owner, net, "one"))));

            SecurityGroup changed = remove(from(new GroupByName("one", Optional.of(other))));

            assertThat(inbound(changed)).hasSize(1);
            assertRefused(RefusalCode.UNKNOWN_RULE, () -> remove(from(new GroupByName("one", Optional.of(other)))));
            assertThat(inbound(remove(from(new GroupByName("one", Optional.empty())))))
                    .isEmpty();
        }

        @Test
        void rules_go_by_their_ids() {
            SecurityGroup before = add(in(SSH, "10.0.0.0/16"), in(WEB, "10.0.0.0/16"));
            List<SecurityGroupRuleId> ids =
                    before.rules(Direction.INBOUND).map(SecurityGroupRule::id).toList();

            SecurityGroup changed = fixture.change(unit -> groups.removeRulesById(unit, owner, group.id(), ids));

            assertThat(inbound(changed)).isEmpty();
            assertRefused(
                            RefusalCode.UNKNOWN_RULE,
                            () -> fixture.change(unit -> groups.removeRulesById(unit, owner, group.id(), ids)))
                    .contains(ids.getFirst().value());
        }
    }

    @Test
    @Rule("L9")
    void no_rules_is_no_change_and_no_event() {
        long before = fixture.read(snapshot -> snapshot.events().lastSequence());

        add();
        remove();

        long after = fixture.read(snapshot -> snapshot.events().lastSequence());
        assertThat(after).isEqualTo(before);
    }
}
