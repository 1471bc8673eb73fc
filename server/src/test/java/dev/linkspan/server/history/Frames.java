package dev.linkspan.server.history;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.reachability.Step;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Packets as Ethernet frames, each with a number, by which a frame that is received is known: in the identification of its IP
 * header (RFC 791) and three bits of its type of service, which routers leave as they are.
 */
final class Frames {

    /** How many numbers there are: more than are sent in one history, also where the network takes long to change. */
    static final int NUMBERS = 0x7_ffff;

    /** Version and length of the IP header, and a precedence (RFC 791) with which nothing else here is sent. */
    private static final int BEGINNING = 0x4520;
    /** The bits behind the precedence, of delay, throughput and reliability. */
    private static final int IN_BEGINNING = 0x1c;

    private static final int BEHIND_IDENTIFICATION = Short.SIZE - 2;

    private static final MacAddress ROUTER = MacAddress.parse("02:00:00:00:00:fe");
    private static final int ETHERNET = 14;
    private static final int IP = 20;
    private static final int UDP = 8;
    private static final int TCP = 20;
    private static final int ICMP = 8;
    private static final int DATA = 16;
    private static final int FIRST_FRAGMENT = 24;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int OFFSET = 0x1fff;
    private static final int CLIENT_START = 1_000;
    private static final int SERVER_START = 5_000;

    private Frames() {}

    /** What was received. Of fragments, only the last one counts: the first alone would be no packet. */
    record Received(int number, MacAddress nic, Ipv4 source, boolean whole) {}

    static List<byte[]> of(Packet packet, MacAddress from, int number) {
        byte[] message = message(packet);
        if (packet.form() != Step.Form.FRAGMENTS) {
            return List.of(frame(packet, from, number, 0, message));
        }
        byte[] first = Arrays.copyOf(message, FIRST_FRAGMENT);
        byte[] second = Arrays.copyOfRange(message, FIRST_FRAGMENT, message.length);
        return List.of(
                frame(packet, from, number, MORE_FRAGMENTS, first),
                frame(packet, from, number, FIRST_FRAGMENT / Long.BYTES, second));
    }

    private static byte[] frame(Packet packet, MacAddress from, int number, int fragment, byte[] message) {
        byte[] header =
                ipHeader(packet.source(), packet.to(), packet.header().protocol(), number, fragment, message.length);
        return ByteBuffer.allocate(ETHERNET + IP + message.length)
                .put(ROUTER.octets())
                .put(from.octets())
                .putShort((short) 0x0800)
                .put(header)
                .put(message)
                .array();
    }

    private static byte[] ipHeader(Ipv4 source, Ipv4 to, int protocol, int number, int fragment, int length) {
        ByteBuffer header = ByteBuffer.allocate(IP)
                .putShort((short) (BEGINNING | number >> BEHIND_IDENTIFICATION & IN_BEGINNING))
                .putShort((short) (IP + length))
                .putShort((short) number)
                .putShort((short) fragment)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(source.bits())
                .putInt(to.bits());
        return header.putShort(10, checksum(header.array(), 0)).array();
    }

    private static byte[] message(Packet packet) {
        if (packet.isError()) {
            return error(packet.about());
        }
        Packet.Header header = packet.header();
        return switch (header.protocol()) {
            case Traffic.UDP -> udp(header);
            case Traffic.TCP -> tcp(packet);
            case Traffic.ICMP -> echo(header);
            default -> new byte[DATA];
        };
    }

    private static byte[] udp(Packet.Header header) {
        int length = UDP + 2 * DATA;
        return ByteBuffer.allocate(length)
                .putShort((short) header.from())
                .putShort((short) header.to())
                .putShort((short) length)
                .array();
    }

    private static byte[] echo(Packet.Header header) {
        ByteBuffer message = ByteBuffer.allocate(ICMP + DATA)
                .put((byte) header.to())
                .put((byte) 0)
                .putShort((short) 0)
                .putShort((short) header.from())
                .putShort((short) 1);
        return message.putShort(2, checksum(message.array(), 0)).array();
    }

