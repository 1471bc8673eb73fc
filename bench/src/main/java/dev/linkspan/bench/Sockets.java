package dev.linkspan.bench;

import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Opens sockets in namespaces. They stay there, whichever thread uses them. */
final class Sockets {

    private Sockets() {}

    /** @param port 0 for any */
    static DatagramChannel datagrams(NetworkNamespace in, int port) {
        return open(in, () -> DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress(port)));
    }

    static ServerSocketChannel listener(NetworkNamespace in, int port) {
        return open(
                in, () -> ServerSocketChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress(port)));
    }

    static SocketChannel unconnected(NetworkNamespace in) {
        return open(in, () -> SocketChannel.open(StandardProtocolFamily.INET));
    }

    private interface Opening<T> {
        T open() throws IOException;
    }

    private static <T> T open(NetworkNamespace in, Opening<T> opening) {
        return in.call(() -> {
            try {
                return opening.open();
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot open a socket in " + in, failed);
            }
        });
    }
}
