package dev.linkspan.server.network.linux.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.server.network.linux.Descriptor;
import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.Netlink;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Sends whole Ethernet frames out of one device of a namespace (packet(7)). */
public final class FrameSocket implements AutoCloseable {

    /** The family of these sockets, and of their addresses. */
    public static final int AF_PACKET = 17;

    private static final int DEVICE_ADDRESS = 20;
    private static final int NO_PROTOCOL = 0;
    private static final short ARP = 0x0806;
    private static final short ETHERNET = 1;
    private static final short IPV4 = 0x0800;
    private static final short REQUEST = 1;
    private static final int ARP_FRAME = 42;
    private static final byte MAC_BYTES = 6;
    private static final MacAddress BROADCAST = MacAddress.parse("ff:ff:ff:ff:ff:ff");

    private final Descriptor socket;

    private FrameSocket(Descriptor socket) {
        this.socket = socket;
    }

    /** Throws IllegalStateException where the namespace has no such device. */
    public static FrameSocket open(NetworkNamespace namespace, String device) {
        Descriptor socket = namespace.call(() -> Libc.socket(AF_PACKET, Libc.SOCK_RAW, NO_PROTOCOL));
        try (Arena arena = Arena.ofConfined()) {
            Libc.bind(socket, deviceAddress(arena, NO_PROTOCOL, indexOf(namespace, device)));
            return new FrameSocket(socket);
        } catch (RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    private static int indexOf(NetworkNamespace namespace, String device) {
        try (Netlink netlink = namespace.openNetlink()) {
            return netlink.devices().stream()
                    .filter(it -> it.name().equals(device))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("%s has no device %s".formatted(namespace, device)))
                    .index();
        }
    }

    /** Tells everybody on the link who has an address now, as they may know somebody else by it (RFC 5227, section 3). */
    public void announce(MacAddress mac, Ipv4 address) {
        send(ByteBuffer.allocate(ARP_FRAME)
                .put(BROADCAST.octets())
                .put(mac.octets())
                .putShort(ARP)
                .putShort(ETHERNET)
                .putShort(IPV4)
                .put(MAC_BYTES)
                .put((byte) Integer.BYTES)
                .putShort(REQUEST)
                .put(mac.octets())
                .putInt(address.bits())
                .put(new MacAddress(0).octets())
                .putInt(address.bits())
                .array());
    }

    private void send(byte[] frame) {
        try (Arena arena = Arena.ofConfined()) {
            Libc.send(socket, arena.allocateFrom(JAVA_BYTE, frame));
        }
    }

    /**
     * The address of a device, as such a socket is bound to it.
     *
     * @param protocol of the frames that are heard, such as 0x0800 for IPv4; 0 to hear none
     * @param device its number
     */
    public static MemorySegment deviceAddress(Arena arena, int protocol, int device) {
        MemorySegment address = arena.allocate(DEVICE_ADDRESS, JAVA_INT.byteAlignment());
        putDevice(address, protocol, device);
        return address;
    }

    /** Makes the address that of another device. */
    public static void putDevice(MemorySegment address, int protocol, int device) {
        ByteBuffer fields = address.asByteBuffer().order(ByteOrder.nativeOrder());
        fields.putShort((short) AF_PACKET).order(ByteOrder.BIG_ENDIAN).putShort((short) protocol);
        fields.order(ByteOrder.nativeOrder()).putInt(device);
    }

    @Override
    public void close() {
        socket.close();
    }
}
