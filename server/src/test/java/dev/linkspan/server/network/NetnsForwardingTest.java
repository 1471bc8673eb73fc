package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.LOST;
import static dev.linkspan.server.network.ProbeResult.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.LiveNetwork.Machine;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.network.vm.UdpStation;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An appliance that only forwards, seen by packets: {@code a}'s Subnet routes everything to {@code gate}, which passes on what it
 * is handed with the address of whoever sent it, by the table of its own Subnet.
 */
@Slow
class NetnsForwardingTest extends NetworkScenario {

    private static final Ipv4 PUBLIC_A = Ipv4.parse("203.0.113.10");
    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final Traffic UDP_PORT = new Traffic.Ports(Traffic.UDP, PORT, PORT);
    private static final int CLIENT = 7001;

    @RegisterExtension
    private final NetnsTestbed testbed = new NetnsTestbed();

    private RequestedTarget out;
    private Subnet gateSubnet;
    private RouteTableId gateTable;
    private SecurityGroupId gates;
    private Machine gate;

    @Override
    Testbed testbed() {
        return testbed;
    }

    @BeforeEach
    void appliance() {
        out = new RequestedTarget.InternetService(network.internetService(netA));
        gateSubnet = network.subnet(netA, "10.0.2.0/24");
        gateTable = network.tableOf(gateSubnet);
        network.lead(netA, gateTable, EVERYWHERE, out);
        gates = network.group(netA, "gates");
        network.allow(netA, gates, new Traffic.All(), subnetA.range());
        gate = forwarding(network.vm(gateSubnet, gates));
        network.linkPublicIp(a, PUBLIC_A);
        network.lead(netA, network.mainTable(netA), EVERYWHERE, by(gate));
    }

    private static RequestedTarget by(Machine machine) {
        return new RequestedTarget.Nic(machine.nic().id());
    }

    /** What the tenant sets up in it. */
    private Machine forwarding(Machine machine) {
        network.check(machine, false);
        network.settle();
        testbed.passOn(machine.id());
        return machine;
    }

    /** Between {@code gate} and B, and back. */
    private NetPeeringId peer() {
        network.open(netB);
        NetPeeringId peering = network.peer(netA, netB);
        network.route(netA, gateTable, netB.range().toString(), peering);
        network.route(netB, netA.range().toString(), peering);
        return peering;
    }

