package dev.linkspan.server.network.linux.socket;

import java.nio.ByteBuffer;

/** The checksum of IP and ICMP (RFC 1071). */
public final class InternetChecksum {

    private InternetChecksum() {}

    /** Of an even number of bytes, in which the place of the checksum is zero. */
    public static short of(byte[] bytes) {
        ByteBuffer words = ByteBuffer.wrap(bytes);
        int sum = 0;
        while (words.remaining() >= 2) {
            sum += Short.toUnsignedInt(words.getShort());
        }
        sum = (sum >>> 16) + (sum & 0xffff);
        return (short) ~((sum >>> 16) + sum);
    }
}
