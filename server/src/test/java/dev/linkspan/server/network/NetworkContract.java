package dev.linkspan.server.network;

import static dev.linkspan.server.network.netns.ProbeResult.LOST;
import static dev.linkspan.server.network.netns.ProbeResult.answeredBy;
import static dev.linkspan.server.network.netns.ProbeResult.receivedBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.VmChange;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.port.NetworkDriver;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.LiveNetwork.Machine;
import dev.linkspan.server.network.netns.LiveFlow;
import dev.linkspan.server.network.netns.NetworkNamespace;
import dev.linkspan.server.network.netns.Probe;
import dev.linkspan.server.network.netns.ProbeResult;
import dev.linkspan.server.network.netns.Prober;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What packets must do, whichever driver carries them: rules P, R and S, each proved by sending some. */
abstract class NetworkContract {

    private static final int PORT = 5000;
    private static final int OTHER_PORT = 6000;
    private static final int FLOW_PORT = 7007;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofMillis(700);

    private LiveNetwork network;
    private Net netA;
    private Net netB;
    private Subnet subnetA;
    private Subnet subnetB;
    private Machine a;
    private Machine b;

    abstract NetworkDriver openDriver();

    abstract NetworkNamespace machine(VmId vm);

    @BeforeEach
    void build() {
        network = new LiveNetwork(openDriver());
        netA = network.net(network.account(), "10.0.0.0/16");
        netB = network.net(network.account(), "10.1.0.0/16");
        subnetA = network.subnet(netA, "10.0.1.0/24");
        subnetB = network.subnet(netB, "10.1.1.0/24");
        a = network.vm(subnetA);
        b = network.vm(subnetB);
    }

    @AfterEach
    void tearDown() {
        if (network != null) {
            network.close();
        }
    }

    @Test
    @Rule({"P1", "R2"})
    void peered_routed_and_open_both_ways_talk_by_every_protocol() {
        network.connect(netA, netB);
        network.open(netA);
        network.open(netB);

        demand(Map.of(
                udp(a, b), answeredBy(b.name()),
                tcp(a, b), answeredBy(b.name()),
                ping(a, b), answeredBy(b.name()),
                udp(b, a), answeredBy(a.name()),
                tcp(b, a), answeredBy(a.name()),
                ping(b, a), answeredBy(a.name())));
    }

    @Test
    @Rule({"P1", "P7", "R4"})
    void a_pending_peering_carries_nothing() {
        NetPeeringId peering = network.request(netA, netB);
        network.route(netA, "10.1.0.0/16", peering);
        network.route(netB, "10.0.0.0/16", peering);
        network.open(netA);
        network.open(netB);

        demandLost(udp(a, b), ping(a, b), ping(b, a));

        network.accept(netB, peering);

        demand(Map.of(udp(a, b), answeredBy(b.name()), ping(b, a), answeredBy(a.name())));
    }

    @Test
    @Rule("R2")
    void without_routes_nothing_flows_and_without_the_route_back_nothing_returns() {
        NetPeeringId peering = network.peer(netA, netB);
        network.open(netA);
        network.open(netB);

        demandLost(udp(a, b), ping(b, a));

        network.route(netA, "10.1.0.0/16", peering);

        demand(Map.of(udp(a, b), receivedBy(b.name()), ping(a, b), receivedBy(b.name()), tcp(a, b), LOST));
    }

    @Test
    @Rule("R2")
    void a_route_may_cover_a_part_of_the_peer_or_more_than_it() {
        Subnet elsewhere = network.subnet(netB, "10.1.2.0/24");
        Machine beyond = network.vm(elsewhere);
        NetPeeringId peering = network.peer(netA, netB);
        network.route(netB, "0.0.0.0/0", peering);
        network.route(netA, "10.1.1.0/24", peering);
        network.open(netB);

        demand(Map.of(ping(a, b), answeredBy(b.name()), ping(a, beyond), LOST));
    }

