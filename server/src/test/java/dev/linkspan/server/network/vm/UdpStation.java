package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.socket.InetAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/** A UDP socket at a fixed address and port of a VM, so that its flows live as long as it does. */
public final class UdpStation implements AutoCloseable {

    private static final int LARGEST = 65_507;

    private final DatagramChannel channel;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);

    private Optional<InetSocketAddress> lastSender = Optional.empty();

    private UdpStation(DatagramChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    public static UdpStation at(NetworkNamespace vm, Ipv4 address, int port) {
        return vm.call(() -> {
            try {
                DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
                channel.bind(new InetSocketAddress(InetAddresses.of(address), port))
                        .configureBlocking(false);
                Selector selector = Selector.open();
                channel.register(selector, SelectionKey.OP_READ);
                return new UdpStation(channel, selector);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    /** Sends whole packets only: on the way none may be cut into fragments. */
    public UdpStation withoutFragments() throws IOException {
        channel.setOption(ExtendedSocketOptions.IP_DONTFRAGMENT, true);
        return this;
    }

    public void send(String text, Ipv4 to, int port) throws IOException {
        channel.send(
                ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)),
                new InetSocketAddress(InetAddresses.of(to), port));
    }

    /** The next text that arrives in this time; empty where none does. */
    public Optional<String> receive(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            buffer.clear();
            SocketAddress from = channel.receive(buffer);
            if (from != null) {
                lastSender = Optional.of((InetSocketAddress) from);
                buffer.flip();
                return Optional.of(StandardCharsets.US_ASCII.decode(buffer).toString());
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            selector.select(left);
            selector.selectedKeys().clear();
        }
    }

    /** Where the last text came from that was received. */
    public InetSocketAddress lastSender() {
        return lastSender.orElseThrow();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
