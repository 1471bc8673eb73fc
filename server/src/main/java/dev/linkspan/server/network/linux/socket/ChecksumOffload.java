package dev.linkspan.server.network.linux.socket;

import dev.linkspan.server.network.linux.Descriptor;
import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Whether the kernel leaves it to a device to compute the checksums of what is sent ({@code ethtool -K DEVICE tx off}). A switch in
 * user space hands packets on as they come: without a checksum that somebody computed, nobody takes them in.
 */
public final class ChecksumOffload {

    private static final int SIOCETHTOOL = 0x8946;
    private static final int ETHTOOL_STXCSUM = 0x17;
    private static final int LONGEST_NAME = 15;
    private static final int NAME_SIZE = 16;
    private static final int REQUEST_SIZE = 40;

    private ChecksumOffload() {}

    /** Has the kernel compute them itself. */
    public static void disable(NetworkNamespace namespace, String device) {
        if (device.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("'%s' is no name of a device".formatted(device));
        }
        try (Arena arena = Arena.ofConfined();
                Descriptor socket = namespace.call(() -> Libc.socket(Libc.AF_INET, Libc.SOCK_DGRAM, 0))) {
            MemorySegment command = arena.allocateFrom(ValueLayout.JAVA_INT, ETHTOOL_STXCSUM, 0);
            MemorySegment request = arena.allocate(REQUEST_SIZE, Long.BYTES);
            request.setString(0, device);
            request.set(ValueLayout.ADDRESS, NAME_SIZE, command);
            Libc.ioctl(socket, SIOCETHTOOL, request);
        }
    }
}
