package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.LOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.server.network.LiveNetwork.Machine;
import dev.linkspan.server.network.vm.UdpStation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two tenants, A and B, each with a Net, a Subnet and a machine, on a network that carries real packets. */
abstract class NetworkScenario {

    static final int PORT = 5000;
    static final int OTHER_PORT = 6000;
    private static final int FLOW_PORT = 7007;
    /** Where servers listen that answer by hand. */
    static final int SERVER = 53;

    /** The first address of the public ones, which outside has. */
    static final Ipv4 OUTSIDE = Ipv4.parse("203.0.113.1");

    static final Duration PATIENCE = Duration.ofSeconds(3);
    static final Duration SILENCE = Duration.ofMillis(700);

    LiveNetwork network;
    Net netA;
    Net netB;
    Subnet subnetA;
    Subnet subnetB;
    Machine a;
    Machine b;

    /** What carries the packets. */
    abstract Testbed testbed();

    /** A driver on what the last one left. */
    Driver openDriver() {
        return testbed().openDriver();
    }

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

    final void demand(Map<Probe, ProbeResult> expected) {
        network.settle();
        List<VmId> everyone = network.read(snapshot -> snapshot.nets().ids().stream()
                .flatMap(net -> snapshot.vms().ofNet(net).stream())
                .filter(Vm::exists)
                .map(Vm::id)
                .toList());
        try (Prober prober = testbed().prober(everyone, Set.of(PORT, OTHER_PORT))) {
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

    static Probe ping(Machine from, Nic to) {
        return new Probe.Icmp(from.name(), to.primaryAddress());
    }

    static Probe udp(Machine from, Machine to) {
        return new Probe.Udp(from.name(), to.address(), PORT);
    }

    static Probe tcp(Machine from, Machine to) {
        return new Probe.Tcp(from.name(), to.address(), PORT);
    }

    static Probe udp(Machine from, Ipv4 to) {
        return new Probe.Udp(from.name(), to, PORT);
    }

    static Probe tcp(Machine from, Ipv4 to) {
        return new Probe.Tcp(from.name(), to, PORT);
    }

    static Probe ping(Machine from, Ipv4 to) {
        return new Probe.Icmp(from.name(), to);
    }

    static Probe fromOutside(Ipv4 to) {
        return new Probe.Udp(Testbed.OUTSIDE, to, PORT);
    }

    /**
     * Sends a question that arrives and is answered; the answer arrives too.
     *
     * @return the port from which the question came for the server
     */
    static int ask(UdpStation client, UdpStation server, Ipv4 to, String words) throws IOException {
        client.send(words, to, SERVER);
        assertThat(server.receive(PATIENCE)).contains(words);
        int port = server.lastSender().getPort();
        server.send("answer to " + words, Ipv4.parse(seenAs(server)), port);
        assertThat(client.receive(PATIENCE)).contains("answer to " + words);
        return port;
    }

    /** From which address the last question came for the server. */
    static String seenAs(UdpStation server) {
        return server.lastSender().getAddress().getHostAddress();
    }

    final LiveFlow flow(Machine from, Machine to) throws IOException {
        return testbed().connect(from.id(), to.id(), to.address(), FLOW_PORT);
    }
}
