package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.MacAddress;
import dev.linkspan.server.network.MachineTap;
import dev.linkspan.server.network.linux.Descriptor;
import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.SendTo;
import dev.linkspan.server.network.linux.SystemCallException;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetworkDevice;
import dev.linkspan.server.network.linux.socket.FrameSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A tap in the namespace of a VM (packet(7)). What the machine receives is dropped behind the tap, before its kernel could
 * answer.
 */
public final class NamespaceTap implements MachineTap {

    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int ROOM = 8 << 20;
    private static final int IPV4 = 0x0800;
    private static final int LARGEST_FRAME = 2048;

    private static final String SILENCE = """
            table ip silence {
                chain input { type filter hook prerouting priority raw; policy drop; }
            }
            """;

    private final NetworkNamespace machine;
    private final Descriptor descriptor;
    private final Arena memory = Arena.ofShared();
    private final MemorySegment received = memory.allocate(LARGEST_FRAME);
    private final MemorySegment sent = memory.allocate(LARGEST_FRAME);
    private final MemorySegment target = FrameSocket.deviceAddress(memory, IPV4, 0);
    private final Map<MacAddress, Integer> devices = new HashMap<>();

    private NamespaceTap(NetworkNamespace machine, Descriptor descriptor) {
        this.machine = machine;
        this.descriptor = descriptor;
    }

    public static NamespaceTap open(NetworkNamespace machine) {
        machine.nftables().run(SILENCE);
        NamespaceTap tap = new NamespaceTap(
                machine,
                machine.call(() -> Libc.socket(FrameSocket.AF_PACKET, Libc.SOCK_RAW, bigEndian((short) IPV4))));
        Libc.setSocketOption(tap.descriptor, SOL_SOCKET, SO_RCVBUFFORCE, ROOM);
        return tap;
    }

    private static short bigEndian(short number) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? number : Short.reverseBytes(number);
    }

    @Override
    public void send(MacAddress nic, byte[] frame) {
        if (!sent(devices.computeIfAbsent(nic, this::find), frame)) {
            sent(devices.merge(nic, find(nic), (_, found) -> found), frame);
        }
    }

    /** The number of its device, which changes when the link is made anew; 0, which no device has, without one. */
    private int find(MacAddress nic) {
        try (Netlink netlink = machine.openNetlink()) {
            return netlink.devices().stream()
                    .filter(link -> link.mac().equals(Optional.of(nic)))
                    .findFirst()
                    .map(NetworkDevice::index)
                    .orElse(0);
        } catch (SystemCallException machineIsBeingDeleted) {
            return 0;
        }
    }

    private boolean sent(int device, byte[] frame) {
        FrameSocket.putDevice(target, IPV4, device);
        MemorySegment bytes = sent.asSlice(0, frame.length).copyFrom(MemorySegment.ofArray(frame));
        return SendTo.sendTo(descriptor, bytes, target);
    }

    @Override
    public Optional<byte[]> poll() {
        return PacketSockets.poll(descriptor, received);
    }

    @Override
    public void close() {
        descriptor.close();
        memory.close();
    }
}
