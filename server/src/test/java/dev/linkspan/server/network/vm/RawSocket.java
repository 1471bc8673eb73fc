package dev.linkspan.server.network.vm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.linux.Descriptor;
import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.SendTo;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.socket.FrameSocket;
import dev.linkspan.server.network.linux.socket.InetAddresses;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A socket for whole packets (raw(7)) or whole Ethernet frames (packet(7)) in a namespace; it never waits. */
public final class RawSocket implements AutoCloseable {

    private static final int EVERY_PROTOCOL = 3;
    private static final int LARGEST_FRAME = 9100;

    private final Descriptor descriptor;
    private final MemorySegment buffer = Arena.ofAuto().allocate(LARGEST_FRAME);

    private RawSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Sends the messages of an IP protocol from one of the addresses of the thread's namespace, and receives those for it,
     * each with its IP header.
     *
     * @param address {@link Probe#ANY} to receive for all of them, and to let the kernel choose the one to send from
     */
    static RawSocket packets(int protocol, Ipv4 address) {
        Descriptor descriptor = Libc.socket(Libc.AF_INET, Libc.SOCK_RAW, protocol);
        try (Arena arena = Arena.ofConfined()) {
            Libc.bind(descriptor, InetAddresses.socketAddress(arena, address));
        }
        return new RawSocket(descriptor);
    }

    /** Sends and receives the frames of one link. */
    public static RawSocket frames(NetworkNamespace namespace, String device) {
        Descriptor descriptor = namespace.call(() -> Libc.socket(FrameSocket.AF_PACKET, Libc.SOCK_RAW, 0));
        try (Arena arena = Arena.ofConfined();
                Netlink netlink = namespace.openNetlink()) {
            int index = netlink.devices().stream()
                    .filter(link -> link.name().equals(device))
                    .findFirst()
                    .orElseThrow()
                    .index();
            Libc.bind(descriptor, FrameSocket.deviceAddress(arena, EVERY_PROTOCOL, index));
        }
        return new RawSocket(descriptor);
    }

    /** Sends a frame out of the link as it is, whatever addresses it claims. */
    public void send(byte[] frame) {
        try (Arena arena = Arena.ofConfined()) {
            Libc.send(descriptor, arena.allocateFrom(JAVA_BYTE, frame));
        }
    }

    /** Sends a message to an address; routing decides. What the kernel refuses to send (no route) is lost. */
    void sendTo(Ipv4 address, byte[] message) {
        try (Arena arena = Arena.ofConfined()) {
            SendTo.sendTo(
                    descriptor, arena.allocateFrom(JAVA_BYTE, message), InetAddresses.socketAddress(arena, address));
        }
    }

    /** The next packet or frame that has arrived, from the network and (frames only) also what the link sent. */
    public Optional<byte[]> poll() {
        return PacketSockets.poll(descriptor, buffer);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
