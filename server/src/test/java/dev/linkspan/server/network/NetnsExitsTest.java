package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.LOST;
import static dev.linkspan.server.network.ProbeResult.answeredBy;
import static dev.linkspan.server.network.ProbeResult.receivedBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.LiveNetwork.Machine;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.network.vm.UdpStation;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What leads out of a Net besides its peerings, seen by packets: {@code a}'s Net has an internet service. */
@Slow
class NetnsExitsTest extends NetworkScenario {

    private static final Ipv4 PUBLIC_A = Ipv4.parse("203.0.113.10");
    private static final Ipv4 PUBLIC_B = Ipv4.parse("203.0.113.20");
    private static final int CLIENT = 7001;

    @RegisterExtension
    private final NetnsTestbed testbed = new NetnsTestbed();

    private InternetServiceId service;

    @Override
    Testbed testbed() {
        return testbed;
    }

    @BeforeEach
    void exit() {
        service = network.internetService(netA);
        network.routeOutside(netA, "0.0.0.0/0", service);
        network.linkPublicIp(a, PUBLIC_A);
    }

    @Test
    @Rule({"X2", "X3"})
    void a_machine_with_a_public_address_reaches_outside_and_is_reached_from_there_where_its_groups_let_it() {
        demand(Map.of(
                udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                tcp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                ping(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                fromOutside(PUBLIC_A), LOST));

        network.allow(netA, network.defaultGroup(netA), new Traffic.All(), Cidr.parse("203.0.113.1/32"));

        demand(Map.of(
                fromOutside(PUBLIC_A),
                answeredBy(a.name()),
                new Probe.Tcp(Testbed.OUTSIDE, PUBLIC_A, PORT),
                answeredBy(a.name()),
                new Probe.Icmp(Testbed.OUTSIDE, PUBLIC_A),
                answeredBy(a.name()),
                fromOutside(a.address()),
                LOST));
    }

    @Test
    @Rule("X3")
    void one_without_a_public_address_does_not_get_out() {
        Machine other = network.vm(subnetA);
        network.open(netA);
        demand(Map.of(
                udp(other, OUTSIDE), LOST,
                ping(other, OUTSIDE), LOST,
                udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));

        network.linkPublicIp(other, PUBLIC_B);
        demand(Map.of(
                udp(other, OUTSIDE), answeredBy(Testbed.OUTSIDE), fromOutside(PUBLIC_B), answeredBy(other.name())));

        network.unlinkPublicIp(netA, PUBLIC_B);
        demand(Map.of(udp(other, OUTSIDE), LOST, fromOutside(PUBLIC_B), LOST));
    }

    @Test
    @Rule({"X1", "X7"})
    void without_the_internet_service_its_route_drops_though_a_shorter_one_would_lead_elsewhere() {
        network.connect(netA, netB);
        network.open(netB);
        network.routeOutside(netA, "10.1.1.0/24", service);
        demand(Map.of(udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE), udp(a, b), LOST));

        network.unlinkPublicIp(netA, PUBLIC_A);
        network.unlinkInternetService(netA, service);

        demand(Map.of(udp(a, OUTSIDE), LOST, fromOutside(PUBLIC_A), LOST, udp(a, b), LOST));
    }

    @Test
    @Rule({"P11", "X5"})
    void exits_are_not_for_peers() {
        network.open(netA);
        network.open(netB);
        NetPeeringId peering = network.connect(netA, netB);
        network.route(netB, "203.0.113.0/24", peering);

        demand(Map.of(
                udp(b, a), answeredBy(a.name()),
                udp(b, OUTSIDE), LOST,
                tcp(b, OUTSIDE), LOST,
                ping(b, OUTSIDE), LOST,
                udp(b, PUBLIC_A), LOST,
                ping(b, PUBLIC_A), LOST,
                fromOutside(b.address()), LOST));
    }

    @Test
    @Rule("X5")
    void what_came_in_by_the_exit_does_not_leave_through_a_peering() {
        network.open(netA);
        network.open(netB);
        NetPeeringId peering = network.connect(netA, netB);
        network.route(netA, "203.0.113.0/24", peering);
        network.routeOutside(netB, "203.0.113.0/24", network.internetService(netB));
        network.linkPublicIp(b, PUBLIC_B);

        demand(Map.of(
                fromOutside(PUBLIC_A), receivedBy(a.name()),
                udp(a, OUTSIDE), LOST,
                fromOutside(PUBLIC_B), answeredBy(b.name())));
    }