    @Test
    @Rule({"P11", "R2"})
    void a_peering_carries_nothing_on_to_the_peers_peer() {
        Net netC = network.net(network.account(), "10.2.0.0/16");
        Machine c = network.vm(network.subnet(netC, "10.2.1.0/24"));
        NetPeeringId ab = network.connect(netA, netB);
        NetPeeringId bc = network.connect(netB, netC);
        network.route(netA, "10.2.0.0/16", ab);
        network.route(netC, "10.0.0.0/16", bc);
        Stream.of(netA, netB, netC).forEach(network::open);

        demand(Map.of(
                ping(a, b), answeredBy(b.name()),
                ping(b, c), answeredBy(c.name()),
                ping(a, c), LOST,
                ping(c, a), LOST,
                udp(a, c), LOST));
    }

    @Test
    @Rule("P13")
    void a_flow_of_one_peer_never_reaches_another_with_the_same_range() {
        Net twin = network.net(network.account(), "10.1.0.0/16");
        Machine other = network.vm(network.subnet(twin, "10.1.1.0/24"));
        assertThat(other.address()).isEqualTo(b.address());
        network.connect(netA, netB);
        NetPeeringId toTwin = network.peer(netA, twin);
        network.route(twin, "10.0.0.0/16", toTwin);
        network.open(netA);
        network.open(netB);

        demand(Map.of(
                ping(b, a), answeredBy(a.name()),
                udp(b, a), answeredBy(a.name()),
                ping(other, a), receivedBy(a.name()),
                udp(other, a), receivedBy(a.name()),
                tcp(other, a), LOST));
    }

    @Test
    @Rule("A4")
    void tenants_with_the_same_range_do_not_meet() {
        Net same = network.net(network.account(), "10.0.0.0/16");
        Machine stranger = network.vm(network.subnet(same, "10.0.1.0/24"));
        network.open(same);
        network.open(netA);
        Machine neighbour = network.vm(subnetA);
        Machine strangersNeighbour = network.vm(network.subnet(same, "10.0.2.0/24"));

        demand(Map.of(
                udp(a, neighbour), answeredBy(neighbour.name()),
                udp(stranger, strangersNeighbour), answeredBy(strangersNeighbour.name()),
                udp(a, strangersNeighbour), LOST));
    }

    @Test
    @Rule("R4")
    void a_route_to_a_dead_peering_drops_instead_of_giving_way_to_a_shorter_one() {
        network.connect(netA, netB);
        network.open(netB);
        Net dead = network.net(network.account(), "10.3.0.0/16");
        network.vm(network.subnet(dead, "10.3.1.0/24"));
        NetPeeringId gone = network.peer(netA, dead);
        demand(Map.of(ping(a, b), answeredBy(b.name())));

        network.route(netA, "10.1.1.0/24", gone);
        network.delete(dead, gone);

        demandLost(ping(a, b));
        network.unroute(netA, "10.1.1.0/24");
        demand(Map.of(ping(a, b), answeredBy(b.name())));
    }

    @Test
    @Rule({"R6", "P1"})
    void deleting_the_peering_cuts_an_established_connection() throws IOException {
        NetPeeringId peering = network.connect(netA, netB);
        network.open(netB);
        network.settle();
        try (LiveFlow flow = flow(a, b)) {
            assertThat(flow.passesForward(PATIENCE)).isTrue();

            network.delete(netB, peering);
            network.settle();

            assertThat(flow.passesForward(SILENCE)).isFalse();
            assertThat(flow.passesBackward(SILENCE)).isFalse();
        }
    }

