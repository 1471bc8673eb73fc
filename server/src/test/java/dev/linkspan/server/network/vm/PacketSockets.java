package dev.linkspan.server.network.vm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.linkspan.server.network.linux.Descriptor;
import dev.linkspan.server.network.linux.Errno;
import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.SystemCallException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** What tests that send and hear whole frames have in common (packet(7)). */
final class PacketSockets {

    private PacketSockets() {}

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
