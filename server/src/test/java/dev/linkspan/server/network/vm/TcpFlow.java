package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.LiveFlow;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.socket.InetAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A connection between the namespaces of two VMs. */
public final class TcpFlow implements LiveFlow {

    private static final int CONNECT_MILLIS = 5000;

    private final Socket client;
    private final Socket server;
    private byte lastSent;

    private TcpFlow(Socket client, Socket server) {
        this.client = client;
        this.server = server;
    }

    /** Connects one VM to the other, which has this address. */
    public static TcpFlow between(NetworkNamespace from, NetworkNamespace to, Ipv4 address, int port)
            throws IOException {
        try (ServerSocket listener = open(to, () -> new ServerSocket(port))) {
            listener.setSoTimeout(CONNECT_MILLIS);
            Socket client = open(from, TcpFlow::newSocket);
            client.connect(new InetSocketAddress(InetAddresses.of(address), port), CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            Socket server = listener.accept();
            server.setTcpNoDelay(true);
            return new TcpFlow(client, server);
        }
    }

    @Override
    public boolean passesForward(Duration patience) throws IOException {
        return passes(client, server, patience);
    }

    @Override
    public boolean passesBackward(Duration patience) throws IOException {
        return passes(server, client, patience);
    }

    @Override
    public void close() throws IOException {
        abort(client);
        abort(server);
    }

    /** Bytes are numbered: one that was held up while the way was closed, and comes late, does not count. */
    private boolean passes(Socket from, Socket to, Duration patience) throws IOException {
        to.setSoTimeout(Math.toIntExact(patience.toMillis()));
        from.getOutputStream().write(++lastSent);
        try {
            int received = to.getInputStream().read();
            while (received >= 0 && (byte) received != lastSent) {
                received = to.getInputStream().read();
            }
            return received >= 0;
        } catch (SocketTimeoutException nothingCame) {
            return false;
        }
    }

    /** Closes without the farewell, which may have no way any more. */
    private static void abort(Socket socket) throws IOException {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
    }

    /** A channel takes its socket from the kernel at once; a plain Socket would do so when it connects, elsewhere. */
    private static Socket newSocket() throws IOException {
        return SocketChannel.open(StandardProtocolFamily.INET).socket();
    }

    private interface Opening<T> {
        T open() throws IOException;
    }

    private static <T> T open(NetworkNamespace namespace, Opening<T> opening) {
        return namespace.call(() -> {
            try {
                return opening.open();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }
}
