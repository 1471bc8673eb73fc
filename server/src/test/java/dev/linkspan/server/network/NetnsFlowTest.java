package dev.linkspan.server.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.LiveNetwork.Machine;
import dev.linkspan.server.network.linux.conntrack.ConnectionTracking;
import dev.linkspan.server.network.linux.conntrack.TrackedFlow;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.ChangeDevice;
import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.network.vm.UdpStation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Flows that live on while the network changes under them: UDP between fixed ports, as WireGuard, NTP or syslog have them.
 * The machine {@code a} asks {@code b}, which answers.
 */
@Slow
class NetnsFlowTest extends NetworkScenario {

    private static final int CLIENT = 7001;
    private static final int SERVER = 53;
    private static final Cidr EVERYBODY_IN_A = Cidr.parse("10.0.0.0/16");
    private static final Traffic DNS = new Traffic.Ports(Traffic.UDP, SERVER, SERVER);

    @RegisterExtension
    private final NetnsTestbed testbed = new NetnsTestbed();

    private UdpStation client;
    private UdpStation server;

    @Override
    Testbed testbed() {
        return testbed;
    }

    private NetworkNamespace machine(VmId vm) {
        return testbed.machine(vm);
    }

    @BeforeEach
    void listen() {
        network.settle();
        client = station(a, CLIENT);
        server = station(b, SERVER);
    }

    @AfterEach
    void hangUp() throws IOException {
        client.close();
        server.close();
    }

    @Test
    @Rule("S7")
    void a_flow_with_fixed_ports_goes_on_when_the_same_nets_peer_again() throws IOException {
        NetPeeringId first = openedByRule();
        assertThat(asks("before")).isTrue();
        assertThat(answers("before")).isTrue();

        network.delete(netA, first);
        network.settle();
        assertThat(asks("without a peering")).isFalse();
        assertThat(answers("without a peering")).isFalse();

        network.unroute(netA, "10.1.0.0/16");
        network.unroute(netB, "10.0.0.0/16");
        network.connect(netA, netB);
        network.settle();
        assertThat(asks("again")).isTrue();
        assertThat(answers("again")).isTrue();
    }

    @Test
    @Rule({"S3", "S7"})
    void a_flow_whose_rule_is_removed_stops_in_both_directions_and_goes_on_when_the_rule_is_back() throws IOException {
        openedByRule();
        assertThat(asks("allowed")).isTrue();
        assertThat(answers("allowed")).isTrue();

        network.revoke(netB, network.defaultGroup(netB), DNS, EVERYBODY_IN_A);
        network.settle();
        for (int i = 0; i < 3; i++) {
            assertThat(answers("revoked " + i)).isFalse();
            assertThat(asks("revoked " + i)).isFalse();
        }

        network.allow(netB, network.defaultGroup(netB), DNS, EVERYBODY_IN_A);
        network.settle();
        assertThat(answers("allowed again")).isTrue();
        assertThat(asks("allowed again")).isTrue();
    }

    @Test
    @Rule("S3")
    void a_flow_whose_outbound_rule_is_removed_stops_in_both_directions() throws IOException {
        openedByRule();
        assertThat(asks("allowed")).isTrue();

        network.revokeOutbound(netA, network.defaultGroup(netA));
        network.settle();

        assertThat(answers("revoked")).isFalse();
        assertThat(asks("revoked")).isFalse();
    }

