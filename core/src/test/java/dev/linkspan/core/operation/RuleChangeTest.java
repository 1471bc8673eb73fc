package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
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
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.RuleChange;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.tag.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rules that are changed, or described, where they stand. */
class RuleChangeTest {

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

    private static RequestedRule in(Traffic traffic, String range) {
        return new RequestedRule(Direction.INBOUND, traffic, range(range), "");
    }

    private static GroupById id(SecurityGroup named) {
        return new GroupById(named.id(), Optional.empty());
    }

    private SecurityGroup stored() {
        return fixture.read(
                snapshot -> snapshot.securityGroups().find(group.id()).orElseThrow());
    }

    private SecurityGroup change(RuleChange... changes) {
        return fixture.change(unit -> groups.changeRules(unit, owner, group.id(), List.of(changes)));
    }

    private static RuleChange to(SecurityGroupRule rule, Traffic traffic, RequestedCounterpart counterpart) {
        return new RuleChange(rule.id(), traffic, counterpart, "changed");
    }

    private static RequestedCounterpart.Range range(String cidr) {
        return new RequestedCounterpart.Range(Cidr.parse(cidr));
    }

    private static SecurityGroupRule last(SecurityGroup group) {
        return group.rules().getLast();
    }

    @Nested
    @Rule("S2")
    class Change {

        @Test
        void a_rule_keeps_its_id_its_place_its_direction_and_its_tags() {
            SecurityGroupRule first = last(add(in(SSH, "10.0.0.0/16")));
            SecurityGroupRule second = last(add(in(SSH, "10.1.0.0/16")));
            fixture.change(unit -> {
                new Tags().create(unit, owner, List.of(first.id()), Map.of("name", "kept"));
                return owner;
            });

            SecurityGroup changed = change(to(first, WEB, range("10.2.0.0/16")));

            assertThat(changed.rules(Direction.INBOUND))
                    .containsExactly(
                            new SecurityGroupRule(
                                    first.id(),
                                    Direction.INBOUND,
                                    WEB,
                                    new Counterpart.Range(Cidr.parse("10.2.0.0/16")),
                                    "changed"),
                            second);
            assertThat(stored()).isEqualTo(changed);
            assertThat(fixture.<List<Tag>>read(snapshot -> snapshot.tags().ofResources(owner, List.of(first.id()))))
                    .hasSize(1);
        }

        @Test
        @Rule("L9")
        void it_is_one_event_that_touches_the_net() {
            SecurityGroupRule rule = last(add(in(SSH, "10.0.0.0/16")));
            long before = fixture.read(snapshot -> snapshot.events().lastSequence());

            change(to(rule, WEB, range("10.0.0.0/16")));

            assertThat(fixture.<List<Event>>read(snapshot -> snapshot.events().after(before, 10)))
                    .singleElement()
                    .extracting(Event::fact)
                    .returns(EventType.SECURITY_GROUP_RULES_CHANGED, Fact::type)
                    .returns(Set.of(net.id()), Fact::nets)
                    .returns("changed tcp 22 from 10.0.0.0/16 to tcp 443 from 10.0.0.0/16", Fact::detail);
        }

        @Test
        void two_rules_can_change_places() {
            SecurityGroupRule first = last(add(in(SSH, "10.0.0.0/16")));
            SecurityGroupRule second = last(add(in(WEB, "10.0.0.0/16")));

            SecurityGroup changed = change(to(first, WEB, range("10.0.0.0/16")), to(second, SSH, range("10.0.0.0/16")));

            assertThat(changed.rules(Direction.INBOUND).map(SecurityGroupRule::traffic))
                    .containsExactly(WEB, SSH);
        }

        @Test
        void none_is_changed_where_one_cannot_be() {
            SecurityGroupRule first = last(add(in(SSH, "10.0.0.0/16")));
            SecurityGroupRule second = last(add(in(WEB, "10.0.0.0/16")));
            SecurityGroup before = stored();
            RuleChange possible = to(first, SSH, range("10.9.0.0/16"));
            RuleChange unknown = new RuleChange(SecurityGroupRuleId.KIND.of(7), SSH, range("10.0.0.0/16"), "changed");

            assertRefused(RefusalCode.UNKNOWN_RULE, () -> change(possible, unknown))
                    .contains(unknown.id().value());
            assertRefused(RefusalCode.RULE_EXISTS, () -> change(to(first, WEB, range("10.0.0.0/16"))));
            assertRefused(RefusalCode.BAD_VALUE, () -> change(possible, to(first, SSH, range("10.8.0.0/16"))));
            GroupById nobody = new GroupById(id(create(other, peer, "theirs")).id(), Optional.empty());
            assertRefused(RefusalCode.UNKNOWN_ID, () -> change(possible, to(second, SSH, nobody)));
            assertThat(stored()).isEqualTo(before);
        }

        @Test
        @Rule("S5")
        void a_rule_may_go_on_naming_a_group_that_is_out_of_reach() {
            NetPeering peering = fixture.activePeering(net, peer);
            SecurityGroup theirs = create(other, peer, "theirs");
            SecurityGroupRule rule = last(add(new RequestedRule(Direction.INBOUND, SSH, id(theirs), "")));
            fixture.change(unit -> {
                unit.peerings().save(peering.delete(owner, unit.now()));
                return owner;
            });

            SecurityGroup changed = change(to(rule, WEB, id(theirs)));

            assertThat(last(changed).traffic()).isEqualTo(WEB);
            assertThat(last(changed).counterpart()).isEqualTo(rule.counterpart());
        }
    }

    @Nested
    class Describe {

        private SecurityGroup describe(Direction direction, Map<SecurityGroupRuleId, String> descriptions) {
            return fixture.change(unit -> groups.describeRulesById(unit, owner, group.id(), direction, descriptions));
        }

        @Test
        void rules_are_described_by_what_they_allow() {
            add(in(SSH, "10.0.0.0/16"), in(WEB, "10.0.0.0/16"));
            RequestedRule described = new RequestedRule(Direction.INBOUND, WEB, range("10.0.0.0/16"), "the web");

            SecurityGroup changed =
                    fixture.change(unit -> groups.describeRules(unit, owner, group.id(), List.of(described)));

            assertThat(changed.rules(Direction.INBOUND).map(SecurityGroupRule::description))
                    .containsExactly("", "the web");
            assertRefused(
                    RefusalCode.UNKNOWN_RULE,
                    () -> fixture.change(unit ->
                            groups.describeRules(unit, owner, group.id(), List.of(described, in(SSH, "10.9.0.0/16")))));
        }

        @Test
        void rules_are_described_by_their_ids_in_their_direction() {
            SecurityGroupRule rule = last(add(in(SSH, "10.0.0.0/16")));

            SecurityGroup changed = describe(Direction.INBOUND, Map.of(rule.id(), "for us"));

            assertThat(last(changed)).isEqualTo(rule.withDescription("for us"));
            assertRefused(RefusalCode.UNKNOWN_RULE, () -> describe(Direction.OUTBOUND, Map.of(rule.id(), "x")));
            assertThat(stored()).isEqualTo(changed);
        }
    }

    @Test
    @Rule("L9")
    void what_is_so_already_is_no_change_and_no_event() {
        SecurityGroupRule rule = last(add(in(SSH, "10.0.0.0/16")));
        long before = fixture.read(snapshot -> snapshot.events().lastSequence());

        change(new RuleChange(rule.id(), SSH, range("10.0.0.0/16"), ""));

        long after = fixture.read(snapshot -> snapshot.events().lastSequence());
        assertThat(after).isEqualTo(before);
    }
}