    @Test
    @Rule({"X3", "X5"})
    void a_machine_of_another_net_is_reached_by_its_public_address_through_outside() {
        network.routeOutside(netB, "0.0.0.0/0", network.internetService(netB));
        network.linkPublicIp(b, PUBLIC_B);
        demand(Map.of(udp(a, PUBLIC_B), LOST));

        network.allow(netB, network.defaultGroup(netB), new Traffic.All(), Cidr.parse("203.0.113.10/32"));

        demand(Map.of(
                udp(a, PUBLIC_B), answeredBy(b.name()),
                tcp(a, PUBLIC_B), answeredBy(b.name()),
                ping(a, PUBLIC_B), answeredBy(b.name()),
                fromOutside(PUBLIC_B), LOST));
    }

    @Test
    @Rule("X3")
    void a_machine_of_the_same_net_is_reached_by_its_public_address_as_a_stranger() {
        Machine other = network.vm(subnetA);
        network.linkPublicIp(other, PUBLIC_B);
        // The default group lets its members in: by the private address, not by the public one.
        demand(Map.of(udp(a, other), answeredBy(other.name()), udp(a, PUBLIC_B), LOST));

        network.allow(netA, network.defaultGroup(netA), new Traffic.All(), Cidr.parse("203.0.113.10/32"));

        demand(Map.of(udp(a, PUBLIC_B), answeredBy(other.name()), tcp(a, PUBLIC_B), answeredBy(other.name())));
        demand(Map.of(udp(a, PUBLIC_A), answeredBy(a.name())));
    }

    @Test
    @Rule({"N3", "X3"})
    void a_network_acl_sees_the_private_address_here_and_the_one_outside() {
        network.open(netA);
        network.deny(
                netA,
                network.openAcl(subnetA),
                10,
                Direction.INBOUND,
                new Traffic.Ports(Traffic.UDP, PORT, PORT),
                "203.0.113.1/32");

        demand(Map.of(
                fromOutside(PUBLIC_A),
                LOST,
                new Probe.Tcp(Testbed.OUTSIDE, PUBLIC_A, PORT),
                answeredBy(a.name()),
                udp(a, OUTSIDE),
                answeredBy(Testbed.OUTSIDE)));
    }

    @Test
    @Rule({"S7", "X2"})
    void a_flow_ends_when_its_public_address_stands_for_another_machine() throws IOException {
        network.open(netA);
        Machine other = network.vm(subnetA);
        network.settle();
        try (UdpStation outside = UdpStation.at(outside(), OUTSIDE, CLIENT);
                UdpStation first = station(a, SERVER);
                UdpStation second = station(other, SERVER)) {
            outside.send("to the first", PUBLIC_A, SERVER);
            assertThat(first.receive(PATIENCE)).contains("to the first");
            first.send("from the first", OUTSIDE, CLIENT);
            assertThat(outside.receive(PATIENCE)).contains("from the first");

            network.linkPublicIp(other, PUBLIC_A);
            network.settle();

            outside.send("to the second", PUBLIC_A, SERVER);
            assertThat(second.receive(PATIENCE)).contains("to the second");
            assertThat(first.receive(SILENCE)).isEmpty();
            first.send("still from the first", OUTSIDE, CLIENT);
            assertThat(outside.receive(SILENCE)).isEmpty();
        }
    }

    @Test
    @Rule({"S7", "X2"})
    void a_flow_of_a_machine_gets_another_public_address_where_the_first_is_gone() throws IOException {
        network.settle();
        try (UdpStation outside = UdpStation.at(outside(), OUTSIDE, SERVER);
                UdpStation client = station(a, CLIENT)) {
            client.send("question", OUTSIDE, SERVER);
            assertThat(outside.receive(PATIENCE)).contains("question");

            network.unlinkPublicIp(netA, PUBLIC_A);
            network.settle();
            client.send("without an address", OUTSIDE, SERVER);
            assertThat(outside.receive(SILENCE)).isEmpty();

            network.linkPublicIp(a, PUBLIC_B);
            network.settle();
            client.send("question again", OUTSIDE, SERVER);
            assertThat(outside.receive(PATIENCE)).contains("question again");
            outside.send("answer", PUBLIC_B, CLIENT);
            assertThat(client.receive(PATIENCE)).contains("answer");
        }
    }

