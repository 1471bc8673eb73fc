package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.server.network.linux.SystemCallException;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.socket.EchoSocket;
import dev.linkspan.server.network.linux.socket.InetAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends a probe from a VM's namespace. The sockets are opened in it by one of the threads that may enter it, and used by
 * whoever asks.
 */
public final class ProbeSender {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 4;
    private static final byte[] NOTHING_MUCH = {0};

    private final NetworkNamespace vm;

    /** From this VM. */
    public ProbeSender(NetworkNamespace vm) {
        this.vm = vm;
    }

    /** Sends it and waits for an answer, two seconds at most. */
    public ProbeAnswer send(ProbePacket packet) {
        try {
            return switch (packet) {
                case ProbePacket.Echo echo -> echo(echo.to());
                case ProbePacket.Connection connection -> connect(connection.to(), connection.port());
                case ProbePacket.Datagram datagram -> send(datagram.to(), datagram.port());
            };
        } catch (SystemCallException refused) {
            return ProbeAnswer.notSent(
                    "The VM could not send to %s: %s.".formatted(packet.to(), refused.description()));
        } catch (IOException refused) {
            return ProbeAnswer.notSent("The VM could not send to %s: %s.".formatted(packet.to(), refused.getMessage()));
        }
    }

    private ProbeAnswer echo(Ipv4 to) {
        try (EchoSocket socket = EchoSocket.open(vm, to)) {
            return repeated(socket::send, socket::hasReply)
                    .map(took -> ProbeAnswer.answered(took, "%s answered the echo request.".formatted(to)))
                    .orElseGet(() -> silence(to));
        }
    }

    private ProbeAnswer connect(Ipv4 to, int port) throws IOException {
        try (SocketChannel channel = vm.call(opening(() -> SocketChannel.open(StandardProtocolFamily.INET)))) {
            channel.configureBlocking(false);
            long sent = System.nanoTime();
            try {
                channel.connect(new InetSocketAddress(InetAddresses.of(to), port));
                return Polling.until(sent, PATIENCE, channel::finishConnect)
                        .map(took -> ProbeAnswer.answered(
                                took, "%s accepted a connection to TCP port %d.".formatted(to, port)))
                        .orElseGet(() -> silence(to));
            } catch (ConnectException refused) {
                return nobodyListens(to, "TCP", port, sent);
            }
        }
    }

    private ProbeAnswer send(Ipv4 to, int port) throws IOException {
        try (DatagramChannel channel = vm.call(opening(() -> DatagramChannel.open(StandardProtocolFamily.INET)))) {
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(InetAddresses.of(to), port));
            long sent = System.nanoTime();
            try {
                ByteBuffer answer = ByteBuffer.allocate(1);
                Optional<Duration> took = repeated(
                        () -> channel.write(ByteBuffer.wrap(NOTHING_MUCH)), () -> channel.receive(answer) != null);
                return took.map(it -> ProbeAnswer.answered(it, "%s answered from UDP port %d.".formatted(to, port)))
                        .orElseGet(() -> ProbeAnswer.silence(
                                "Nothing came back from %s within %d s. The datagram or its answer was lost, or whoever listens on UDP port %d does not answer."
                                        .formatted(to, PATIENCE.toSeconds(), port)));
            } catch (PortUnreachableException closed) {
                return nobodyListens(to, "UDP", port, sent);
            }
        }
    }

    @FunctionalInterface
    private interface Sending<E extends Exception> {
        void send() throws E;
    }

    /** TCP repeats by itself. The first packet on a link that has just been taken into use may be lost. */
    private static <E extends Exception> Optional<Duration> repeated(Sending<E> sending, Polling.Look<E> look)
            throws E {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long sent = System.nanoTime();
            sending.send();
            Optional<Duration> took = Polling.until(sent, PATIENCE.dividedBy(ATTEMPTS), look);
            if (took.isPresent()) {
                return took;
            }
        }
        return Optional.empty();
    }

    private static ProbeAnswer nobodyListens(Ipv4 to, String protocol, int port, long sentNanos) {
        return ProbeAnswer.answered(
                Duration.ofNanos(System.nanoTime() - sentNanos),
                "%s answered that nobody listens on %s port %d: packets arrive there and come back."
                        .formatted(to, protocol, port));
    }

    private static ProbeAnswer silence(Ipv4 to) {
        return ProbeAnswer.silence("Nothing came back from %s within %d s.".formatted(to, PATIENCE.toSeconds()));
    }

    @FunctionalInterface
    private interface Opening<T> {
        T open() throws IOException;
    }

    private static <T> Supplier<T> opening(Opening<T> opening) {
        return () -> {
            try {
                return opening.open();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        };
    }
}
