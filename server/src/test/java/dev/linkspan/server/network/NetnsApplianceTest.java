package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.LOST;
import static dev.linkspan.server.network.ProbeResult.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.LiveNetwork.Machine;
import dev.linkspan.server.network.linux.Eventually;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.network.vm.UdpStation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Routes that lead to a machine's NIC, seen by packets: {@code a}'s Subnet routes everything to {@code gate}, which stands in a
 * Subnet with a way outside and sends on, with its own address, what it is handed; and which has an address that no Net has.
 */
@Slow
class NetnsApplianceTest extends NetworkScenario {

    private static final Ipv4 PUBLIC_GATE = Ipv4.parse("203.0.113.9");
    private static final Ipv4 PUBLIC_A = Ipv4.parse("203.0.113.10");
    private static final Ipv4 FLOATING = Ipv4.parse("198.51.100.7");
    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final String ELSEWHERE = "198.18.0.0/15";
    private static final Traffic UDP_PORT = new Traffic.Ports(Traffic.UDP, PORT, PORT);
    private static final int CLIENT = 7001;

    @RegisterExtension
    private final NetnsTestbed testbed = new NetnsTestbed();

    private RequestedTarget out;
    private Subnet publicSubnet;
    private RouteTableId publicTable;
    private SecurityGroupId gates;
    private Machine gate;

    @Override
    Testbed testbed() {
        return testbed;
    }

    @BeforeEach
    void appliance() {
        out = new RequestedTarget.InternetService(network.internetService(netA));
        publicSubnet = network.subnet(netA, "10.0.2.0/24");
        publicTable = network.tableOf(publicSubnet);
        network.lead(netA, publicTable, EVERYWHERE, out);
        gates = network.group(netA, "gates");
        network.allow(netA, gates, new Traffic.All(), subnetA.range());
        gate = network.vm(publicSubnet, gates);
        network.linkPublicIp(gate, PUBLIC_GATE);
        network.check(gate, false);
        network.lead(netA, network.mainTable(netA), EVERYWHERE, by(gate));
        network.settle();
        sendOn(gate);
    }

    private static RequestedTarget by(Machine machine) {
        return new RequestedTarget.Nic(machine.nic().id());
    }

    /** What the tenant sets up in it: it forwards with its own address, and has another one besides. */
    private void sendOn(Machine machine) {
        NetworkNamespace inside = testbed.machine(machine.id());
        inside.writeSysctls(Map.of("net/ipv4/ip_forward", "1", "net/ipv4/conf/all/send_redirects", "0"));
        inside.nftables().run("""
                table ip tenant {
                  chain translate {
                    type nat hook postrouting priority srcnat; policy accept;
                    ip saddr != %s snat to %s
                  }
                }
                """.formatted(FLOATING, machine.address()));
        try (Netlink netlink = inside.openNetlink()) {
            netlink.apply(new NetlinkRequest.AddAddress(new AddressEntry("lo", FLOATING, 32)));
        }
    }

    @Test
    @Rule("X6")
    void a_nic_is_handed_what_a_route_leads_to_it_whatever_its_destination() {
        demand(Map.of(
                udp(a, FLOATING), answeredBy(gate.name()),
                tcp(a, FLOATING), answeredBy(gate.name()),
                ping(a, FLOATING), answeredBy(gate.name()),
                udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                tcp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE),
                ping(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));
    }

    @Test
    @Rule("X6")
    void it_gets_nothing_while_its_source_is_checked() {
        network.check(gate, true);
        demand(Map.of(udp(a, FLOATING), LOST, ping(a, FLOATING), LOST, udp(a, OUTSIDE), LOST));

        network.check(gate, false);
        demand(Map.of(udp(a, FLOATING), answeredBy(gate.name()), udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));
    }

    @Test
    @Rule("X7")
    void a_route_to_a_machine_that_is_stopped_drops_though_a_shorter_one_would_lead_elsewhere() {
        network.linkPublicIp(a, PUBLIC_A);
        network.lead(netA, network.mainTable(netA), EVERYWHERE, out);
        network.lead(netA, network.mainTable(netA), "203.0.113.0/24", by(gate));
        demand(Map.of(udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));

        network.stop(gate);
        demand(Map.of(udp(a, OUTSIDE), LOST));

        network.unroute(netA, "203.0.113.0/24");
        demand(Map.of(udp(a, OUTSIDE), answeredBy(Testbed.OUTSIDE)));
    }

