package dev.linkspan.server.network.ovn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.plan.GroupRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Border;
import dev.linkspan.core.plan.NetPlan.BorderEntry;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.ovn.NbRow.Cell;
import dev.linkspan.server.network.ovsdb.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OvnCompilerTest {

    private static final NetRows PEERED = OvnCompiler.compile(Plans.peered());

    @Test
    void equal_plans_give_equal_rows() {
        assertThat(OvnCompiler.compile(Plans.peered())).isEqualTo(PEERED);
    }

    @Test
    @Rule({"P11", "S6"})
    void what_comes_through_a_peering_must_be_in_two_address_sets_or_is_dropped() {
        String comes = "inport == \"pcx-00001002-vpc-00001001\"";
        assertThat(text("pass pcx-00001002", "match"))
                .isEqualTo(
                        comes
                                + " && ip4.src == $pcx_00001002_vpc_00001001_peer && ip4.dst == $pcx_00001002_vpc_00001001_own");
        assertThat(text("pass pcx-00001002", "action")).isEqualTo("allow");
        assertThat(text("drop pcx-00001002", "match")).isEqualTo(comes);
        assertThat(text("drop pcx-00001002", "action")).isEqualTo("drop");
        assertThat(number("pass pcx-00001002", "priority")).isGreaterThan(number("drop pcx-00001002", "priority"));
        assertThat(text("peer side of pcx-00001002", "addresses")).isEqualTo("10.1.0.0/16");
        assertThat(text("own side of pcx-00001002", "addresses")).isEqualTo("10.0.0.0/16");
    }

    @Test
    @Rule("R4")
    void a_peering_that_is_asked_for_has_all_its_rows_and_nobody_in_its_address_sets() {
        NetRows requested = OvnCompiler.compile(Plans.requested());
        assertThat(requested.rows()).containsOnlyKeys(PEERED.rows().keySet());
        assertThat(requested.rows().values().stream()
                        .filter(row -> !row.equals(PEERED.rows().get(row.key())))
                        .map(NbRow::key))
                .containsExactlyInAnyOrder("peer side of pcx-00001002", "own side of pcx-00001002");
        assertThat(text(requested, "peer side of pcx-00001002", "addresses")).isEmpty();
        assertThat(text(requested, "own side of pcx-00001002", "addresses")).isEmpty();
    }

    @Test
    void both_ends_of_a_peering_fit_each_other_though_each_net_is_compiled_alone() {
        PeeringLink back = new PeeringLink(Plans.PEERING, Plans.NET, Cidr.parse("10.0.0.0/16"));
        NetId peer = new NetId("vpc-00001009");
        NetPlan plan = Plans.plan(
                Map.of(Plans.PEERING, back),
                Map.of(Cidr.parse("10.0.0.0/16"), new NextHop.Peering(Plans.PEERING)),
                List.of());
        NetRows other = OvnCompiler.compile(new NetPlan(
                peer,
                Cidr.parse("10.1.0.0/16"),
                Map.of(),
                Map.of(),
                Map.of(),
                plan.peerings(),
                Map.of(),
                plan.tables(),
                Map.of(),
                Map.of(),
                Map.of(),
                plan.exit()));

        String link = "link pcx-00001002";
        assertThat(text(PEERED, link, "peer")).isEqualTo(text(other, link, "name"));
        assertThat(text(other, link, "peer")).isEqualTo(text(PEERED, link, "name"));
        assertThat(text(PEERED, link, "mac")).isNotEqualTo(text(other, link, "mac"));
        assertThat(text(PEERED, "route rtb-00001004 10.1.0.0/16", "nexthop") + "/30")
                .isEqualTo(text(other, link, "networks"));
        assertThat(text(PEERED, "route rtb-00001004 10.1.0.0/16", "output_port"))
                .isEqualTo(text(PEERED, link, "name"));
    }

    @Test
    @Rule("P11")
    void a_link_uses_no_route_table_and_a_subnet_uses_its_own() {
        assertThat(PEERED.rows().get("link pcx-00001002").columns()).doesNotContainKey("options");
        assertThat(PEERED.rows().get("gateway subnet-00001003").columns().get("options"))
                .isEqualTo(new Cell.Holds(Value.pairs(Map.of("route_table", "rtb-00001004"))));
    }

    @Test
    @Rule({"R1", "R4", "X7"})
    void what_is_nowhere_in_the_net_or_leads_nowhere_yet_is_dropped() {
        NetRows rows = OvnCompiler.compile(Plans.plan(
                Map.of(),
                Map.of(
                        Cidr.parse("10.1.0.0/16"), new NextHop.Blackhole(),
                        Cidr.parse("10.2.0.0/16"), new NextHop.Exit(),
                        Cidr.parse("10.3.0.0/16"), new NextHop.Nat(new NatServiceId("nat-00001010")),
                        Cidr.parse("10.4.0.0/16"), new NextHop.Nic(Plans.FIRST)),
                List.of()));
        assertThat(rows.rows().values().stream()
                        .filter(row -> row.table() == NbTable.ROUTE)
                        .map(row -> text(rows, row.key(), "route_table") + " " + text(rows, row.key(), "ip_prefix")
                                + " " + text(rows, row.key(), "nexthop")))
                .containsExactlyInAnyOrder(
                        " 10.0.0.0/16 discard",
                        "rtb-00001004 10.0.0.0/16 discard",
                        "rtb-00001004 10.1.0.0/16 discard",
                        "rtb-00001004 10.2.0.0/16 discard",
                        "rtb-00001004 10.3.0.0/16 discard",
                        "rtb-00001004 10.4.0.0/16 discard");
    }

    @Test
    @Rule("S6")
    void a_port_is_held_to_its_addresses_unless_it_is_not_checked_and_then_to_its_mac() {
        assertThat(text("port eni-00001007", "port_security")).isEqualTo("06:00:00:00:00:04 10.0.1.4");
        assertThat(text("port eni-00001008", "port_security")).isEqualTo("06:00:00:00:00:05");
        assertThat(PEERED.rows().get("port eni-00001007").columns()).doesNotContainKey("enabled");
        assertThat(PEERED.rows().get("port eni-00001008").columns().get("enabled"))
                .isEqualTo(new Cell.Holds(Value.flag(false)));
    }

    @Test
    @Rule({"S2", "S5"})
    void a_rule_reads_its_counterparts_from_an_address_set_unless_they_are_everybody() {
        assertThat(text("rule sg-00001005 INBOUND tcp_22_22", "match"))
                .isEqualTo("outport == @sg_00001005 && ip4 && tcp.dst == 22 && ip4.src == $sg_00001005_in_tcp_22_22");
        assertThat(((Cell.Holds) PEERED.rows()
                                .get("counterparts sg-00001005 INBOUND tcp_22_22")
                                .columns()
                                .get("addresses"))
                        .value())
                .isEqualTo(Value.texts(List.of("10.1.0.0/16", "10.0.1.5/32")));
        assertThat(text("rule sg-00001005 OUTBOUND all", "match")).isEqualTo("inport == @sg_00001005 && ip4");
        assertThat(text("drop INBOUND", "match")).isEqualTo("outport == @vpc_00001001_ports && ip");
        assertThat(text("drop OUTBOUND", "match")).isEqualTo("inport == @vpc_00001001_ports && ip");
    }

    @Test
    @Rule("S2")
    void traffic_of_every_kind_has_its_match() {
        assertThat(OvnMatch.of(new Traffic.Ports(Traffic.UDP, 0, 65_535))).isEqualTo("ip4 && udp");
        assertThat(OvnMatch.of(new Traffic.Ports(Traffic.UDP, 1, 2))).isEqualTo("ip4 && udp.dst >= 1 && udp.dst <= 2");
        assertThat(OvnMatch.of(new Traffic.Icmp(Traffic.ANY, Traffic.ANY))).isEqualTo("icmp4");
        assertThat(OvnMatch.of(new Traffic.Icmp(8, Traffic.ANY))).isEqualTo("icmp4 && icmp4.type == 8");
        assertThat(OvnMatch.of(new Traffic.Icmp(3, 4))).isEqualTo("icmp4 && icmp4.type == 3 && icmp4.code == 4");
        assertThat(OvnMatch.of(new Traffic.Other(47))).isEqualTo("ip4 && ip.proto == 47");
    }

    @Test
    @Rule({"N2", "N3"})
    void what_leaves_a_subnet_is_judged_by_the_router_and_what_enters_it_by_its_switch_in_the_order_of_the_entries() {
        BorderEntry ssh = new BorderEntry(Plans.SSH, Cidr.parse("10.1.0.0/16"), true);
        BorderEntry pings = new BorderEntry(new Traffic.Icmp(8, Traffic.ANY), Cidr.ALL, false);
        NetRows rows = OvnCompiler.compile(bordered(new Border(List.of(ssh, pings), List.of(pings, ssh))));

        String leaves = "inport == \"subnet-00001003-gateway\"";
        assertThat(judging(rows, NbTable.POLICY, "leaves "))
                .containsExactly(
                        "32767 allow " + leaves + " && outport == \"subnet-00001003-gateway\"",
                        "32766 drop " + leaves + " && icmp4 && icmp4.type == 8",
                        "32765 allow " + leaves + " && ip4 && tcp.dst == 22 && ip4.dst == 10.1.0.0/16",
                        "1 drop " + leaves + " && ip");
        String enters = "inport == \"subnet-00001003-router\"";
        assertThat(judging(rows, NbTable.ACL, "enters "))
                .containsExactly(
                        "32767 allow-stateless " + enters + " && ip4.src == {10.0.1.1}",
                        "32766 allow-stateless " + enters + " && ip4 && tcp.dst == 22 && ip4.src == 10.1.0.0/16",
                        "32765 drop " + enters + " && icmp4 && icmp4.type == 8",
                        "1 drop " + enters + " && ip");
        assertThat(keys(rows, "switch subnet-00001003", "acls")).hasSize(4);
        assertThat(keys(rows, "router", "policies")).hasSize(6);
    }

    @Test
    @Rule("N2")
    void without_an_entry_nothing_crosses_a_border_and_without_a_border_nothing_is_judged() {
        NetRows rows = OvnCompiler.compile(bordered(new Border(List.of(), List.of())));
        assertThat(judging(rows, NbTable.POLICY, "leaves "))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("1 drop");
        assertThat(judging(rows, NbTable.ACL, "enters "))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("1 drop");
        assertThat(judging(PEERED, NbTable.POLICY, "leaves ")).isEmpty();
        assertThat(keys(PEERED, "switch subnet-00001003", "acls")).isEmpty();
    }

    private static NetPlan bordered(Border border) {
        NetPlan plan = Plans.peered();
        return new NetPlan(
                plan.net(),
                plan.range(),
                plan.gateways(),
                plan.ports(),
                plan.natServices(),
                plan.peerings(),
                Map.of(),
                plan.tables(),
                plan.groups(),
                plan.members(),
                Map.of(Plans.SUBNET, border),
                plan.exit());
    }

    private static List<String> judging(NetRows rows, NbTable table, String keys) {
        return rows.rows().values().stream()
                .filter(row -> row.table() == table && row.key().startsWith(keys))
                .map(row -> "%d %s %s"
                        .formatted(
                                number(rows, row.key(), "priority"),
                                text(rows, row.key(), "action"),
                                text(rows, row.key(), "match")))
                .toList();
    }

    private static List<String> keys(NetRows rows, String key, String column) {
        return ((Cell.Refers) rows.rows().get(key).columns().get(column)).keys();
    }

    @Test
    void addresses_of_links_are_no_cloud_services() {
        for (int digits = 0; digits < 1 << 14; digits++) {
            NetPeeringId peering = NetPeeringId.KIND.of(digits);
            assertThat(Cidr.parse("169.254.0.0/17")
                            .contains(OvnNames.linkAddress(peering, Plans.NET, new NetId("vpc-00001009"))))
                    .isTrue();
        }
    }

    @Test
    void a_rule_with_an_empty_group_lets_nobody_pass() {
        GroupRule nobody = new GroupRule(Plans.SSH, CidrSet.EMPTY, List.of());
        NetRows rows = OvnCompiler.compile(Plans.plan(Map.of(), Map.of(), List.of(nobody)));
        assertThat(text(rows, "rule sg-00001005 INBOUND tcp_22_22", "match"))
                .endsWith("ip4.src == $sg_00001005_in_tcp_22_22");
        assertThat(rows.rows()
                        .get("counterparts sg-00001005 INBOUND tcp_22_22")
                        .columns()
                        .get("addresses"))
                .isEqualTo(new Cell.Holds(Value.empty()));
    }

    private static String text(String key, String column) {
        return text(PEERED, key, column);
    }

    private static String text(NetRows rows, String key, String column) {
        Cell cell = rows.rows().get(key).columns().getOrDefault(column, new Cell.Holds(Value.text("")));
        return String.join(" ", ((Cell.Holds) cell).value().texts());
    }

    private static long number(String key, String column) {
        return number(PEERED, key, column);
    }

    private static long number(NetRows rows, String key, String column) {
        return ((Cell.Holds) rows.rows().get(key).columns().get(column))
                .value()
                .wholes()
                .getFirst();
    }
}