    /** Each end sends the same numbers every time, like one that hears nothing and repeats itself: they stay in the window. */
    private static byte[] tcp(Packet packet) {
        boolean byServer = packet.header().from() < packet.header().to();
        int own = byServer ? SERVER_START : CLIENT_START;
        int other = byServer ? CLIENT_START : SERVER_START;
        int length = packet.form() == Step.Form.DATA ? DATA : 0;
        ByteBuffer segment = ByteBuffer.allocate(TCP + length)
                .putShort((short) packet.header().from())
                .putShort((short) packet.header().to());
        switch (packet.form()) {
            case SYN -> segment.putInt(own).putInt(0).putShort((short) 0x5002);
            case SYN_ACK -> segment.putInt(own).putInt(other + 1).putShort((short) 0x5012);
            case FIN -> segment.putInt(own + 1 + DATA).putInt(other + 1).putShort((short) 0x5011);
            case RST -> segment.putInt(own + 1).putInt(other + 1).putShort((short) 0x5014);
            default -> segment.putInt(own + 1).putInt(other + 1).putShort((short) 0x5018);
        }
        segment.putShort((short) 0x7fff);
        return segment.putShort(16, checksum(segment.array(), pseudoHeader(packet, TCP + length)))
                .array();
    }

    /** RFC 792: the header of what it is about, and eight bytes more. */
    private static byte[] error(Packet.Subject about) {
        Packet.Header header = about.header();
        ByteBuffer begin = ByteBuffer.allocate(2 * Integer.BYTES);
        switch (header.protocol()) {
            case Traffic.UDP ->
                begin.putShort((short) header.from())
                        .putShort((short) header.to())
                        .putShort((short) (UDP + 2 * DATA));
            case Traffic.TCP ->
                begin.putShort((short) header.from())
                        .putShort((short) header.to())
                        .putInt((header.from() < header.to() ? SERVER_START : CLIENT_START) + 1);
            case Traffic.ICMP -> begin.put(echo(header), 0, ICMP);
            default -> {}
        }
        byte[] inner = ipHeader(about.source(), about.to(), header.protocol(), 1, 0, TCP + DATA);
        ByteBuffer message = ByteBuffer.allocate(ICMP + IP + begin.capacity())
                .put((byte) Packet.UNREACHABLE)
                .put((byte) Packet.HOST_UNREACHABLE)
                .putShort((short) 0)
                .putInt(0)
                .put(inner)
                .put(begin.array());
        return message.putShort(2, checksum(message.array(), 0)).array();
    }

    private static long pseudoHeader(Packet packet, int length) {
        return sum(ByteBuffer.allocate(2 * Integer.BYTES)
                        .putInt(packet.source().bits())
                        .putInt(packet.to().bits())
                        .array())
                + packet.header().protocol()
                + length;
    }

    private static long sum(byte[] bytes) {
        ByteBuffer words = ByteBuffer.wrap(bytes);
        long sum = 0;
        while (words.remaining() > 1) {
            sum += words.getShort() & 0xffff;
        }
        return sum;
    }

    /** RFC 1071; all messages here have an even length. */
    private static short checksum(byte[] bytes, long more) {
        long sum = sum(bytes) + more;
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> Short.SIZE);
        }
        return (short) ~sum;
    }

    /** What a frame is, if it is a packet of a machine: routers speak from addresses that no machine can have. */
    static Optional<Received> read(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        if (frame.length < ETHERNET + IP || (bytes.getShort(ETHERNET) & ~IN_BEGINNING) != BEGINNING) {
            return Optional.empty();
        }
        byte[] nic = new byte[6];
        bytes.get(0, nic);
        int fragment = bytes.getShort(ETHERNET + 6) & (MORE_FRAGMENTS | OFFSET);
        Ipv4 source = new Ipv4(bytes.getInt(ETHERNET + 12));
        int number = (bytes.getShort(ETHERNET) & IN_BEGINNING) << BEHIND_IDENTIFICATION
                | bytes.getShort(ETHERNET + 4) & 0xffff;
        return Optional.of(new Received(number, MacAddress.of(nic), source, (fragment & MORE_FRAGMENTS) == 0));
    }
}