    @Test
    @Rule({"S2", "S3", "X6"})
    void the_groups_of_both_ends_judge_what_is_handed_over() {
        network.revoke(netA, gates, new Traffic.All(), subnetA.range());
        demand(Map.of(udp(a, FLOATING), LOST, ping(a, FLOATING), LOST, udp(a, OUTSIDE), LOST));

        network.allow(netA, gates, UDP_PORT, Cidr.parse(a.address() + "/32"));
        demand(Map.of(
                udp(a, FLOATING),
                answeredBy(gate.name()),
                udp(a, OUTSIDE),
                answeredBy(Testbed.OUTSIDE),
                tcp(a, OUTSIDE),
                LOST,
                ping(a, FLOATING),
                LOST));

        network.revokeOutbound(netA, network.defaultGroup(netA));
        demand(Map.of(udp(a, FLOATING), LOST, udp(a, OUTSIDE), LOST));
    }

    @Test
    @Rule({"N3", "X6"})
    void network_acls_judge_what_is_handed_over() {
        network.deny(netA, network.openAcl(publicSubnet), 10, Direction.INBOUND, UDP_PORT, a.address() + "/32");

        demand(Map.of(udp(a, FLOATING), LOST, udp(a, OUTSIDE), LOST, tcp(a, FLOATING), answeredBy(gate.name())));
    }

    @Test
    @Rule({"P11", "X5"})
    void appliances_are_not_for_peers() {
        network.allow(netA, gates, new Traffic.All(), Cidr.ALL);
        network.open(netA);
        network.open(netB);
        NetPeeringId peering = network.connect(netA, netB);
        network.route(netA, publicTable, netB.range().toString(), peering);
        network.route(netB, FLOATING + "/32", peering);
        network.route(netB, "203.0.113.0/24", peering);

        demand(Map.of(
                udp(b, gate), answeredBy(gate.name()),
                udp(b, FLOATING), LOST,
                ping(b, FLOATING), LOST,
                udp(b, OUTSIDE), LOST,
                tcp(b, OUTSIDE), LOST));
    }

    @Test
    @Rule("X6")
    void an_appliance_may_send_on_to_a_peer_with_its_own_address() {
        network.open(netB);
        NetPeeringId peering = network.peer(netA, netB);
        network.route(netA, publicTable, netB.range().toString(), peering);
        network.route(netB, gate.address() + "/32", peering);

        demand(Map.of(
                udp(a, b), answeredBy(b.name()), tcp(a, b), answeredBy(b.name()), ping(a, b), answeredBy(b.name())));
        demand(Map.of(udp(b, a), LOST));
    }

    @Test
    @Rule("X6")
    void what_its_own_routes_lead_back_to_it_is_lost() {
        network.lead(netA, publicTable, EVERYWHERE, by(gate));

        demand(Map.of(udp(a, OUTSIDE), LOST, udp(a, FLOATING), answeredBy(gate.name()), udp(gate, OUTSIDE), LOST));
    }

    /** Its kernel takes in nothing from its own address. What else may run there could send it round for ever. */
    @Test
    @Rule("X6")
    void what_its_own_routes_lead_back_to_it_does_not_come_in_again() throws IOException {
        network.lead(netA, publicTable, EVERYWHERE, by(gate));
        network.allow(netA, gates, new Traffic.All(), publicSubnet.range());
        network.settle();
        try (MachineTap tap = testbed.tap(gate.id());
                UdpStation itself = UdpStation.at(testbed.machine(gate.id()), gate.address(), CLIENT);
                UdpStation client = station(a)) {
            itself.send("round and round", OUTSIDE, SERVER);
            client.send("the next one", FLOATING, SERVER);

            assertThat(heardUntil(tap, "the next one")).noneMatch(heard -> heard.contains("round and round"));
        }
    }

    private static List<String> heardUntil(MachineTap tap, String words) {
        List<String> heard = new ArrayList<>();
        Eventually.holds(() -> {
            tap.poll()
                    .map(frame -> new String(frame, StandardCharsets.ISO_8859_1))
                    .ifPresent(heard::add);
            return heard.stream().anyMatch(it -> it.contains(words));
        });
        return heard;
    }