    @Test
    @Rule("R6")
    void removing_a_route_cuts_an_established_connection_and_giving_it_back_revives_it() throws IOException {
        NetPeeringId peering = network.connect(netA, netB);
        network.open(netB);
        network.settle();
        try (LiveFlow flow = flow(a, b)) {
            assertThat(flow.passesForward(PATIENCE)).isTrue();

            network.unroute(netA, "10.1.0.0/16");
            network.settle();
            assertThat(flow.passesForward(SILENCE)).isFalse();

            network.route(netA, "10.1.0.0/16", peering);
            network.settle();
            assertThat(flow.passesForward(PATIENCE)).isTrue();
        }
    }

    @Test
    @Rule("R1")
    void inside_the_net_no_route_leads_elsewhere_and_every_subnet_is_reached() {
        Machine sibling = network.vm(network.subnet(netA, "10.0.2.0/24"));
        NetPeeringId peering = network.connect(netA, netB);
        network.route(netA, "0.0.0.0/0", peering);
        network.open(netA);

        demand(Map.of(ping(a, sibling), answeredBy(sibling.name()), udp(sibling, a), answeredBy(a.name())));
    }

    @Test
    @Rule({"R2", "R1"})
    void a_subnet_uses_the_table_that_is_linked_to_it_else_the_main_one() {
        Subnet own = network.subnet(netA, "10.0.2.0/24");
        Machine there = network.vm(own);
        NetPeeringId peering = network.peer(netA, netB);
        network.route(netB, "10.0.0.0/16", peering);
        network.open(netB);
        RouteTableId table = network.change(netA.owner(), unit -> {
            RouteTableId id =
                    network.routeTables.create(unit, netA.owner(), netA.id()).id();
            network.routeTables.link(unit, netA.owner(), id, own.id());
            return id;
        });

        network.route(netA, table, "10.1.0.0/16", peering);

        demand(Map.of(ping(there, b), answeredBy(b.name()), ping(a, b), LOST));
    }

    @Test
    @Rule({"S1", "S4"})
    void the_default_group_lets_its_members_talk_in_one_subnet_and_nobody_else_in() {
        Machine neighbour = network.vm(subnetA);
        Machine outsider = network.vm(subnetA, network.group(netA, "closed"));

        demand(Map.of(
                udp(a, neighbour),
                answeredBy(neighbour.name()),
                tcp(neighbour, a),
                answeredBy(a.name()),
                udp(a, outsider),
                LOST,
                udp(outsider, a),
                LOST));
    }

    @Test
    @Rule("S2")
    void a_rule_allows_its_protocol_its_ports_and_its_range_and_nothing_else() {
        network.connect(netA, netB);
        SecurityGroupId web = network.group(netB, "web");
        SecurityGroupId pings = network.group(netB, "pings");
        Machine server = network.vm(subnetB, web, pings);
        Machine elsewhere = network.vm(network.subnet(netA, "10.0.2.0/24"));
        network.allow(netB, web, new Traffic.Ports(Traffic.TCP, PORT, PORT), Cidr.parse("10.0.1.0/24"));
        network.allow(netB, web, new Traffic.Ports(Traffic.UDP, OTHER_PORT, OTHER_PORT + 5), Cidr.ALL);
        network.allow(netB, pings, new Traffic.Icmp(8, -1), Cidr.parse("10.0.0.0/16"));

        demand(Map.of(
                tcp(a, server),
                answeredBy(server.name()),
                tcp(elsewhere, server),
                LOST,
                udp(a, server),
                LOST,
                new Probe.Udp(a.name(), server.address(), OTHER_PORT),
                answeredBy(server.name()),
                new Probe.Tcp(a.name(), server.address(), OTHER_PORT),
                LOST,
                ping(elsewhere, server),
                answeredBy(server.name())));
    }

