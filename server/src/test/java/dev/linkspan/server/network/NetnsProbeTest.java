package dev.linkspan.server.network;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.netns.NetnsTestbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Probes that the server itself sends from a VM, against machines that answer, refuse and keep silent. */
@Slow
class NetnsProbeTest extends NetworkScenario {

    @RegisterExtension
    private final NetnsTestbed testbed = new NetnsTestbed();

    @Override
    Testbed testbed() {
        return testbed;
    }

    private NetworkNamespace machine(VmId vm) {
        return testbed.machine(vm);
    }

    private ProbeAnswer ping() {
        return send(new ProbePacket.Echo(b.address()));
    }

    private ProbeAnswer send(ProbePacket packet) {
        network.settle();
        return network.probe(a, packet);
    }

    private void connectAndOpen() {
        network.connect(netA, netB);
        network.open(netB);
        network.settle();
    }

    @Test
    void an_echo_request_is_answered_where_the_path_is_open_and_not_before() {
        network.connect(netA, netB);
        ProbeAnswer closed = ping();
        network.open(netB);
        ProbeAnswer open = ping();

        assertThat(closed.sent()).isTrue();
        assertThat(closed.roundTrip()).isEmpty();
        assertThat(closed.detail()).contains("Nothing came back from " + b.address());
        assertThat(open.roundTrip()).isPresent();
        assertThat(open.detail()).contains("answered");
    }

    @Test
    void each_probe_hears_its_own_answer() throws Exception {
        connectAndOpen();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ProbeAnswer>> answers = IntStream.range(0, 8)
                    .mapToObj(i -> crowd.submit(() ->
                            network.probe(a, new ProbePacket.Echo(i % 2 == 0 ? b.address() : Ipv4.parse("10.1.1.77")))))
                    .toList();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get().roundTrip().isPresent())
                        .as("probe %d", i)
                        .isEqualTo(i % 2 == 0);
            }
        }
    }

    @Test
    void a_connection_comes_about_where_somebody_listens() throws IOException {
        connectAndOpen();
        try (ServerSocketChannel listener = machine(b.id()).call(() -> listener())) {
            assertThat(listener.isOpen()).isTrue();

            ProbeAnswer answer = send(new ProbePacket.Connection(b.address(), PORT));

            assertThat(answer.roundTrip()).isPresent();
            assertThat(answer.detail()).contains("accepted a connection to TCP port 5000");
        }
    }

    @Test
    void that_nobody_listens_is_an_answer_too() {
        connectAndOpen();

        ProbeAnswer tcp = send(new ProbePacket.Connection(b.address(), OTHER_PORT));
        ProbeAnswer udp = send(new ProbePacket.Datagram(b.address(), OTHER_PORT));

        assertThat(tcp.roundTrip()).isPresent();
        assertThat(tcp.detail()).contains("nobody listens on TCP port 6000");
        assertThat(udp.roundTrip()).isPresent();
        assertThat(udp.detail()).contains("nobody listens on UDP port 6000");
    }

    @Test
    void a_datagram_is_answered_by_whoever_does() throws Exception {
        connectAndOpen();
        try (DatagramChannel receiver = machine(b.id()).call(() -> receiver())) {
            Thread answering = Thread.ofVirtual().start(() -> answer(receiver));

            ProbeAnswer answer = send(new ProbePacket.Datagram(b.address(), PORT));

            assertThat(answer.roundTrip()).isPresent();
            assertThat(answer.detail()).contains("answered from UDP port 5000");
            answering.join();
        }
    }

    @Test
    void a_port_that_no_rule_opens_keeps_silent() {
        network.connect(netA, netB);
        network.allow(netB, network.defaultGroup(netB), new Traffic.Ports(Traffic.TCP, PORT, PORT), Cidr.ALL);

        assertThat(send(new ProbePacket.Connection(b.address(), PORT)).roundTrip())
                .isPresent();
        assertThat(send(new ProbePacket.Connection(b.address(), OTHER_PORT)).roundTrip())
                .isEmpty();
    }

    @Test
    void what_the_machine_cannot_send_is_told() {
        ProbeAnswer answer = send(new ProbePacket.Echo(Ipv4.parse("255.255.255.255")));

        assertThat(answer.sent()).isFalse();
        assertThat(answer.detail()).contains("could not send to 255.255.255.255");
    }

    @Test
    void a_machine_that_the_network_does_not_have_is_refused() {
        network.settle();

        assertRefused(
                        RefusalCode.INVALID_STATE,
                        () -> network.probe(VmId.KIND.of(0xffff), new ProbePacket.Echo(b.address())))
                .contains("i-0000ffff");
    }

    @Test
    void nothing_stays_open_behind_a_probe() throws IOException {
        connectAndOpen();
        ping();
        long before = descriptors();

        for (int i = 0; i < 20; i++) {
            ping();
            send(new ProbePacket.Connection(b.address(), OTHER_PORT));
            send(new ProbePacket.Datagram(b.address(), OTHER_PORT));
        }

        assertThat(descriptors()).isLessThan(before + 10);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static ServerSocketChannel listener() {
        try {
            return ServerSocketChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress(PORT));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static DatagramChannel receiver() {
        try {
            return DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress(PORT));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void answer(DatagramChannel receiver) {
        try {
            ByteBuffer datagram = ByteBuffer.allocate(16);
            SocketAddress from = receiver.receive(datagram);
            receiver.send(datagram.flip(), from);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
