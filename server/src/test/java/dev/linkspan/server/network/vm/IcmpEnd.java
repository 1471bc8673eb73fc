package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.linux.socket.InternetChecksum;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** ICMP messages with a probe's number, which the kernel of whoever receives a request answers (RFC 792). */
final class IcmpEnd {

    private static final int PROTOCOL = 1;
    private static final int ECHO_REPLY = 0;
    private static final int TIMESTAMP_REPLY = 14;
    private static final int IP_HEADER = 20;
    private static final int CHECKSUM = 2;
    private static final int NUMBER = 8;

    /** A timestamp message has room for its first time, in which the number is, and two others. */
    private static final int MESSAGE = NUMBER + 3 * Integer.BYTES;

    private final RawSockets sockets;

    /** In the VM that the thread is in, which has these addresses. */
    IcmpEnd(List<Ipv4> addresses) {
        sockets = new RawSockets(PROTOCOL, addresses);
    }

    void send(Ipv4 source, Ipv4 to, int type, long tag) {
        // The identifier differs for each probe, so that each is a flow of its own for connection tracking.
        ByteBuffer message = ByteBuffer.allocate(MESSAGE)
                .put((byte) type)
                .put((byte) 0)
                .putShort((short) 0)
                .putShort((short) tag)
                .putShort((short) 1)
                .putInt(Math.toIntExact(tag));
        sockets.send(
                source,
                to,
                message.putShort(CHECKSUM, InternetChecksum.of(message.array())).array());
    }

    boolean poll(LongConsumer received, LongConsumer answered) {
        boolean any = false;
        for (Optional<byte[]> packet = sockets.poll(); packet.isPresent(); packet = sockets.poll()) {
            ByteBuffer bytes = ByteBuffer.wrap(packet.get());
            if (bytes.remaining() == IP_HEADER + MESSAGE) {
                any = true;
                note(bytes.get(IP_HEADER), bytes.getInt(IP_HEADER + NUMBER), received, answered);
            }
        }
        return any;
    }

    void close() {
        sockets.close();
    }

    private static void note(int type, long tag, LongConsumer received, LongConsumer answered) {
        switch (type) {
            case Probe.Icmp.ECHO, Probe.Icmp.TIMESTAMP, Probe.Icmp.ADDRESS_MASK_REPLY -> received.accept(tag);
            case ECHO_REPLY, TIMESTAMP_REPLY -> answered.accept(tag);
            default -> {}
        }
    }
}
