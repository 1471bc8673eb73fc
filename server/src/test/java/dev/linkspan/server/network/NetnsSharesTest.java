package dev.linkspan.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.port.FlowTables.FlowTable;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.LiveNetwork.Machine;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.network.vm.UdpStation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one NIC or one peering may take of a Net's table of flows. Machine {@code b} is asked by whoever can reach it. */
class NetnsSharesTest extends NetworkScenario {

    private static final int PEERINGS = 20;
    private static final int NICS = 30;
    private static final int OPEN = 53;
    private static final int SHUT = 54;
    private static final Traffic ASKED = new Traffic.Ports(Traffic.UDP, OPEN, OPEN);

    @RegisterExtension
    private final NetnsTestbed testbed = new NetnsTestbed();

    private final List<UdpStation> clients = new ArrayList<>();
    private Driver driver;
    private UdpStation server;
    private Machine neighbour;
    private Machine c;
    private NetPeeringId peering;

    @Override
    Testbed testbed() {
        return testbed;
    }

    @Override
    Driver openDriver() {
        driver = testbed.openDriver(new FlowLimits(NICS, PEERINGS));
        return driver;
    }

    private NetworkNamespace machine(VmId vm) {
        return testbed.machine(vm);
    }

    @BeforeEach
    void connect() {
        Net third = network.net(network.account(), "10.2.0.0/16");
        c = network.vm(network.subnet(third, "10.2.1.0/24"));
        neighbour = network.vm(subnetB);
        peering = network.connect(netA, netB);
        network.connect(third, netB);
        network.allow(netB, network.defaultGroup(netB), ASKED, Cidr.ALL);
        network.settle();
        server = UdpStation.at(machine(b.id()), b.address(), OPEN);
    }

    @AfterEach
    void hangUp() throws IOException {
        server.close();
        for (UdpStation client : clients) {
            client.close();
        }
    }

    @Test
    void a_peer_that_has_taken_its_share_begins_no_more_flows_and_nobody_else_is_held_up() throws IOException {
        assertThat(opens(a, PEERINGS)).isEqualTo(PEERINGS);

        assertThat(opens(a, 1)).isZero();
        assertThat(opens(c, 1)).isOne();
        assertThat(opens(neighbour, 1)).isOne();
        assertThat(clients.getFirst())
                .satisfies(first -> assertThat(asks(first, "goes on")).isTrue());
        assertThat(table(netB)).satisfies(table -> {
            assertThat(table.fullPeerings()).containsExactly(peering);
            assertThat(table.fullNics()).isEmpty();
            assertThat(table.flows()).isEqualTo(PEERINGS + 2);
            assertThat(table.full()).isFalse();
        });
        assertThat(table(netA).drops()).isFalse();
    }

    @Test
    void a_nic_that_has_taken_its_share_begins_no_more_flows_and_nobody_else_is_held_up() throws IOException {
        assertThat(opens(neighbour, NICS)).isEqualTo(NICS);

        assertThat(opens(neighbour, 1)).isZero();
        assertThat(opens(a, 1)).isOne();
        assertThat(table(netB).fullNics()).containsExactly(neighbour.nic().id());
        assertThat(table(netB).fullPeerings()).isEmpty();
    }

    @Test
    @Rule("S7")
    void the_place_of_a_peering_goes_with_it() throws IOException {
        opens(a, PEERINGS);
        network.delete(netA, peering);
        network.settle();
        assertThat(table(netB).flows()).isZero();

        network.unroute(netA, "10.1.0.0/16");
        network.unroute(netB, "10.0.0.0/16");
        network.connect(netA, netB);
        network.settle();

        assertThat(opens(a, PEERINGS)).isEqualTo(PEERINGS);
    }

    @Test
    void flows_that_end_give_their_places_back() throws IOException {
        for (Net net : List.of(netA, netB)) {
            router(net).writeSysctls(Map.of("net/netfilter/nf_conntrack_udp_timeout", "1"));
        }
        opens(a, PEERINGS);
        assertThat(opens(a, 1)).isZero();
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();

        int opened = 0;
        while (opened == 0 && System.nanoTime() < deadline) {
            opened = opens(a, 1);
        }

        assertThat(opened).isOne();
        assertThat(opens(a, PEERINGS / 2)).isEqualTo(PEERINGS / 2);
    }

    @Test
    void what_is_not_let_in_takes_no_place() throws IOException {
        Machine another = network.vm(subnetA);
        network.settle();
        UdpStation client = client(a);
        for (int i = 0; i < PEERINGS; i++) {
            client.send("refused", b.address(), SHUT + i);
        }

        assertThat(opens(another, PEERINGS)).isEqualTo(PEERINGS);
    }

    @Test
    void a_flow_takes_one_place_however_many_packets_ask_in_it() throws IOException {
        UdpStation client = client(a);
        for (int i = 0; i < 5 * PEERINGS; i++) {
            assertThat(asks(client, "again " + i)).isTrue();
        }

        assertThat(opens(a, PEERINGS - 1)).isEqualTo(PEERINGS - 1);
        assertThat(opens(a, 1)).isZero();
    }

    @Test
    void what_nobody_keeps_alive_is_forgotten_soon_and_an_idle_connection_is_not() {
        assertThat(timeout("udp_timeout")).isLessThanOrEqualTo(30);
        assertThat(timeout("tcp_timeout_syn_recv")).isLessThanOrEqualTo(30);
        assertThat(timeout("tcp_timeout_time_wait")).isLessThanOrEqualTo(30);
        assertThat(timeout("tcp_timeout_established"))
                .isGreaterThan(Duration.ofMinutes(124).toSeconds())
                .isLessThan(Duration.ofHours(5).toSeconds());
    }

    private long timeout(String name) {
        return Long.parseLong(router(netB).readSysctl("net/netfilter/nf_conntrack_" + name));
    }

    /** Asks from so many new ports, and says how many were heard. */
    private int opens(Machine from, int flows) throws IOException {
        int heard = 0;
        for (int i = 0; i < flows; i++) {
            UdpStation client = client(from);
            heard += asks(client, "flow " + clients.size()) ? 1 : 0;
        }
        return heard;
    }

    private UdpStation client(Machine from) {
        UdpStation client = UdpStation.at(machine(from.id()), from.address(), 0);
        clients.add(client);
        return client;
    }

    private boolean asks(UdpStation client, String text) throws IOException {
        client.send(text, b.address(), OPEN);
        return server.receive(SILENCE).filter(text::equals).isPresent();
    }

    private FlowTable table(Net net) {
        return driver.flowTable(net.id()).orElseThrow();
    }

    private NetworkNamespace router(Net net) {
        return testbed.router(net.id()).orElseThrow();
    }
}