    @Test
    @Rule({"R6", "S7"})
    void no_answer_comes_back_when_the_route_of_the_question_is_gone() throws IOException {
        NetPeeringId peering = openedByRule();
        assertThat(asks("routed")).isTrue();

        network.unroute(netA, "10.1.0.0/16");
        network.settle();
        assertThat(answers("without a route")).isFalse();

        network.route(netA, "10.1.1.0/24", peering);
        network.settle();
        assertThat(answers("routed again")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Rule("P13")
    void an_answer_to_one_peer_never_reaches_another_with_the_same_address(boolean routedOneAsksFirst)
            throws IOException {
        Net twin = network.net(network.account(), "10.0.0.0/16");
        Machine other = network.vm(network.subnet(twin, "10.0.1.0/24"));
        assertThat(other.address()).isEqualTo(a.address());
        openedByRule();
        network.route(twin, "10.1.0.0/16", network.peer(twin, netB));
        network.settle();

        try (UdpStation twins = station(other, CLIENT)) {
            UdpStation first = routedOneAsksFirst ? client : twins;
            UdpStation second = routedOneAsksFirst ? twins : client;
            first.send("first", b.address(), SERVER);
            assertThat(server.receive(PATIENCE)).contains("first");
            second.send("second", b.address(), SERVER);
            server.receive(SILENCE);

            server.send("answer to the first", a.address(), CLIENT);

            assertThat(second.receive(SILENCE)).isEmpty();
            assertThat(first.receive(PATIENCE)).isEqualTo(expectedAnswer(routedOneAsksFirst));
        }
    }

    /** The server's Net routes to {@code a} alone: what it says to the other one is lost. */
    private static Optional<String> expectedAnswer(boolean routedOneAsksFirst) {
        return routedOneAsksFirst ? Optional.of("answer to the first") : Optional.empty();
    }

    @ParameterizedTest(name = "seen without a route between: {0}")
    @ValueSource(booleans = {true, false})
    @Rule({"P13", "S7"})
    void when_the_route_moves_to_the_other_peer_its_flow_begins_though_the_ends_are_equal(boolean seenBetween)
            throws IOException {
        Net twin = network.net(network.account(), "10.0.0.0/16");
        Machine other = network.vm(network.subnet(twin, "10.0.1.0/24"));
        openedByRule();
        NetPeeringId toTwin = network.peer(twin, netB);
        network.route(twin, "10.1.0.0/16", toTwin);
        assertThat(asks("of the first peer")).isTrue();

        network.unroute(netB, "10.0.0.0/16");
        if (seenBetween) {
            network.settle();
        }
        network.route(netB, "10.0.0.0/16", toTwin);
        network.settle();

        try (UdpStation twins = station(other, CLIENT)) {
            twins.send("of the other peer", b.address(), SERVER);
            assertThat(server.receive(PATIENCE)).contains("of the other peer");
            server.send("answer", other.address(), CLIENT);
            assertThat(twins.receive(PATIENCE)).contains("answer");
            assertThat(client.receive(SILENCE)).isEmpty();
        }
    }

    @Test
    @Rule("S7")
    void where_only_the_other_end_may_still_begin_its_packets_begin_a_flow() throws IOException {
        openedByRule();
        network.allow(netA, network.defaultGroup(netA), new Traffic.All(), Cidr.ALL);
        network.settle();
        assertThat(asks("from a")).isTrue();
        assertThat(answers("from b")).isTrue();

        network.revokeOutbound(netA, network.defaultGroup(netA));
        network.settle();

        assertThat(asks("a may not begin")).isFalse();
        assertThat(answers("but b may")).isTrue();
        assertThat(asks("and a may answer")).isTrue();
    }

    @Test
    @Rule("S7")
    void where_the_peer_lets_it_in_what_was_asked_before_may_begin_though_it_may_not_be_asked_any_more()
            throws IOException {
        openedByRule();
        network.allow(netA, network.defaultGroup(netA), new Traffic.All(), Cidr.ALL);
        network.settle();
        assertThat(asks("from a")).isTrue();

        network.revoke(netB, network.defaultGroup(netB), DNS, EVERYBODY_IN_A);
        network.settle();

        assertThat(asks("a may not begin")).isFalse();
        assertThat(answers("but b may")).isTrue();
        assertThat(asks("and a may answer")).isTrue();
    }

    @Test
    @Rule("S7")
    void nothing_that_is_tracked_outlives_its_peering() throws IOException {
        Net third = network.net(network.account(), "10.2.0.0/16");
        Machine c = network.vm(network.subnet(third, "10.2.1.0/24"));
        NetPeeringId peering = openedByRule();
        network.connect(third, netB);
        network.allow(netB, network.defaultGroup(netB), DNS, Cidr.parse("10.2.0.0/16"));
        network.settle();
        assertThat(asks("from a")).isTrue();
        try (UdpStation another = station(c, CLIENT)) {
            another.send("from c", b.address(), SERVER);
            assertThat(server.receive(PATIENCE)).contains("from c");
            assertThat(flows(netA)).hasSize(1);
            assertThat(flows(netB)).hasSize(2);

            network.delete(netB, peering);
            network.settle();

            assertThat(flows(netA)).isEmpty();
            assertThat(flows(netB)).extracting(TrackedFlow::opener).containsExactly(c.address());
        }
    }

    @Test
    @Rule("S7")
    void nothing_that_is_tracked_outlives_its_machine() throws IOException {
        openedByRule();
        assertThat(asks("from a")).isTrue();

        network.change(netA.owner(), unit -> network.vms.delete(unit, netA.owner(), List.of(a.id())));
        network.settle();

        assertThat(flows(netA)).isEmpty();
    }

    @Test
    @Rule("S7")
    void a_server_that_starts_again_forgets_what_ended_meanwhile_and_nothing_else() throws IOException {
        NetPeeringId peering = openedByRule();
        assertThat(asks("before")).isTrue();

        network.restartWith(openDriver(), Duration.ofDays(1));
        assertThat(flows(netB)).hasSize(1);
        assertThat(answers("after")).isTrue();

        network.stopDriving();
        network.delete(netA, peering);
        network.restartWith(openDriver(), Duration.ofDays(1));
        assertThat(flows(netB)).isEmpty();
    }

    @Test
    void a_packet_that_is_too_large_for_the_peering_is_answered_by_the_router_that_found_it_so() throws IOException {
        NetPeeringId peering = openedByRule();
        narrow(peering, 1400);
        String large = "x".repeat(4000);
        client.withoutFragments();

        client.send(large, b.address(), SERVER);
        assertThat(server.receive(SILENCE)).isEmpty();

        assertThatThrownBy(() -> client.send(large, b.address(), SERVER)).isInstanceOf(IOException.class);
        assertThat(asks("x".repeat(1300))).isTrue();
    }

    /** The first one may tell its sender of the narrow link, who cuts the second one himself (RFC 1191). */
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 100, 1372, 1373, 1500, 2752, 2753, 9000, 20_000, 65_000})
    void a_packet_of_any_size_passes_a_narrow_peering_in_fragments(int size) throws IOException {
        narrow(openedByRule(), 1400);

        boolean asked = asks("q".repeat(size));
        assertThat(asked || asks("Q".repeat(size))).isTrue();
        boolean answered = answers("r".repeat(size));
        assertThat(answered || answers("R".repeat(size))).isTrue();
    }

