package dev.linkspan.server.network.netns;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.linkspan.core.address.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hears every frame of IPv4 that comes into a machine, through whichever NIC, and sends frames as they are (packet(7)). The
 * machine itself says nothing any more: what it receives is dropped behind the tap, before its kernel could answer.
 */
public final class MachineTap implements AutoCloseable {

    private static final MethodHandle SENDTO =
            Libc.handle("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final int AF_PACKET = 17;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int ROOM = 8 << 20;
    private static final short IPV4 = 0x0800;
    private static final int LINK_ADDRESS_SIZE = 20;
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
    private final MemorySegment target = memory.allocate(LINK_ADDRESS_SIZE, JAVA_INT.byteAlignment());
    private final Map<MacAddress, Integer> devices = new HashMap<>();

    private MachineTap(NetworkNamespace machine, Descriptor descriptor) {
        this.machine = machine;
        this.descriptor = descriptor;
    }

    public static MachineTap open(NetworkNamespace machine) {
        machine.nftables().run(SILENCE);
        MachineTap tap =
                new MachineTap(machine, machine.call(() -> Libc.socket(AF_PACKET, Libc.SOCK_RAW, bigEndian(IPV4))));
        Libc.setSocketOption(tap.descriptor, SOL_SOCKET, SO_RCVBUFFORCE, ROOM);
        return tap;
    }

    private static short bigEndian(short number) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? number : Short.reverseBytes(number);
    }

    /** Sends a frame out of the NIC that has this MAC. One that is not there, or is down, loses it. */
    public void send(MacAddress nic, byte[] frame) {
        if (!sent(devices.computeIfAbsent(nic, this::find), frame)) {
            sent(devices.merge(nic, find(nic), (_, found) -> found), frame);
        }
    }

    /** The number of its device, which changes when the link is made anew; 0, which no device has, without one. */
    private int find(MacAddress nic) {
        try (Netlink netlink = machine.openNetlink()) {
            return netlink.links().stream()
                    .filter(link -> link.mac().equals(Optional.of(nic)))
                    .findFirst()
                    .map(Link::index)
                    .orElse(0);
        }
    }

    private boolean sent(int device, byte[] frame) {
        ByteBuffer address = target.asByteBuffer().order(ByteOrder.nativeOrder());
        address.putShort((short) AF_PACKET).putShort(bigEndian(IPV4)).putInt(device);
        MemorySegment bytes = sent.asSlice(0, frame.length).copyFrom(MemorySegment.ofArray(frame));
        try {
            Libc.call("sendto", machine, (_, state) -> (long) SENDTO.invokeExact(
                    state, descriptor.number(), bytes, bytes.byteSize(), 0, target, LINK_ADDRESS_SIZE));
            return true;
        } catch (SystemCallException unsent) {
            return false;
        }
    }

    /** The next frame that has come in. */
    public Optional<byte[]> poll() {
        try {
            int size = Libc.receive(descriptor, received, Libc.MSG_DONTWAIT);
            return Optional.of(received.asSlice(0, size).toArray(JAVA_BYTE));
        } catch (SystemCallException nothing) {
            if (nothing.errno() == Errno.EAGAIN) {
                return Optional.empty();
            }
            throw nothing;
        }
    }

    @Override
    public void close() {
        descriptor.close();
        memory.close();
    }
}
