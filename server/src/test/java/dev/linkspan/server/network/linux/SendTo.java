package dev.linkspan.server.network.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The system call that sends from a socket to an address (sendto(2)), which only tests need. */
public final class SendTo {

    private static final MethodHandle SENDTO =
            Libc.handle("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);

    private SendTo() {}

    /** Whether the kernel could send it: not where it has no route, or the device is gone or down. */
    public static boolean sendTo(Descriptor socket, MemorySegment message, MemorySegment address) {
        try {
            Libc.call("sendto", socket.number(), (_, state) -> (long) SENDTO.invokeExact(
                    state, socket.number(), message, message.byteSize(), 0, address, (int) address.byteSize()));
            return true;
        } catch (SystemCallException unsent) {
            return false;
        }
    }
}
