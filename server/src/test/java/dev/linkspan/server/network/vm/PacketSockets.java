package dev.linkspan.server.network.vm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.linkspan.server.network.linux.Descriptor;
import dev.linkspan.server.network.linux.Errno;
import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** What tests that send and hear whole frames have in common (packet(7)). */
final class PacketSockets {

    static final int AF_PACKET = 17;

    private static final int LINK_ADDRESS_SIZE = 20;

    private PacketSockets() {}

    /**
     * The address of a network device.
     *
     * @param protocol of the frames, such as 0x0800 for IPv4
     * @param device its number
     */
    static MemorySegment deviceAddress(Arena arena, int protocol, int device) {
        MemorySegment address = arena.allocate(LINK_ADDRESS_SIZE, JAVA_INT.byteAlignment());
        putDevice(address, protocol, device);
        return address;
    }

    /** Makes the address that of another device. */
    static void putDevice(MemorySegment address, int protocol, int device) {
        ByteBuffer fields = address.asByteBuffer().order(ByteOrder.nativeOrder());
        fields.putShort((short) AF_PACKET).order(ByteOrder.BIG_ENDIAN).putShort((short) protocol);
        fields.order(ByteOrder.nativeOrder()).putInt(device);
    }

    /** The next packet or frame that has arrived; the buffer holds the largest one. */
    static Optional<byte[]> poll(Descriptor socket, MemorySegment buffer) {
        try {
            int size = Libc.receive(socket, buffer, Libc.MSG_DONTWAIT);
            return Optional.of(buffer.asSlice(0, size).toArray(JAVA_BYTE));
        } catch (SystemCallException nothing) {
            if (nothing.errno() == Errno.EAGAIN) {
                return Optional.empty();
            }
            throw nothing;
        }
    }
}
