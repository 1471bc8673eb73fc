package dev.linkspan.bench;

import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Sends every datagram back to where it came from. */
final class DatagramEcho implements AutoCloseable {

    static final int PORT = 7;

    private final DatagramChannel channel;

    DatagramEcho(NetworkNamespace in) {
        channel = Sockets.datagrams(in, PORT);
        Thread.ofPlatform().name("linkspan-bench-echo").daemon().start(this::answer);
    }

    private void answer() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(64);
        while (channel.isOpen()) {
            try {
                SocketAddress from = channel.receive(datagram.clear());
                channel.send(datagram.flip(), from);
            } catch (IOException closedOrUnreachable) {
                // What cannot be answered is a lost packet, as on any network.
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