    @Test
    @Rule("S2")
    void overlapping_ranges_of_several_rules_unite() {
        network.connect(netA, netB);
        SecurityGroupId group = network.defaultGroup(netB);
        network.allow(netB, group, new Traffic.Icmp(-1, -1), Cidr.parse("10.0.0.0/16"));
        network.allow(netB, group, new Traffic.Icmp(-1, -1), Cidr.parse("10.0.1.0/24"));

        demand(Map.of(ping(a, b), answeredBy(b.name())));

        network.revoke(netB, group, new Traffic.Icmp(-1, -1), Cidr.parse("10.0.0.0/16"));
        demand(Map.of(ping(a, b), answeredBy(b.name())));

        network.revoke(netB, group, new Traffic.Icmp(-1, -1), Cidr.parse("10.0.1.0/24"));
        demandLost(ping(a, b));
    }

    @Test
    @Rule("S3")
    void revoking_the_rule_stops_the_connection_that_it_let_in_and_granting_it_again_revives_it() throws IOException {
        network.connect(netA, netB);
        network.open(netB);
        network.settle();
        try (LiveFlow flow = flow(a, b)) {
            assertThat(flow.passesForward(PATIENCE)).isTrue();

            network.revoke(netB, network.defaultGroup(netB), new Traffic.All(), Cidr.ALL);
            network.settle();
            assertThat(flow.passesForward(SILENCE)).isFalse();

            network.open(netB);
            network.settle();
            assertThat(flow.passesForward(PATIENCE)).isTrue();
        }
    }

    @Test
    @Rule("S3")
    void replies_need_no_rule_of_their_own() {
        network.connect(netA, netB);
        network.open(netB);
        network.revokeOutbound(netB, network.defaultGroup(netB));

        demand(Map.of(tcp(a, b), answeredBy(b.name()), udp(a, b), answeredBy(b.name()), udp(b, a), LOST));
    }

    @Test
    @Rule({"S1", "S2"})
    void without_an_outbound_rule_nothing_leaves() {
        network.connect(netA, netB);
        network.open(netA);
        network.open(netB);
        network.revokeOutbound(netA, network.defaultGroup(netA));

        demand(Map.of(udp(a, b), LOST, ping(a, b), LOST, ping(b, a), answeredBy(a.name())));
    }

    @Test
    @Rule("S5")
    void a_rule_may_name_a_group_of_the_peer_while_the_peering_is_active() {
        NetPeeringId peering = network.connect(netA, netB);
        SecurityGroupId trusted = network.group(netA, "trusted");
        Machine member = network.vm(subnetA, trusted);
        network.allow(netB, network.defaultGroup(netB), new Traffic.All(), trusted, netA.owner());

        demand(Map.of(udp(member, b), answeredBy(b.name()), udp(a, b), LOST));

        Machine newcomer = network.vm(subnetA, trusted);
        demand(Map.of(udp(newcomer, b), answeredBy(b.name())));

        leave(newcomer);
        demandLost(udp(newcomer, b));

        network.delete(netA, peering);
        demandLost(udp(member, b));
    }

    @Test
    @Rule({"S5", "P13"})
    void a_group_of_one_peer_is_not_the_same_address_at_another_peer() {
        Net twin = network.net(network.account(), "10.0.0.0/16");
        Machine impostor = network.vm(network.subnet(twin, "10.0.1.0/24"));
        assertThat(impostor.address()).isEqualTo(a.address());
        network.connect(netA, netB);
        NetPeeringId toTwin = network.peer(twin, netB);
        network.route(twin, "10.1.0.0/16", toTwin);
        network.allow(netB, network.defaultGroup(netB), new Traffic.All(), network.defaultGroup(netA), netA.owner());

        demand(Map.of(udp(a, b), answeredBy(b.name()), udp(impostor, b), LOST, ping(impostor, b), LOST));
    }

