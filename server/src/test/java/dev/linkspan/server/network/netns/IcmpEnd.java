package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Ipv4;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Echo requests with a probe's number, which the kernel of whoever receives them answers (RFC 792). */
final class IcmpEnd {

    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REPLY = 0;
    private static final int IP_HEADER = 20;
    private static final int CHECKSUM = 2;
    private static final int NUMBER = 8;
    private static final int MESSAGE = NUMBER + Long.BYTES;

    private final RawSocket socket;

    IcmpEnd(NetworkNamespace vm) {
        socket = RawSocket.icmp(vm);
    }

    void send(Ipv4 to, long tag) {
        // The identifier differs for each probe, so that each is a flow of its own for connection tracking.
        ByteBuffer message = ByteBuffer.allocate(MESSAGE)
                .put((byte) ECHO_REQUEST)
                .put((byte) 0)
                .putShort((short) 0)
                .putShort((short) tag)
                .putShort((short) 1)
                .putLong(tag);
        socket.sendTo(
                to,
                message.putShort(CHECKSUM, InternetChecksum.of(message.array())).array());
    }

    boolean poll(LongConsumer received, LongConsumer answered) {
        boolean any = false;
        for (Optional<byte[]> packet = socket.poll(); packet.isPresent(); packet = socket.poll()) {
            ByteBuffer bytes = ByteBuffer.wrap(packet.get());
            if (bytes.remaining() == IP_HEADER + MESSAGE) {
                any = true;
                note(bytes.get(IP_HEADER), bytes.getLong(IP_HEADER + NUMBER), received, answered);
            }
        }
        return any;
    }

    void close() {
        socket.close();
    }

    private static void note(int type, long tag, LongConsumer received, LongConsumer answered) {
        if (type == ECHO_REQUEST) {
            received.accept(tag);
        } else if (type == ECHO_REPLY) {
            answered.accept(tag);
        }
    }
}
