package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.LOST;
import static dev.linkspan.server.network.ProbeResult.answeredBy;
import static dev.linkspan.server.network.ProbeResult.receivedBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.LiveNetwork.Machine;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.network.vm.UdpStation;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * NAT services, seen by packets: {@code a}'s Subnet routes everything to one that stands in a Subnet of its own, whose routes
 * lead to the internet service.
 */
@Slow
class NetnsNatTest extends NetworkScenario {

    private static final Ipv4 PUBLIC_NAT = Ipv4.parse("203.0.113.9");
    private static final Ipv4 PUBLIC_B = Ipv4.parse("203.0.113.20");
    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final int CLIENT = 7001;

    @RegisterExtension
    private final NetnsTestbed testbed = new NetnsTestbed();

    private RequestedTarget out;
    private Subnet publicSubnet;
    private RouteTableId publicTable;
    private NatService nat;

    @Override
    Testbed testbed() {
        return testbed;
    }

    @BeforeEach
    void nat() {
        out = new RequestedTarget.InternetService(network.internetService(netA));
        publicSubnet = network.subnet(netA, "10.0.2.0/24");
        publicTable = network.tableOf(publicSubnet);
        network.lead(netA, publicTable, EVERYWHERE, out);
        nat = network.natService(publicSubnet, PUBLIC_NAT);
        network.lead(netA, network.mainTable(netA), EVERYWHERE, by(nat));
    }

    private static RequestedTarget by(NatService service) {
        return new RequestedTarget.NatService(service.id());
    }

    private Ipv4 natAddress() {
        return network.addressOf(nat);
    }

