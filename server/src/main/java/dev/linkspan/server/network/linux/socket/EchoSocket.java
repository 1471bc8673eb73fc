package dev.linkspan.server.network.linux.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.linux.Descriptor;
import dev.linkspan.server.network.linux.Errno;
import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.SystemCallException;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** Sends echo requests from a namespace and hears the reply to one of them (RFC 792), by a raw socket (raw(7)); never waits. */
public final class EchoSocket implements AutoCloseable {

    private static final int ICMP = 1;
    private static final byte ECHO_REQUEST = 8;
    private static final byte ECHO_REPLY = 0;
    private static final int CHECKSUM = 2;
    private static final int MARK = 8;
    private static final int MESSAGE = MARK + Long.BYTES;
    private static final int LONGEST_HEADER = 60;

    private final Descriptor socket;
    private final Arena memory = Arena.ofConfined();
    private final MemorySegment buffer = memory.allocate(LONGEST_HEADER + MESSAGE);
    private final long mark = ThreadLocalRandom.current().nextLong();

    private EchoSocket(Descriptor socket) {
        this.socket = socket;
    }

    /** Hears this address only, as far as replies go. */
    public static EchoSocket open(NetworkNamespace namespace, Ipv4 to) {
        EchoSocket opened = new EchoSocket(namespace.call(() -> Libc.socket(Libc.AF_INET, Libc.SOCK_RAW, ICMP)));
        try {
            Libc.connect(opened.socket, InetAddresses.socketAddress(opened.memory, to));
            return opened;
        } catch (RuntimeException unreachable) {
            opened.close();
            throw unreachable;
        }
    }

    /** Sends one more request. */
    public void send() {
        ByteBuffer message = ByteBuffer.allocate(MESSAGE)
                .put(ECHO_REQUEST)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt((int) mark)
                .putLong(mark);
        message.putShort(CHECKSUM, InternetChecksum.of(message.array()));
        Libc.send(socket, memory.allocateFrom(JAVA_BYTE, message.array()));
    }

    /** Whether the reply is there; what else has come is thrown away. */
    public boolean hasReply() {
        try {
            while (true) {
                int size = Libc.receive(socket, buffer, Libc.MSG_DONTWAIT);
                if (isReply(buffer.asSlice(0, size).asByteBuffer())) {
                    return true;
                }
            }
        } catch (SystemCallException nothing) {
            if (nothing.errno() == Errno.EAGAIN) {
                return false;
            }
            throw nothing;
        }
    }

    /** The kernel puts the IP header before it, whose length is in its first byte, in words. */
    private boolean isReply(ByteBuffer packet) {
        int header = (packet.get(0) & 0xf) * Integer.BYTES;
        return packet.remaining() == header + MESSAGE
                && packet.get(header) == ECHO_REPLY
                && packet.getLong(header + MARK) == mark;
    }

    @Override
    public void close() {
        socket.close();
        memory.close();
    }
}
