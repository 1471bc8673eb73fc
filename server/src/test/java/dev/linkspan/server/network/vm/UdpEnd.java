package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.linux.socket.InetAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** Datagrams with a probe's number, sent back by whoever receives them. */
final class UdpEnd {

    private final List<DatagramChannel> receivers;
    private final Map<Ipv4, DatagramChannel> senders = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);

    /**
     * In the VM that the thread is in.
     *
     * @param addresses all of the VM's: it answers from the one at which it was asked
     */
    UdpEnd(List<Ipv4> addresses, Set<Integer> ports) {
        receivers = addresses.stream()
                .flatMap(address -> ports.stream().map(port -> open(address, port)))
                .toList();
    }

    void renewSenders() throws IOException {
        for (DatagramChannel sender : senders.values()) {
            sender.close();
        }
        senders.clear();
    }

    void send(Ipv4 source, Ipv4 to, int port, long tag) {
        buffer.clear().putLong(tag).flip();
        send(
                senders.computeIfAbsent(source, address -> open(address, 0)),
                new InetSocketAddress(InetAddresses.of(to), port));
    }

    boolean poll(LongConsumer received, LongConsumer answered) throws IOException {
        boolean any = false;
        for (DatagramChannel receiver : receivers) {
            for (SocketAddress from = receive(receiver); from != null; from = receive(receiver)) {
                any = true;
                received.accept(buffer.getLong(0));
                send(receiver, from);
            }
        }
        for (DatagramChannel sender : senders.values()) {
            while (receive(sender) != null) {
                any = true;
                answered.accept(buffer.getLong(0));
            }
        }
        return any;
    }

    void close() throws IOException {
        for (DatagramChannel receiver : receivers) {
            receiver.close();
        }
        renewSenders();
    }

    private SocketAddress receive(DatagramChannel channel) throws IOException {
        buffer.clear();
        SocketAddress from = channel.receive(buffer);
        buffer.flip();
        return from;
    }

    /** What the kernel refuses to send, having no route, is a probe that is lost. */
    private void send(DatagramChannel channel, SocketAddress to) {
        try {
            channel.send(buffer, to);
        } catch (IOException unreachable) {
            buffer.clear();
        }
    }

    private static DatagramChannel open(Ipv4 address, int port) {
        try {
            DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.bind(new InetSocketAddress(InetAddresses.of(address), port)).configureBlocking(false);
            return channel;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