    @Test
    @Rule("X4")
    void machines_without_a_public_address_reach_outside_with_that_of_the_nat_service() throws IOException {
        Machine other = network.vm(subnetA);
        demand(Map.of(
                udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                tcp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                ping(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                tcp(other, OUTSIDE), answeredBy(Testbed.OUTSIDE)));

        try (UdpStation outside = UdpStation.at(outside(), OUTSIDE, SERVER);
                UdpStation client = station(a, CLIENT);
                UdpStation second = station(other, CLIENT)) {
            client.send("question", OUTSIDE, SERVER);
            assertThat(outside.receive(PATIENCE)).contains("question");
            assertThat(seenAs(outside)).isEqualTo(PUBLIC_NAT.toString());
            int port = outside.lastSender().getPort();
            // From the same port: the two are told apart all the same.
            second.send("the other's question", OUTSIDE, SERVER);
            assertThat(outside.receive(PATIENCE)).contains("the other's question");
            assertThat(outside.lastSender().getPort()).isNotEqualTo(port);

            outside.send("answer", PUBLIC_NAT, port);
            assertThat(client.receive(PATIENCE)).contains("answer");
            assertThat(second.receive(SILENCE)).isEmpty();
        }
    }

    @Test
    @Rule("X4")
    void nobody_begins_a_flow_to_a_nat_service() {
        network.open(netA);
        network.open(netB);
        network.connect(netA, netB);
        Machine neighbour = network.vm(publicSubnet);

        demand(Map.of(
                udp(a, natAddress()),
                LOST,
                ping(a, natAddress()),
                LOST,
                ping(neighbour, natAddress()),
                LOST,
                ping(b, natAddress()),
                LOST,
                tcp(b, natAddress()),
                LOST,
                fromOutside(PUBLIC_NAT),
                LOST,
                new Probe.Icmp(Testbed.OUTSIDE, PUBLIC_NAT),
                LOST,
                udp(neighbour, a),
                answeredBy(a.name())));
    }

    @Test
    @Rule({"X3", "X4"})
    void what_a_machine_answers_goes_through_no_nat_service() {
        network.open(netA);
        network.open(netB);
        network.linkPublicIp(a, PUBLIC_B);
        network.connect(netA, netB);
        demand(Map.of(
                fromOutside(PUBLIC_B), new ProbeResult(Set.of(a.name()), false), udp(b, a), answeredBy(a.name())));

        network.lead(netA, network.mainTable(netA), netB.range().toString(), by(nat));
        demand(Map.of(udp(b, a), new ProbeResult(Set.of(a.name()), false), tcp(b, a), LOST));
    }

    @Test
    @Rule({"X3", "X4"})
    void what_has_no_ports_does_not_pass_and_is_not_in_the_way_of_what_comes_from_there() {
        network.open(netA);
        network.linkPublicIp(a, PUBLIC_B);

        demand(Map.of(new Probe.Experimental(a.name(), a.address(), OUTSIDE), LOST));
        demand(Map.of(new Probe.Experimental(Testbed.OUTSIDE, OUTSIDE, PUBLIC_B), receivedBy(a.name())));
    }

    @Test
    @Rule({"P11", "X5"})
    void nat_services_are_not_for_peers() {
        network.open(netA);
        network.open(netB);
        NetPeeringId peering = network.connect(netA, netB);
        network.route(netB, "203.0.113.0/24", peering);

        demand(Map.of(
                udp(b, a), answeredBy(a.name()),
                udp(b, OUTSIDE), LOST,
                tcp(b, OUTSIDE), LOST,
                ping(b, OUTSIDE), LOST,
                udp(b, PUBLIC_NAT), LOST));
    }

    @Test
    @Rule("X4")
    void it_sends_by_the_route_of_its_subnet_also_to_a_peer_where_no_other_address_gets_back() {
        network.open(netB);
        NetPeeringId peering = network.peer(netA, netB);
        network.route(netA, publicTable, netB.range().toString(), peering);
        network.route(netB, natAddress() + "/32", peering);

        demand(Map.of(
                udp(a, b), answeredBy(b.name()), tcp(a, b), answeredBy(b.name()), ping(a, b), answeredBy(b.name())));
        demand(Map.of(udp(b, a), LOST));
    }

    @Test
    @Rule("X4")
    void a_private_one_gets_to_a_peer_and_not_outside() {
        network.open(netB);
        NatService inside = network.privateNatService(publicSubnet);
        RouteTableId table = network.tableOf(subnetA);
        network.lead(netA, table, EVERYWHERE, by(inside));
        NetPeeringId peering = network.peer(netA, netB);
        network.route(netA, publicTable, netB.range().toString(), peering);
        network.route(netB, netA.range().toString(), peering);

        demand(Map.of(udp(a, b), answeredBy(b.name()), udp(a, OUTSIDE), LOST));
    }

    @Test
    @Rule({"X4", "X7"})
    void what_is_routed_nowhere_behind_it_or_to_itself_is_lost() {
        network.lead(netA, publicTable, EVERYWHERE, by(nat));
        demand(Map.of(udp(a, OUTSIDE), LOST, ping(a, OUTSIDE), LOST));

        network.unroute(netA, publicTable, EVERYWHERE);
        demand(Map.of(udp(a, OUTSIDE), LOST));

        network.lead(netA, publicTable, EVERYWHERE, out);
        demand(Map.of(udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));
    }

    @Test
    @Rule("X4")
    void one_nat_service_does_not_pass_on_to_another() {
        Subnet middle = network.subnet(netA, "10.0.3.0/24");
        NatService first = network.privateNatService(middle);
        network.lead(netA, network.tableOf(middle), EVERYWHERE, by(nat));
        network.lead(netA, network.tableOf(subnetA), EVERYWHERE, by(first));

        demand(Map.of(udp(a, OUTSIDE), LOST, tcp(a, OUTSIDE), LOST));
    }

    @Test
    @Rule({"X3", "X4"})
    void a_machine_is_reached_by_its_public_address_from_behind_a_nat_service_as_by_the_nat_service() {
        network.routeOutside(netB, EVERYWHERE, network.internetService(netB));
        network.linkPublicIp(b, PUBLIC_B);
        network.allow(netB, network.defaultGroup(netB), new Traffic.All(), Cidr.parse(PUBLIC_NAT + "/32"));
        Machine neighbour = network.vm(publicSubnet);
        network.linkPublicIp(neighbour, Ipv4.parse("203.0.113.30"));

        demand(Map.of(
                udp(a, PUBLIC_B),
                answeredBy(b.name()),
                tcp(a, PUBLIC_B),
                answeredBy(b.name()),
                udp(neighbour, PUBLIC_B),
                LOST,
                // The same Net's own machine, likewise as a stranger.
                udp(a, Ipv4.parse("203.0.113.30")),
                LOST));
        network.allow(netA, network.defaultGroup(netA), new Traffic.All(), Cidr.parse(PUBLIC_NAT + "/32"));
        demand(Map.of(udp(a, Ipv4.parse("203.0.113.30")), answeredBy(neighbour.name())));
    }

    @Test
    @Rule({"N3", "X4"})
    void network_acls_judge_before_and_after_it() {
        NetworkAclId acl = network.openAcl(publicSubnet);
        demand(Map.of(udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE), tcp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));

        // Before: from the machine.
        network.deny(netA, acl, 10, Direction.INBOUND, new Traffic.Ports(Traffic.UDP, PORT, PORT), a.address() + "/32");
        demand(Map.of(udp(a, OUTSIDE), LOST, tcp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));
        // After: to outside, and the answers from there.
        network.deny(netA, acl, 20, Direction.INBOUND, new Traffic.All(), OUTSIDE + "/32");
        demand(Map.of(tcp(a, OUTSIDE), LOST, ping(a, OUTSIDE), receivedBy(Testbed.OUTSIDE)));
    }