    @Test
    @Rule("P5")
    void machines_of_a_failed_subregion_fall_silent_and_the_others_go_on() {
        SubregionName failing = new SubregionName("eu-west-2b");
        Machine far = network.vm(network.subnet(netB, "10.1.2.0/24", failing));
        network.connect(netA, netB);
        network.open(netA);
        network.open(netB);
        demand(Map.of(ping(a, b), answeredBy(b.name()), ping(a, far), answeredBy(far.name())));

        network.fail(failing, true, Set.of(netB.id()));
        demand(Map.of(
                ping(a, b), answeredBy(b.name()),
                ping(b, a), answeredBy(a.name()),
                ping(a, far), LOST,
                ping(b, far), LOST,
                ping(far, a), LOST));

        network.fail(failing, false, Set.of(netB.id()));
        demand(Map.of(ping(a, far), answeredBy(far.name())));
    }

    @Test
    void a_stopped_machine_is_silent_and_a_started_one_answers_again() {
        network.connect(netA, netB);
        network.open(netB);
        demand(Map.of(ping(a, b), answeredBy(b.name())));

        network.change(netB.owner(), unit -> network.vms.stop(unit, netB.owner(), List.of(b.id())));
        demandLost(ping(a, b));

        network.change(netB.owner(), unit -> network.vms.start(unit, netB.owner(), List.of(b.id())));
        demand(Map.of(ping(a, b), answeredBy(b.name())));
    }

    @Test
    void a_deleted_machine_is_gone_and_its_address_serves_the_next_one() {
        network.connect(netA, netB);
        network.open(netB);
        network.vm(subnetB);
        demand(Map.of(ping(a, b), answeredBy(b.name())));

        network.change(netB.owner(), unit -> network.vms.delete(unit, netB.owner(), List.of(b.id())));
        network.settle();
        Machine next = network.vm(subnetB);

        assertThat(next.address()).isEqualTo(b.address());
        demand(Map.of(ping(a, next), answeredBy(next.name())));
    }

    @Test
    @Rule("L9")
    void a_server_that_starts_again_takes_over_without_cutting_a_connection() throws IOException {
        network.connect(netA, netB);
        network.open(netB);
        network.settle();
        try (LiveFlow flow = flow(a, b)) {
            assertThat(flow.passesForward(PATIENCE)).isTrue();

            network.restartWith(openDriver(), Duration.ofDays(1));

            assertThat(flow.passesForward(PATIENCE)).isTrue();
            demand(Map.of(ping(a, b), answeredBy(b.name())));
        }
    }

    final LiveNetwork network() {
        return network;
    }

    final Machine a() {
        return a;
    }

    final Machine b() {
        return b;
    }

    final Net netA() {
        return netA;
    }

    final Net netB() {
        return netB;
    }

    final void demand(Map<Probe, ProbeResult> expected) {
        network.settle();
        List<NetworkNamespace> everyone = network.read(snapshot -> snapshot.netIds().stream()
                .flatMap(net -> snapshot.vmsOf(net).stream())
                .filter(vm -> vm.exists())
                .map(vm -> machine(vm.id()))
                .toList());
        try (Prober prober = Prober.among(everyone, Set.of(PORT, OTHER_PORT))) {
            prober.demand(expected);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    final void demandLost(Probe... probes) {
        demand(Stream.of(probes).collect(Collectors.toMap(probe -> probe, _ -> LOST)));
    }

    static Probe ping(Machine from, Machine to) {
        return new Probe.Icmp(from.name(), to.address());
    }

    static Probe udp(Machine from, Machine to) {
        return new Probe.Udp(from.name(), to.address(), PORT);
    }

    static Probe tcp(Machine from, Machine to) {
        return new Probe.Tcp(from.name(), to.address(), PORT);
    }

    private LiveFlow flow(Machine from, Machine to) throws IOException {
        return LiveFlow.between(machine(from.id()), machine(to.id()), to.address(), FLOW_PORT);
    }

    /** Moves a VM from its groups into the default one. */
    private void leave(Machine machine) {
        Net net = netA;
        VmChange change =
                new VmChange(VmSettingsChange.NONE, Optional.of(List.of(network.defaultGroup(net))), Optional.empty());
        network.change(net.owner(), unit -> network.vms.update(unit, net.owner(), machine.id(), change));
    }
}
