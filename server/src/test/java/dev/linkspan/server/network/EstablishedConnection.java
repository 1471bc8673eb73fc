package dev.linkspan.server.network;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.netns.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A TCP connection between two VMs, both ends of which the test holds. */
final class EstablishedConnection implements AutoCloseable {

    private static final int PORT = 7007;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final SocketChannel client;
    private final SocketChannel server;
    private byte lastSent;

    private EstablishedConnection(SocketChannel client, SocketChannel server) {
        this.client = client;
        this.server = server;
    }

    static EstablishedConnection between(NetworkNamespace from, NetworkNamespace to, Ipv4 address) {
        return attempt(() -> {
            try (ServerSocketChannel listener = to.call(() -> attempt(EstablishedConnection::listen))) {
                SocketChannel client = from.call(() -> attempt(() -> SocketChannel.open(StandardProtocolFamily.INET)));
                client.socket().connect(new InetSocketAddress(address.toString(), PORT), (int) PATIENCE.toMillis());
                SocketChannel server = listener.accept();
                server.configureBlocking(false);
                return new EstablishedConnection(client, server);
            }
        });
    }

    private static ServerSocketChannel listen() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
        return listener.bind(new InetSocketAddress(PORT));
    }

    /** Whether a byte that is sent now arrives before long; what is late from earlier times does not count. */
    boolean carriesData(Duration patience) {
        return attempt(() -> {
            client.write(ByteBuffer.wrap(new byte[] {++lastSent}));
            long deadline = System.nanoTime() + patience.toNanos();
            ByteBuffer received = ByteBuffer.allocate(64);
            while (System.nanoTime() < deadline) {
                server.read(received);
                if (received.position() > 0 && received.get(received.position() - 1) == lastSent) {
                    return true;
                }
                Thread.onSpinWait();
            }
            return false;
        });
    }

    @Override
    public void close() {
        attempt(() -> {
            client.close();
            server.close();
            return true;
        });
    }

    private interface Attempt<T> {
        T run() throws IOException;
    }

    private static <T> T attempt(Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (SocketTimeoutException noAnswer) {
            throw new AssertionError("the connection cannot be established", noAnswer);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
