package dev.linkspan.server.network.ovn;

import static dev.linkspan.server.network.ProbeResult.LOST;
import static dev.linkspan.server.network.ProbeResult.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
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
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.plan.NetPlan.Table;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.Driver;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.ProbeResult;
import dev.linkspan.server.network.Prober;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The driver with plans of a test's own: Net n has 10.n.0.0/16, and one machine, 10.n.1.4. */
@Slow
class OvnDriverTest {

    private static final int NETS = 24;
    private static final GroupRule EVERYTHING =
            new GroupRule(new Traffic.All(), CidrSet.of(List.of(Cidr.ALL)), List.of());

    @RegisterExtension
    private final OvnTestbed testbed = new OvnTestbed();

    @Test
    @Rule("P1")
    void two_links_of_a_router_may_have_the_same_addresses() throws IOException {
        NetPeeringId toFirst = NetPeeringId.KIND.of(0x1000);
        NetPeeringId toSecond = NetPeeringId.KIND.of(0x3000);
        assertThat(OvnNames.linkAddress(toFirst, net(1), net(2)))
                .isEqualTo(OvnNames.linkAddress(toSecond, net(1), net(3)));
        try (Driver driver = testbed.openDriver()) {
            driver.apply(plan(2, Map.of(toFirst, 1)));
            driver.apply(plan(3, Map.of(toSecond, 1)));
            driver.apply(plan(1, Map.of(toFirst, 2, toSecond, 3)));
            demand(Map.of(
                    ping(1, 2), answeredBy(vm(2).value()),
                    ping(1, 3), answeredBy(vm(3).value()),
                    ping(2, 1), answeredBy(vm(1).value()),
                    ping(3, 1), answeredBy(vm(1).value()),
                    ping(2, 3), LOST));

            driver.apply(plan(1, Map.of(toSecond, 3)));
            demand(Map.of(
                    ping(1, 2), LOST,
                    ping(2, 1), LOST,
                    ping(1, 3), answeredBy(vm(3).value())));
        }
    }

    private void demand(Map<Probe, ProbeResult> expected) throws IOException {
        try (Prober prober = testbed.prober(List.of(vm(1), vm(2), vm(3)), Set.of(5000))) {
            prober.demand(expected);
        }
    }

    private static Probe ping(int from, int to) {
        return new Probe.Icmp(vm(from).value(), address(to));
    }

    @Test
    void nets_that_are_written_at_the_same_time_share_a_transaction_and_a_barrier() throws InterruptedException {
        try (OvnDriver driver = OvnDriver.open(testbed.settings(OvnTestbed.NETWORK))) {
            driver.apply(plan(1, Map.of()));
            long before = barriers();
            List<Throwable> failures = new ArrayList<>();
            List<Thread> writers = IntStream.range(2, NETS + 2)
                    .mapToObj(number -> Thread.ofPlatform()
                            .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
                            .start(() -> driver.apply(plan(number, Map.of()))))
                    .toList();
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(failures).isEmpty();
            assertThat(barriers() - before).isBetween(1L, NETS / 2L);
            assertThat(testbed.rows()).contains(net(NETS + 1).value());
        }
    }

    @Test
    void operators_are_told_where_ovn_is_which_it_is_and_who_its_hosts_are() {
        OvnSettings settings = testbed.settings(OvnTestbed.NETWORK);
        try (OvnDriver driver = OvnDriver.open(settings)) {
            driver.apply(plan(1, Map.of()));
            OvnParticulars told = (OvnParticulars) driver.particulars();
            assertThat(told.northbound()).startsWith("unix:/");
            assertThat(told.southbound()).startsWith("unix:/").isNotEqualTo(told.northbound());
            assertThat(told.ovnVersion().orElseThrow()).matches("\\d\\d\\.\\d\\d\\.\\d+");
            assertThat(told.chassis()).containsExactly("host-1");
        }
    }

    @Test
    @Rule("R6")
    void a_peering_is_closed_before_it_is_tidied_away() {
        try (OvnDriver driver = OvnDriver.open(testbed.settings(OvnTestbed.NETWORK))) {
            driver.apply(plan(1, Map.of(NetPeeringId.KIND.of(0x1000), 2)));
            driver.apply(plan(1, Map.of()));
        }
        List<String> log = testbed.northboundLog();
        assertThat(log.getLast()).contains("\"Logical_Router_Port\"");
        assertThat(log.get(log.size() - 2)).contains("\"addresses\"").doesNotContain("\"Logical_Router");
    }

    private long barriers() {
        return Long.parseLong(testbed.nbctl("get", "NB_Global", ".", "nb_cfg").strip());
    }

    private static NetId net(int number) {
        return NetId.KIND.of(0x2000 + number);
    }

    private static VmId vm(int number) {
        return VmId.KIND.of(0x2000 + number);
    }

    private static Ipv4 address(int number) {
        return Ipv4.parse("10.%d.1.4".formatted(number));
    }

    private static Cidr range(int number) {
        return Cidr.parse("10.%d.0.0/16".formatted(number));
    }

    /** @param peers by peering, the number of the other Net */
    private static NetPlan plan(int number, Map<NetPeeringId, Integer> peers) {
        SubnetId subnet = SubnetId.KIND.of(0x2000 + number);
        RouteTableId table = RouteTableId.KIND.of(0x2000 + number);
        SecurityGroupId group = SecurityGroupId.KIND.of(0x2000 + number);
        NicId nic = NicId.KIND.of(0x2000 + number);
        Cidr subnetRange = Cidr.parse("10.%d.1.0/24".formatted(number));
        Map<NetPeeringId, PeeringLink> peerings = new HashMap<>();
        Map<Cidr, NextHop> routes = new HashMap<>();
        peers.forEach((peering, peer) -> {
            peerings.put(peering, new PeeringLink(peering, net(peer), range(peer)));
            routes.put(range(peer), new NextHop.Peering(peering));
        });
        Port port = new Port(
                nic,
                vm(number),
                0,
                new MacAddress(0x060000000000L + number),
                List.of(address(number)),
                subnet,
                subnetRange,
                table,
                List.of(group),
                true,
                true);
        return new NetPlan(
                net(number),
                range(number),
                Map.of(subnet, subnetRange),
                Map.of(nic, port),
                Map.of(),
                peerings,
                Map.of(),
                Map.of(table, new Table(table, routes)),
                Map.of(group, new GroupRules(group, List.of(EVERYTHING), List.of(EVERYTHING))),
                Map.of(),
                Map.of(),
                Optional.empty());
    }
}
