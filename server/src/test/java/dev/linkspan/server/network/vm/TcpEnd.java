package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.linux.socket.InetAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Connections over which the one that connects sends a probe's number, and the one that accepts sends it back. */
final class TcpEnd {

    private final List<ServerSocketChannel> listeners;
    private final List<Connection> outgoing = new ArrayList<>();
    private final List<Connection> incoming = new ArrayList<>();

    /** In the VM that the thread is in. */
    TcpEnd(Set<Integer> ports) {
        listeners = ports.stream().map(TcpEnd::listen).toList();
    }

    private static final class Connection {

        final SocketChannel channel;
        final ByteBuffer input = ByteBuffer.allocate(Long.BYTES);
        final long tag;
        boolean asked;

        Connection(SocketChannel channel, long tag) {
            this.channel = channel;
            this.tag = tag;
        }

        /** Whether the whole number has just come in. */
        boolean read() throws IOException {
            return input.hasRemaining() && channel.read(input) > 0 && !input.hasRemaining();
        }

        void write(long number) throws IOException {
            channel.write(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        }
    }

    /** What the kernel refuses to send, having no route, is a probe that is lost. */
    void connect(Ipv4 source, Ipv4 to, int port, long tag) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET)
                    .setOption(StandardSocketOptions.SO_LINGER, 0)
                    .bind(new InetSocketAddress(InetAddresses.of(source), 0));
            channel.configureBlocking(false);
            outgoing.add(new Connection(channel, tag));
            connect(channel, new InetSocketAddress(InetAddresses.of(to), port));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void connect(SocketChannel channel, InetSocketAddress to) throws IOException {
        try {
            channel.connect(to);
        } catch (IOException unreachable) {
            channel.close();
        }
    }

    boolean poll(LongConsumer received, LongConsumer answered) throws IOException {
        boolean any = false;
        for (ServerSocketChannel listener : listeners) {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0).configureBlocking(false);
                incoming.add(new Connection(channel, 0));
                any = true;
            }
        }
        for (Connection connection : incoming) {
            any |= tryPoll(connection, () -> answer(connection, received));
        }
        for (Connection connection : outgoing) {
            any |= tryPoll(connection, () -> ask(connection, answered));
        }
        return any;
    }

    /** Without the farewell, for which the kernel would keep the VM's namespace where it has no way any more. */
    void dropConnections() throws IOException {
        for (Connection connection : outgoing) {
            connection.channel.close();
        }
        for (Connection connection : incoming) {
            connection.channel.close();
        }
        outgoing.clear();
        incoming.clear();
    }

    void close() throws IOException {
        dropConnections();
        for (ServerSocketChannel listener : listeners) {
            listener.close();
        }
    }

    private interface Step {
        boolean take() throws IOException;
    }

    /** A connection that is refused or reset is a probe that is lost. */
    private static boolean tryPoll(Connection connection, Step step) throws IOException {
        try {
            return connection.channel.isOpen() && step.take();
        } catch (IOException refused) {
            connection.channel.close();
            return false;
        }
    }

    private static boolean answer(Connection connection, LongConsumer received) throws IOException {
        if (!connection.read()) {
            return false;
        }
        long tag = connection.input.getLong(0);
        received.accept(tag);
        connection.write(tag);
        return true;
    }

    private static boolean ask(Connection connection, LongConsumer answered) throws IOException {
        if (!connection.asked) {
            if (!connection.channel.finishConnect()) {
                return false;
            }
            connection.write(connection.tag);
            connection.asked = true;
            return true;
        }
        if (!connection.read()) {
            return false;
        }
        answered.accept(connection.input.getLong(0));
        return true;
    }

    private static ServerSocketChannel listen(int port) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
            listener.bind(new InetSocketAddress(port), 1024).configureBlocking(false);
            return listener;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
