package dev.linkspan.core.securitygroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.securitygroup.Traffic.All;
import dev.linkspan.core.securitygroup.Traffic.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

@Rule("S2")
class RuleEvaluationTest {

    private static final AccountId OWNER = new AccountId("111111111111");
    private static final Ipv4 FAR = Ipv4.parse("10.1.0.9");
    private static final Traffic SSH = new Ports(Traffic.TCP, 22, 22);
    private static final SecurityGroupId FRIENDS = SecurityGroupId.KIND.of(77);

    private static final SecurityGroup WEB = group(
            1,
            rule(10, Direction.INBOUND, new Ports(Traffic.TCP, 443, 443), range("0.0.0.0/0")),
            rule(11, Direction.OUTBOUND, new All(), range("10.0.0.0/8")));
    private static final SecurityGroup ADMIN = group(
            2,
            rule(20, Direction.INBOUND, SSH, range("10.1.0.0/24")),
            rule(21, Direction.INBOUND, new Traffic.Icmp(-1, -1), new Counterpart.Group(FRIENDS, OWNER)));

    private static SecurityGroup group(int id, SecurityGroupRule... rules) {
        return new SecurityGroup(
                SecurityGroupId.KIND.of(id),
                NetId.KIND.of(1),
                OWNER,
                "group " + id,
                "for a test",
                List.of(rules),
                Instant.EPOCH);
    }

    private static SecurityGroupRule rule(int id, Direction direction, Traffic traffic, Counterpart counterpart) {
        return new SecurityGroupRule(SecurityGroupRuleId.KIND.of(id), direction, traffic, counterpart, "");
    }

    private static Counterpart range(String cidr) {
        return new Counterpart.Range(Cidr.parse(cidr));
    }

    private static Optional<SecurityGroupRuleId> deciding(
            List<SecurityGroup> groups, Direction direction, Traffic packet, Set<SecurityGroupId> othersGroups) {
        return RuleEvaluation.of(groups, direction, packet, FAR, othersGroups)
                .map(it -> it.rule().id());
    }

    @Test
    void the_union_of_all_groups_counts() {
        assertThat(deciding(List.of(WEB, ADMIN), Direction.INBOUND, SSH, Set.of()))
                .contains(SecurityGroupRuleId.KIND.of(20));
        assertThat(deciding(List.of(WEB), Direction.INBOUND, SSH, Set.of())).isEmpty();
    }

    @Test
    void the_group_that_holds_the_rule_is_told() {
        assertThat(RuleEvaluation.of(List.of(WEB, ADMIN), Direction.INBOUND, SSH, FAR, Set.of()))
                .map(RuleEvaluation::group)
                .contains(ADMIN);
    }

    @Test
    void a_rule_counts_in_its_direction_only() {
        assertThat(deciding(List.of(ADMIN), Direction.OUTBOUND, SSH, Set.of())).isEmpty();
        assertThat(deciding(List.of(WEB), Direction.OUTBOUND, SSH, Set.of())).contains(SecurityGroupRuleId.KIND.of(11));
    }

    @Test
    void an_address_outside_the_range_is_not_meant() {
        Ipv4 outside = Ipv4.parse("10.1.1.0");

        assertThat(RuleEvaluation.of(List.of(ADMIN), Direction.INBOUND, SSH, outside, Set.of()))
                .isEmpty();
    }

    @Test
    @Rule("S5")
    void a_rule_that_names_a_group_counts_for_its_members() {
        Traffic ping = new Traffic.Icmp(8, 0);

        assertThat(deciding(List.of(ADMIN), Direction.INBOUND, ping, Set.of(FRIENDS)))
                .contains(SecurityGroupRuleId.KIND.of(21));
        assertThat(deciding(List.of(ADMIN), Direction.INBOUND, ping, Set.of())).isEmpty();
        assertThat(deciding(List.of(ADMIN), Direction.INBOUND, ping, Set.of(WEB.id())))
                .isEmpty();
    }

    @Test
    @Rule("S8")
    void a_rule_about_ipv6_allows_nothing() {
        Counterpart everybody = new Counterpart.Range(new Ipv6Range("::/0"));
        SecurityGroup open = group(3, rule(30, Direction.INBOUND, new All(), everybody));

        assertThat(deciding(List.of(open), Direction.INBOUND, SSH, Set.of())).isEmpty();
    }

    @Test
    void without_groups_nothing_is_allowed() {
        assertThat(deciding(List.of(), Direction.OUTBOUND, SSH, Set.of())).isEmpty();
    }
}