    @Test
    @Rule({"S7", "X2"})
    void a_connection_stops_with_its_public_address_and_goes_on_when_that_is_back() throws IOException {
        network.routeOutside(netB, "0.0.0.0/0", network.internetService(netB));
        network.linkPublicIp(b, PUBLIC_B);
        network.open(netB);
        network.settle();
        try (LiveFlow flow = testbed.connect(a.id(), b.id(), PUBLIC_B, PORT)) {
            assertThat(flow.passesForward(PATIENCE)).isTrue();

            network.unlinkPublicIp(netB, PUBLIC_B);
            network.settle();
            assertThat(flow.passesForward(SILENCE)).isFalse();

            network.linkPublicIp(b, PUBLIC_B);
            network.settle();
            assertThat(flow.passesForward(PATIENCE.multipliedBy(3))).isTrue();
        }
    }

    @Test
    @Rule({"S3", "X3"})
    void a_flow_from_outside_stops_with_its_rule_and_one_to_outside_with_its_route() throws IOException {
        network.open(netA);
        network.settle();
        try (UdpStation outside = UdpStation.at(outside(), OUTSIDE, CLIENT);
                UdpStation server = station(a, SERVER)) {
            outside.send("allowed", PUBLIC_A, SERVER);
            assertThat(server.receive(PATIENCE)).contains("allowed");

            network.revoke(netA, network.defaultGroup(netA), new Traffic.All(), Cidr.ALL);
            network.settle();
            outside.send("revoked", PUBLIC_A, SERVER);
            assertThat(server.receive(SILENCE)).isEmpty();
            // What it opens itself is a flow of its own.
            server.send("own", OUTSIDE, CLIENT);
            assertThat(outside.receive(PATIENCE)).contains("own");
            outside.send("answer", PUBLIC_A, SERVER);
            assertThat(server.receive(PATIENCE)).contains("answer");

            network.unroute(netA, "0.0.0.0/0");
            network.settle();
            outside.send("without a route", PUBLIC_A, SERVER);
            assertThat(server.receive(SILENCE)).isEmpty();
        }
    }

    @Test
    @Rule("X5")
    void a_flow_that_is_routed_to_a_peer_instead_begins_anew_there() throws IOException {
        Net netC = network.net(network.account(), "198.51.100.0/24");
        Machine c = network.vm(network.subnet(netC, "198.51.100.0/25"));
        network.open(netC);
        network.settle();
        try (UdpStation client = station(a, CLIENT);
                UdpStation server = station(c, SERVER)) {
            client.send("to nobody outside", c.address(), SERVER);
            assertThat(server.receive(SILENCE)).isEmpty();

            network.connect(netA, netC);
            network.settle();

            client.send("to the peer", c.address(), SERVER);
            assertThat(server.receive(PATIENCE)).contains("to the peer");
            server.send("answer", a.address(), CLIENT);
            assertThat(client.receive(PATIENCE)).contains("answer");
        }
    }

    @Test
    @Rule("X2")
    void a_server_that_starts_anew_finds_the_exit_as_it_was_and_mends_what_differs() {
        network.open(netA);
        demand(Map.of(udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));

        network.stopDriving();
        network.unlinkPublicIp(netA, PUBLIC_A);
        network.linkPublicIp(a, PUBLIC_B);
        network.restartWith(openDriver(), Duration.ofHours(1));

        demand(Map.of(
                udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                fromOutside(PUBLIC_B), answeredBy(a.name())));
    }

    private NetworkNamespace outside() {
        return testbed.namespaces().find(Testbed.OUTSIDE).orElseThrow();
    }

    private UdpStation station(Machine machine, int port) {
        return UdpStation.at(testbed.machine(machine.id()), machine.address(), port);
    }
}