    @Test
    @Rule({"R6", "S7", "X4"})
    void a_flow_stops_with_its_route_its_rule_and_its_nat_service() throws IOException {
        network.settle();
        try (UdpStation outside = UdpStation.at(outside(), OUTSIDE, SERVER);
                UdpStation client = station(a, CLIENT)) {
            int port = ask(client, outside, OUTSIDE, "first");

            network.unroute(netA, EVERYWHERE);
            network.settle();
            outside.send("without a route", PUBLIC_NAT, port);
            assertThat(client.receive(SILENCE)).isEmpty();
            client.send("without a route", OUTSIDE, SERVER);
            assertThat(outside.receive(SILENCE)).isEmpty();

            network.lead(netA, network.mainTable(netA), EVERYWHERE, by(nat));
            network.settle();
            outside.send("again", PUBLIC_NAT, port);
            assertThat(client.receive(PATIENCE)).contains("again");

            network.deleteNatService(nat);
            network.settle();
            client.send("without it", OUTSIDE, SERVER);
            assertThat(outside.receive(SILENCE)).isEmpty();
            assertThat(testbed.namespaces().find(nat.id().value())).isEmpty();

            NatService next = network.natService(publicSubnet, PUBLIC_NAT);
            network.lead(netA, network.mainTable(netA), EVERYWHERE, by(next));
            network.settle();
            ask(client, outside, OUTSIDE, "by the next one");
        }
    }

    @Test
    @Rule({"S7", "X4"})
    void a_flow_that_is_routed_another_way_goes_on_there() throws IOException {
        network.linkPublicIp(a, PUBLIC_B);
        network.settle();
        try (UdpStation outside = UdpStation.at(outside(), OUTSIDE, SERVER);
                UdpStation client = station(a, CLIENT)) {
            ask(client, outside, OUTSIDE, "through the NAT service");
            assertThat(seenAs(outside)).isEqualTo(PUBLIC_NAT.toString());

            network.lead(netA, network.mainTable(netA), EVERYWHERE, out);
            network.settle();
            ask(client, outside, OUTSIDE, "with its own address");
            assertThat(seenAs(outside)).isEqualTo(PUBLIC_B.toString());

            network.lead(netA, network.mainTable(netA), EVERYWHERE, by(nat));
            network.settle();
            ask(client, outside, OUTSIDE, "through the NAT service again");
            assertThat(seenAs(outside)).isEqualTo(PUBLIC_NAT.toString());

            NatService next = network.natService(publicSubnet, Ipv4.parse("203.0.113.30"));
            network.lead(netA, network.mainTable(netA), EVERYWHERE, by(next));
            network.settle();
            ask(client, outside, OUTSIDE, "through another one");
            assertThat(seenAs(outside)).isEqualTo("203.0.113.30");
        }
    }

    @Test
    @Rule("X4")
    void a_flow_behind_it_follows_the_routes_of_its_subnet() throws IOException {
        Net netC = network.net(network.account(), "198.51.100.0/24");
        Machine c = network.vm(network.subnet(netC, "198.51.100.0/25"));
        network.open(netC);
        network.settle();
        try (UdpStation client = station(a, CLIENT);
                UdpStation server = station(c, SERVER)) {
            client.send("to nobody outside", c.address(), SERVER);
            assertThat(server.receive(SILENCE)).isEmpty();

            NetPeeringId peering = network.peer(netA, netC);
            network.route(netA, publicTable, netC.range().toString(), peering);
            network.route(netC, netA.range().toString(), peering);
            network.settle();

            ask(client, server, c.address(), "to the peer");
            assertThat(seenAs(server)).isEqualTo(natAddress().toString());
        }
    }

    @Test
    @Rule("X4")
    void flows_outlive_a_server_that_starts_anew_and_what_is_gone_is_removed() throws IOException {
        NatService surplus = network.natService(publicSubnet, PUBLIC_B);
        network.settle();
        try (UdpStation outside = UdpStation.at(outside(), OUTSIDE, SERVER);
                UdpStation client = station(a, CLIENT)) {
            int port = ask(client, outside, OUTSIDE, "before");

            network.stopDriving();
            network.deleteNatService(surplus);
            network.restartWith(openDriver(), Duration.ofHours(1));

            outside.send("after", PUBLIC_NAT, port);
            assertThat(client.receive(PATIENCE)).contains("after");
            assertThat(testbed.namespaces().find(surplus.id().value())).isEmpty();
            assertThat(testbed.namespaces().find(nat.id().value())).isPresent();
        }
    }

    private NetworkNamespace outside() {
        return testbed.namespaces().find(Testbed.OUTSIDE).orElseThrow();
    }

    private UdpStation station(Machine machine, int port) {
        return UdpStation.at(testbed.machine(machine.id()), machine.address(), port);
    }
}
