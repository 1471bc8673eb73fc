package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.server.network.linux.socket.InternetChecksum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An Ethernet frame with a UDP datagram (RFC 768) that says what it likes about who sent it, for tests of anti-spoofing.
 *
 * @param tag tells it from other frames; ASCII
 */
public record UdpFrame(MacAddress fromMac, MacAddress toMac, Ipv4 from, Ipv4 to, int port, String tag) {

    private static final int IP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int SOURCE_PORT = 4000;

    public byte[] bytes() {
        byte[] payload = tag.getBytes(StandardCharsets.US_ASCII);
        int udpLength = UDP_HEADER + payload.length;
        return ByteBuffer.allocate(14 + IP_HEADER + udpLength)
                .put(toMac.octets())
                .put(fromMac.octets())
                .putShort((short) 0x0800)
                .put(ipHeader(udpLength))
                .putShort((short) SOURCE_PORT)
                .putShort((short) port)
                .putShort((short) udpLength)
                .putShort((short) 0)
                .put(payload)
                .array();
    }

    /** Whether a received frame carries the tag. */
    public boolean isIn(byte[] frame) {
        return new String(frame, StandardCharsets.ISO_8859_1).contains(tag);
    }

    private byte[] ipHeader(int udpLength) {
        ByteBuffer header = ByteBuffer.allocate(IP_HEADER)
                .putShort((short) 0x4500)
                .putShort((short) (IP_HEADER + udpLength))
                .putInt(0)
                .put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0)
                .putInt(from.bits())
                .putInt(to.bits());
        return header.putShort(10, InternetChecksum.of(header.array())).array();
    }
}
