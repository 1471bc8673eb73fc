package dev.linkspan.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.server.network.LiveNetwork.Machine;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.network.vm.RawSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a router lets a machine say by ARP (RFC 826). */
@Slow
class NetnsArpTest extends NetworkScenario {

    private static final MacAddress EVERYBODY = MacAddress.parse("ff:ff:ff:ff:ff:ff");
    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final int OPERATION_AT = 20;

    @RegisterExtension
    private final NetnsTestbed testbed = new NetnsTestbed();

    @Override
    Testbed testbed() {
        return testbed;
    }

    private NetworkNamespace machine(VmId vm) {
        return testbed.machine(vm);
    }

    @Test
    @Rule("S6")
    void only_a_nics_own_address_is_answered_and_remembered() {
        Machine neighbour = network.vm(subnetA);
        network.settle();

        try (RawSocket frames = RawSocket.frames(machine(a.id()), "eth0")) {
            frames.send(question(a.nic().mac(), Ipv4.parse("10.0.1.99"), neighbour.address()));
            frames.send(question(MacAddress.parse("02:00:00:00:00:99"), a.address(), neighbour.address()));
            assertThat(reply(frames, SILENCE)).isEmpty();

            frames.send(question(a.nic().mac(), a.address(), neighbour.address()));
            assertThat(reply(frames, PATIENCE)).isPresent();
        }
    }

    /** As when an answer leaves through another NIC than the one that was asked: then its address is in the question. */
    @Test
    @Rule("S6")
    void a_nic_may_ask_with_all_addresses_of_its_machine_and_no_others() {
        Machine neighbour = network.vm(subnetA);
        Nic second = network.secondNic(a, network.subnet(netA, "10.0.2.0/24"));
        network.settle();

        try (RawSocket frames = RawSocket.frames(machine(a.id()), "eth0")) {
            frames.send(question(a.nic().mac(), neighbour.address(), second.primaryAddress()));
            assertThat(reply(frames, SILENCE)).as("with another's address").isEmpty();

            frames.send(question(a.nic().mac(), second.primaryAddress(), neighbour.address()));
            assertThat(reply(frames, PATIENCE)).isPresent();
        }
    }

    private static byte[] question(MacAddress senderMac, Ipv4 sender, Ipv4 about) {
        return ByteBuffer.allocate(42)
                .put(EVERYBODY.octets())
                .put(senderMac.octets())
                .putShort((short) 0x0806)
                .putShort((short) 1)
                .putShort((short) 0x0800)
                .put((byte) 6)
                .put((byte) 4)
                .putShort((short) REQUEST)
                .put(senderMac.octets())
                .putInt(sender.bits())
                .put(new byte[6])
                .putInt(about.bits())
                .array();
    }

    private static Optional<byte[]> reply(RawSocket frames, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<byte[]> reply = frames.poll().filter(NetnsArpTest::isReply);
            if (reply.isPresent()) {
                return reply;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return Optional.empty();
    }

    private static boolean isReply(byte[] frame) {
        byte[] arp = {0x08, 0x06};
        return frame.length >= 42
                && Arrays.equals(Arrays.copyOfRange(frame, 12, 14), arp)
                && frame[OPERATION_AT + 1] == REPLY;
    }
}