    @Test
    @Rule({"X3", "X6"})
    void what_it_passes_on_goes_outside_as_its_sender() {
        demand(Map.of(
                udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                tcp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                ping(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));
    }

    @Test
    @Rule({"X3", "X6"})
    void a_sender_that_is_not_seen_outside_does_not_get_there() {
        network.unlinkPublicIp(netA, PUBLIC_A);

        demand(Map.of(udp(a, OUTSIDE), LOST, tcp(a, OUTSIDE), LOST));
    }

    @Test
    @Rule({"R2", "X6"})
    void what_it_passes_on_goes_to_a_peer_and_the_answer_comes_back() {
        peer();

        demand(Map.of(
                udp(a, b), answeredBy(b.name()), tcp(a, b), answeredBy(b.name()), ping(a, b), answeredBy(b.name())));
    }

    @Test
    @Rule({"S3", "X6"})
    void an_answer_that_is_led_to_it_is_passed_on_to_whoever_asked() {
        peer();
        network.allow(netA, network.defaultGroup(netA), new Traffic.All(), netB.range());

        demand(Map.of(
                udp(b, a), answeredBy(a.name()),
                tcp(b, a), answeredBy(a.name()),
                ping(b, a), answeredBy(a.name()),
                fromOutside(PUBLIC_A), LOST));

        network.allow(netA, network.defaultGroup(netA), UDP_PORT, Cidr.of(OUTSIDE));
        network.revoke(netA, gates, new Traffic.All(), subnetA.range());
        demand(Map.of(udp(b, a), answeredBy(a.name()), fromOutside(PUBLIC_A), answeredBy(a.name()), udp(a, b), LOST));
    }

    @Test
    @Rule("X6")
    void each_peer_may_have_one() {
        NetPeeringId peering = peer();
        Subnet second = network.subnet(netB, "10.1.2.0/24");
        Machine gateB = forwarding(network.vm(second));
        network.route(netB, network.tableOf(second), netA.range().toString(), peering);
        network.unroute(netB, netA.range().toString());
        network.lead(netB, network.mainTable(netB), netA.range().toString(), by(gateB));
        network.open(netA);

        demand(Map.of(
                udp(a, b), answeredBy(b.name()),
                tcp(a, b), answeredBy(b.name()),
                ping(a, b), answeredBy(b.name()),
                udp(b, a), answeredBy(a.name()),
                tcp(b, a), answeredBy(a.name()),
                ping(b, a), answeredBy(a.name())));
    }

    @Test
    @Rule({"X4", "X6"})
    void what_it_passes_on_goes_by_a_nat_service() {
        Ipv4 publicNat = Ipv4.parse("203.0.113.11");
        Subnet nats = network.subnet(netA, "10.0.3.0/24");
        network.lead(netA, network.tableOf(nats), EVERYWHERE, out);
        network.unlinkPublicIp(netA, PUBLIC_A);
        network.lead(
                netA,
                gateTable,
                EVERYWHERE,
                new RequestedTarget.NatService(
                        network.natService(nats, publicNat).id()));

        demand(Map.of(
                udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                tcp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                ping(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));
    }

    @Test
    @Rule("X6")
    void it_passes_nothing_on_to_another_one() {
        Subnet second = network.subnet(netA, "10.0.3.0/24");
        network.lead(netA, network.tableOf(second), EVERYWHERE, out);
        network.open(netA);
        Machine behind = forwarding(network.vm(second));
        network.lead(netA, gateTable, EVERYWHERE, by(behind));

        demand(Map.of(udp(a, OUTSIDE), LOST, tcp(a, OUTSIDE), LOST));
    }

    @Test
    @Rule("X6")
    void it_may_pass_on_by_another_nic_than_it_is_handed_by() {
        Subnet inside = network.subnet(netA, "10.0.3.0/24");
        Nic second = network.secondNic(gate, inside);
        network.lead(netA, network.mainTable(netA), EVERYWHERE, new RequestedTarget.Nic(second.id()));
        network.allow(netA, network.defaultGroup(netA), new Traffic.All(), subnetA.range());
        network.lead(netA, gateTable, "198.51.100.0/24", new RequestedTarget.Nic(second.id()));
        demand(Map.of(udp(a, OUTSIDE), LOST, udp(gate, Ipv4.parse("198.51.100.7")), LOST));

        network.check(second, false);
        demand(Map.of(
                udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                tcp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                ping(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));

        network.check(gate, true);
        demand(Map.of(udp(a, OUTSIDE), LOST, tcp(a, OUTSIDE), LOST));
    }

    @Test
    @Rule({"R6", "X6"})
    void the_way_back_is_that_of_the_nic_by_which_a_machine_sends() {
        NetPeeringId peering = peer();
        Subnet apart = network.subnet(netA, "10.0.3.0/24");
        network.route(netA, network.tableOf(apart), netB.range().toString(), peering);
        network.allow(netA, gates, new Traffic.All(), apart.range());
        network.allow(netA, network.defaultGroup(netA), new Traffic.All(), netB.range());
        Machine first = network.vm(apart);
        Nic led = network.secondNic(first, subnetA);
        Nic past = network.secondNic(a, apart);
        network.check(first, false);
        network.check(a, false);

        demand(Map.of(
                new Probe.Udp(b.name(), led.primaryAddress(), PORT), answeredBy(first.name()),
                new Probe.Tcp(b.name(), led.primaryAddress(), PORT), answeredBy(first.name()),
                new Probe.Udp(first.name(), led.primaryAddress(), b.address(), PORT), answeredBy(b.name()),
                new Probe.Udp(b.name(), past.primaryAddress(), PORT), answeredBy(a.name()),
                new Probe.Udp(a.name(), past.primaryAddress(), b.address(), PORT), answeredBy(b.name()),
                new Probe.Tcp(a.name(), past.primaryAddress(), b.address(), PORT), answeredBy(b.name())));
    }

    @Test
    @Rule({"P11", "X5"})
    void it_is_not_for_peers() {
        NetPeeringId peering = peer();
        network.open(netA);
        network.allow(netA, gates, new Traffic.All(), Cidr.ALL);
        network.route(netB, "203.0.113.0/24", peering);
        network.route(netB, "198.51.100.0/24", peering);

        demand(Map.of(
                udp(b, gate), answeredBy(gate.name()),
                udp(b, OUTSIDE), LOST,
                tcp(b, OUTSIDE), LOST,
                udp(b, PUBLIC_A), LOST,
                udp(b, Ipv4.parse("198.51.100.7")), LOST));
    }

    @Test
    @Rule({"S2", "X6"})
    void its_groups_judge_what_it_is_handed_and_what_it_passes_on() {
        network.revoke(netA, gates, new Traffic.All(), subnetA.range());
        network.allow(netA, gates, UDP_PORT, subnetA.range());
        demand(Map.of(udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE), tcp(a, OUTSIDE), LOST, ping(a, OUTSIDE), LOST));

        network.revokeOutbound(netA, gates);
        demand(Map.of(udp(a, OUTSIDE), LOST, tcp(a, OUTSIDE), LOST));
    }

    @Test
    @Rule({"N3", "X6"})
    void network_acls_judge_what_it_is_handed_and_what_it_passes_on() {
        NetworkAclId acl = network.openAcl(gateSubnet);
        network.deny(netA, acl, 10, Direction.OUTBOUND, UDP_PORT, OUTSIDE + "/32");
        demand(Map.of(udp(a, OUTSIDE), LOST, tcp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));

        network.deny(netA, acl, 11, Direction.INBOUND, new Traffic.All(), a.address() + "/32");
        demand(Map.of(udp(a, OUTSIDE), LOST, tcp(a, OUTSIDE), LOST));
    }

    @Test
    @Rule({"N3", "X6"})
    void an_answer_enters_the_subnet_of_whoever_asked_and_no_other() {
        network.deny(netA, network.openAcl(gateSubnet), 10, Direction.INBOUND, new Traffic.All(), OUTSIDE + "/32");
        demand(Map.of(udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE), tcp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));

        network.deny(netA, network.openAcl(subnetA), 10, Direction.INBOUND, new Traffic.All(), OUTSIDE + "/32");
        demand(Map.of(udp(a, OUTSIDE), ProbeResult.receivedBy(Testbed.OUTSIDE), tcp(a, OUTSIDE), LOST));
    }

    @Test
    @Rule({"S2", "S6", "X6"})
    void what_a_machine_did_not_ask_is_not_answered_to_it() throws IOException {
        network.settle();
        try (Netlink netlink = testbed.machine(gate.id()).openNetlink()) {
            netlink.apply(new NetlinkRequest.AddAddress(new AddressEntry("lo", a.address(), 32)));
        }
        try (UdpStation outside = UdpStation.at(outside(), OUTSIDE, SERVER);
                UdpStation strange = UdpStation.at(testbed.machine(gate.id()), a.address(), CLIENT);
                UdpStation client = station(a)) {
            strange.send("in the name of another", OUTSIDE, SERVER);
            assertThat(outside.receive(PATIENCE)).contains("in the name of another");
            outside.send("answer", PUBLIC_A, outside.lastSender().getPort());
            assertThat(client.receive(SILENCE)).isEmpty();
        }
    }

    @Test
    @Rule({"R6", "S7", "X6", "X7"})
    void a_flow_stops_with_what_made_it_possible_and_goes_on_when_that_is_back() throws IOException {
        network.settle();
        try (UdpStation outside = UdpStation.at(outside(), OUTSIDE, SERVER);
                UdpStation client = station(a)) {
            ask(client, outside, OUTSIDE, "first");

            network.unroute(netA, EVERYWHERE);
            stopped(client, outside, "without a route");
            network.lead(netA, network.mainTable(netA), EVERYWHERE, by(gate));
            goesOn(client, outside, "with a route");

            network.unroute(netA, gateTable, EVERYWHERE);
            stopped(client, outside, "without a route on");
            network.lead(netA, gateTable, EVERYWHERE, out);
            goesOn(client, outside, "with a route on");

            network.check(gate, true);
            stopped(client, outside, "while it is checked");
            network.check(gate, false);
            goesOn(client, outside, "while it is not checked");

            network.revokeOutbound(netA, gates);
            stopped(client, outside, "without a rule");

            network.stop(gate);
            stopped(client, outside, "by nobody");
        }
    }

    @Test
    @Rule({"S7", "X6"})
    void a_flow_that_is_routed_past_it_goes_on_there_and_back() throws IOException {
        network.settle();
        try (UdpStation outside = UdpStation.at(outside(), OUTSIDE, SERVER);
                UdpStation client = station(a)) {
            ask(client, outside, OUTSIDE, "through the appliance");

            network.lead(netA, network.mainTable(netA), EVERYWHERE, out);
            goesOn(client, outside, "past it");

            network.lead(netA, network.mainTable(netA), EVERYWHERE, by(gate));
            goesOn(client, outside, "through it again");
        }
    }

    private void stopped(UdpStation client, UdpStation outside, String words) throws IOException {
        network.settle();
        outside.send(words, PUBLIC_A, CLIENT);
        assertThat(client.receive(SILENCE)).isEmpty();
        client.send(words, OUTSIDE, SERVER);
        assertThat(outside.receive(SILENCE)).isEmpty();
    }

    private void goesOn(UdpStation client, UdpStation outside, String words) throws IOException {
        network.settle();
        ask(client, outside, OUTSIDE, words);
        assertThat(seenAs(outside)).isEqualTo(PUBLIC_A.toString());
    }

    private NetworkNamespace outside() {
        return testbed.namespaces().find(Testbed.OUTSIDE).orElseThrow();
    }

    private UdpStation station(Machine machine) {
        return UdpStation.at(testbed.machine(machine.id()), machine.address(), CLIENT);
    }
}