    @Test
    @Rule({"R6", "S7", "X6"})
    void a_flow_stops_with_its_route_and_its_rule() throws IOException {
        network.settle();
        try (UdpStation server = UdpStation.at(testbed.machine(gate.id()), FLOATING, SERVER);
                UdpStation client = station(a)) {
            ask(client, server, "first");

            network.unroute(netA, EVERYWHERE);
            network.settle();
            server.send("without a route", a.address(), CLIENT);
            assertThat(client.receive(SILENCE)).isEmpty();

            network.lead(netA, network.mainTable(netA), EVERYWHERE, by(gate));
            network.settle();
            server.send("again", a.address(), CLIENT);
            assertThat(client.receive(PATIENCE)).contains("again");

            network.revoke(netA, gates, new Traffic.All(), subnetA.range());
            network.settle();
            server.send("without a rule", a.address(), CLIENT);
            assertThat(client.receive(SILENCE)).isEmpty();
            client.send("without a rule", FLOATING, SERVER);
            assertThat(server.receive(SILENCE)).isEmpty();
        }
    }

    @Test
    @Rule({"S7", "X6"})
    void a_flow_that_is_routed_another_way_goes_on_there() throws IOException {
        network.linkPublicIp(a, PUBLIC_A);
        Net netC = network.net(network.account(), "198.51.100.0/24");
        Machine c = network.vm(network.subnet(netC, "198.51.100.0/28"));
        network.open(netC);
        network.settle();
        try (UdpStation outside = UdpStation.at(outside(), OUTSIDE, SERVER);
                UdpStation client = station(a)) {
            ask(client, outside, OUTSIDE, "through the appliance");
            assertThat(seenAs(outside)).isEqualTo(PUBLIC_GATE.toString());

            network.lead(netA, network.mainTable(netA), EVERYWHERE, out);
            network.settle();
            ask(client, outside, OUTSIDE, "with its own address");
            assertThat(seenAs(outside)).isEqualTo(PUBLIC_A.toString());

            network.lead(netA, network.mainTable(netA), EVERYWHERE, by(gate));
            network.settle();
            ask(client, outside, OUTSIDE, "through the appliance again");
            assertThat(seenAs(outside)).isEqualTo(PUBLIC_GATE.toString());
        }
        try (UdpStation server = UdpStation.at(testbed.machine(c.id()), c.address(), SERVER);
                UdpStation client = station(a)) {
            client.send("to nobody", c.address(), SERVER);
            assertThat(server.receive(SILENCE)).isEmpty();

            network.connect(netA, netC);
            network.settle();
            ask(client, server, c.address(), "to the peer");
            assertThat(seenAs(server)).isEqualTo(a.address().toString());
        }
    }

    @Test
    @Rule({"R6", "X6"})
    void an_answer_from_another_machine_than_the_routes_lead_to_is_none() throws IOException {
        Machine other = network.vm(publicSubnet, gates);
        network.check(other, false);
        network.settle();
        sendOn(other);
        try (UdpStation server = UdpStation.at(testbed.machine(gate.id()), FLOATING, SERVER);
                UdpStation client = station(a);
                UdpStation wrong = UdpStation.at(testbed.machine(other.id()), FLOATING, SERVER)) {
            ask(client, server, "to the right one");

            wrong.send("from the wrong one", a.address(), CLIENT);
            assertThat(client.receive(SILENCE)).isEmpty();

            network.lead(netA, network.mainTable(netA), ELSEWHERE, by(other));
            network.settle();
            wrong.send("from one that is handed something else", a.address(), CLIENT);
            assertThat(client.receive(SILENCE)).isEmpty();

            network.lead(netA, network.mainTable(netA), EVERYWHERE, by(other));
            network.settle();
            ask(client, wrong, "to the other one");
        }
    }

    private static void ask(UdpStation client, UdpStation server, String words) throws IOException {
        ask(client, server, FLOATING, words);
    }

    private NetworkNamespace outside() {
        return testbed.namespaces().find(Testbed.OUTSIDE).orElseThrow();
    }

    private UdpStation station(Machine machine) {
        return UdpStation.at(testbed.machine(machine.id()), machine.address(), CLIENT);
    }
}