    /** The kernel looks after a link that has come up when it finds the time; until then its first packet would be lost. */
    @Test
    void the_first_packet_through_a_link_that_has_just_come_up_arrives() throws IOException {
        NetPeeringId peering = openedByRule();
        assertThat(asks("at first")).isTrue();
        for (int i = 0; i < 20; i++) {
            network.change(netB.owner(), unit -> network.vms.stop(unit, netB.owner(), List.of(b.id())));
            network.settle();
            noticeThatTheLinkIsDown();
            network.change(netB.owner(), unit -> network.vms.start(unit, netB.owner(), List.of(b.id())));
            network.settle();
            assertThat(answers("after the start " + i)).isTrue();
            assertThat(asks("after the start " + i)).isTrue();

            network.delete(netA, peering);
            network.unroute(netA, "10.1.0.0/16");
            network.unroute(netB, "10.0.0.0/16");
            peering = network.connect(netA, netB);
            network.settle();
            assertThat(asks("after the peering " + i)).isTrue();
        }
    }

    private void noticeThatTheLinkIsDown() {
        try (Netlink netlink = machine(b.id()).openNetlink()) {
            netlink.noteCarrier(List.of("eth0"));
        }
    }

    private NetPeeringId openedByRule() {
        NetPeeringId peering = network.connect(netA, netB);
        network.allow(netB, network.defaultGroup(netB), DNS, EVERYBODY_IN_A);
        network.settle();
        return peering;
    }

    private boolean asks(String text) throws IOException {
        client.send(text, b.address(), SERVER);
        return arrives(text, server);
    }

    private boolean answers(String text) throws IOException {
        server.send(text, a.address(), CLIENT);
        return arrives(text, client);
    }

    private static boolean arrives(String text, UdpStation at) throws IOException {
        return at.receive(SILENCE).filter(text::equals).isPresent();
    }

    private UdpStation station(Machine machine, int port) {
        return UdpStation.at(machine(machine.id()), machine.address(), port);
    }

    private List<TrackedFlow> flows(Net net) {
        try (ConnectionTracking tracking = router(net).openConnectionTracking()) {
            return tracking.flows();
        }
    }

    private NetworkNamespace router(Net net) {
        return testbed.router(net.id()).orElseThrow();
    }

    /** Both ends of the peering's link: what is too large is found at the end that it would leave by. */
    private void narrow(NetPeeringId peering, int mtu) {
        String link = peering.value().replace("pcx-", "p");
        for (Net net : List.of(netA, netB)) {
            try (Netlink netlink = router(net).openNetlink()) {
                netlink.apply(ChangeDevice.up(link).withMtu(mtu));
            }
        }
    }
}
