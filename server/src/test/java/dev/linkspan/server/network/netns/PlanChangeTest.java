package dev.linkspan.server.network.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.GroupRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.GroupRules;
import dev.linkspan.core.plan.NetPlan.Link;
import dev.linkspan.core.plan.NetPlan.Member;
import dev.linkspan.core.plan.NetPlan.NatService;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.plan.NetPlan.Table;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@Rule("S7")
class PlanChangeTest {

    private static final NetId NET = new NetId("vpc-00000001");
    private static final NicId NIC = new NicId("eni-00000001");
    private static final RouteTableId TABLE = new RouteTableId("rtb-00000001");
    private static final SecurityGroupId GROUP = new SecurityGroupId("sg-00000001");
    private static final SecurityGroupId NAMED = new SecurityGroupId("sg-00000002");
    private static final PeeringLink EAST = peering(1, "10.1.0.0/16");
    private static final PeeringLink WEST = peering(2, "10.2.0.0/16");

    private static final Traffic UDP = new Traffic.Ports(Traffic.UDP, 53, 53);
    private static final GroupRule FROM_EAST = rule(UDP, "10.1.4.0/24");
    private static final NetPlan PLAN = plan(port(GROUP), Map.of("10.0.0.0/8", EAST), List.of(FROM_EAST), Set.of());

    @Test
    void the_same_plan_changes_nothing() {
        assertThat(concerned(PLAN)).isEmpty();
    }

    /** Of TCP and ICMP no flow is in the way of another. */
    @Test
    void a_rule_concerns_the_peerings_with_whose_range_it_lets_machines_speak_unless_it_is_about_tcp_or_icmp() {
        assertThat(concerned(withRules(FROM_EAST, rule(UDP, "10.1.9.0/24")))).containsExactly("own", "east");
        assertThat(concerned(withRules())).containsExactly("own", "east");
        assertThat(concerned(withRules(FROM_EAST, rule(new Traffic.All(), "0.0.0.0/0"))))
                .containsExactly("own", "east", "west");
        assertThat(concerned(withRules(FROM_EAST, rule(new Traffic.Other(47), "172.16.0.0/16"))))
                .containsExactly("own");
        assertThat(concerned(withRules(FROM_EAST, rule(new Traffic.Ports(Traffic.TCP, 80, 80), "0.0.0.0/0"))))
                .isEmpty();
        assertThat(concerned(withRules(FROM_EAST, rule(new Traffic.Icmp(8, 0), "0.0.0.0/0"))))
                .isEmpty();
    }

    @Test
    void a_member_concerns_the_peering_through_which_it_is_reached_if_a_rule_names_its_group() {
        GroupRule naming = new GroupRule(UDP, CidrSet.EMPTY, List.of(NAMED));
        Member ofEast = new Member(new Link.ToPeer(EAST.id()), Ipv4.parse("10.1.4.4"));
        Member own = new Member(new Link.ToNic(NIC), Ipv4.parse("10.0.0.4"));
        NetPlan before = withMembers(naming, Set.of());

        assertThat(concerned(before, withMembers(naming, Set.of(ofEast)))).containsExactly("own", "east");
        assertThat(concerned(withMembers(naming, Set.of(ofEast)), before)).containsExactly("own", "east");
        assertThat(concerned(before, withMembers(naming, Set.of(own)))).containsExactly("own");
        assertThat(concerned(withMembers(FROM_EAST, Set.of()), withMembers(FROM_EAST, Set.of(ofEast))))
                .isEmpty();
    }

    @Test
    void a_route_concerns_the_peerings_into_whose_range_it_leads() {
        assertThat(concerned(withRoutes(Map.of("10.0.0.0/8", WEST)))).containsExactly("own", "east", "west");
        assertThat(concerned(withRoutes(Map.of("10.0.0.0/8", EAST, "10.2.7.0/24", WEST))))
                .containsExactly("own", "west");
        assertThat(concerned(withRoutes(Map.of("10.0.0.0/8", EAST, "172.16.0.0/16", WEST))))
                .containsExactly("own");
    }

    @Test
    void other_groups_of_a_nic_concern_everybody() {
        NetPlan changed = plan(port(NAMED), Map.of("10.0.0.0/8", EAST), List.of(FROM_EAST), Set.of());

        assertThat(concerned(changed)).containsExactly("own", "east", "west");
    }

    @Test
    void another_table_for_a_nat_service_concerns_everybody() {
        NatService nat = new NatService(
                NatServiceId.KIND.of(1), Ipv4.parse("10.0.0.9"), new SubnetId("subnet-00000001"), TABLE, true);
        NatService routed =
                new NatService(nat.id(), nat.address(), nat.subnet(), new RouteTableId("rtb-00000009"), true);
        NetPlan before = PLAN.withNatServices(Map.of(nat.id(), nat));

        assertThat(concerned(before, before.withNatServices(Map.of(nat.id(), routed))))
                .containsExactly("own", "east", "west");
        assertThat(concerned(PLAN, before)).isEmpty();
    }

    private static List<String> concerned(NetPlan now) {
        return concerned(PLAN, now);
    }

    private static List<String> concerned(NetPlan before, NetPlan now) {
        PlanChange change = new PlanChange(before, now);
        return Stream.of(
                        change.concernsFlows() ? "own" : "",
                        change.concernsFlowsOf(EAST) ? "east" : "",
                        change.concernsFlowsOf(WEST) ? "west" : "")
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static NetPlan withRules(GroupRule... rules) {
        return plan(port(GROUP), Map.of("10.0.0.0/8", EAST), List.of(rules), Set.of());
    }

    private static NetPlan withRoutes(Map<String, PeeringLink> routes) {
        return plan(port(GROUP), routes, List.of(FROM_EAST), Set.of());
    }

    private static NetPlan withMembers(GroupRule rule, Set<Member> members) {
        return plan(port(GROUP), Map.of("10.0.0.0/8", EAST), List.of(rule), members);
    }

    private static NetPlan plan(
            Port port, Map<String, PeeringLink> routes, List<GroupRule> inbound, Set<Member> members) {
        Table table = new Table(
                TABLE,
                routes.entrySet().stream()
                        .collect(Collectors.toMap(
                                it -> Cidr.parse(it.getKey()),
                                it -> new NextHop.Peering(it.getValue().id()))));
        return new NetPlan(
                NET,
                Cidr.parse("10.0.0.0/16"),
                Map.of(),
                Map.of(NIC, port),
                Map.of(),
                Map.of(EAST.id(), EAST, WEST.id(), WEST),
                Map.of(),
                Map.of(TABLE, table),
                Map.of(GROUP, new GroupRules(GROUP, inbound, List.of())),
                Map.of(NAMED, members),
                Map.of(),
                Optional.empty());
    }

    private static Port port(SecurityGroupId group) {
        return new Port(
                NIC,
                new VmId("i-00000001"),
                0,
                MacAddress.parse("0e:00:00:00:00:01"),
                List.of(Ipv4.parse("10.0.0.4")),
                new SubnetId("subnet-00000001"),
                Cidr.parse("10.0.0.0/24"),
                TABLE,
                List.of(group),
                true,
                true);
    }

    private static GroupRule rule(Traffic traffic, String range) {
        return new GroupRule(traffic, CidrSet.of(List.of(Cidr.parse(range))), List.of());
    }

    private static PeeringLink peering(int number, String range) {
        return new PeeringLink(
                new NetPeeringId("pcx-%08x".formatted(number)),
                new NetId("vpc-0000001%d".formatted(number)),
                Cidr.parse(range));
    }
}
