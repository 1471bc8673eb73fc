package dev.linkspan.server.network.linux.socket;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.linux.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Addresses of IPv4 as sockets take them. */
public final class InetAddresses {

    private static final int SOCKET_ADDRESS = 16;

    private InetAddresses() {}

    /** The address without a port, for the C library (ip(7)). */
    public static MemorySegment socketAddress(Arena arena, Ipv4 address) {
        MemorySegment segment = arena.allocate(SOCKET_ADDRESS);
        segment.asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .putShort((short) Libc.AF_INET)
                .putShort((short) 0)
                .order(ByteOrder.BIG_ENDIAN)
                .putInt(address.bits());
        return segment;
    }

    /** The address for the JDK. */
    public static InetAddress of(Ipv4 address) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt(address.bits()).array());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("BUG: four bytes are an address", impossible);
        }
    }
}
