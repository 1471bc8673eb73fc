package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.Probe;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Packets of a protocol without ports with a probe's number, sent back by whoever receives them. */
final class ExperimentalEnd {

    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int IP_HEADER = 20;
    private static final byte QUESTION = 1;
    private static final byte ANSWER = 2;
    private static final int MESSAGE = 1 + Long.BYTES;

    private final RawSockets sockets;

    /** In the VM that the thread is in, which has these addresses. */
    ExperimentalEnd(List<Ipv4> addresses) {
        sockets = new RawSockets(Probe.Experimental.PROTOCOL, addresses);
    }

    void send(Ipv4 source, Ipv4 to, long tag) {
        send(source, to, QUESTION, tag);
    }

    boolean poll(LongConsumer received, LongConsumer answered) {
        boolean any = false;
        for (Optional<byte[]> packet = sockets.poll(); packet.isPresent(); packet = sockets.poll()) {
            ByteBuffer bytes = ByteBuffer.wrap(packet.get());
            if (bytes.remaining() == IP_HEADER + MESSAGE) {
                any = true;
                long tag = bytes.getLong(IP_HEADER + 1);
                if (bytes.get(IP_HEADER) == QUESTION) {
                    received.accept(tag);
                    send(new Ipv4(bytes.getInt(DESTINATION)), new Ipv4(bytes.getInt(SOURCE)), ANSWER, tag);
                } else {
                    answered.accept(tag);
                }
            }
        }
        return any;
    }

    void close() {
        sockets.close();
    }

    private void send(Ipv4 source, Ipv4 to, byte kind, long tag) {
        byte[] message = ByteBuffer.allocate(MESSAGE).put(kind).putLong(tag).array();
        sockets.send(source, to, message);
    }
}
