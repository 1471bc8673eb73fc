package dev.linkspan.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.VmChange;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.server.network.LiveNetwork.Machine;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.network.vm.RawSocket;
import dev.linkspan.server.network.vm.UdpFrame;
import dev.linkspan.server.network.vm.VmLink;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of security groups on namespaces, and what only raw frames can show. */
@Slow
class NetnsSecurityGroupTest extends SecurityGroupContract {

    private static final Duration TIME_TO_ARRIVE = Duration.ofMillis(400);

    @RegisterExtension
    private final NetnsTestbed testbed = new NetnsTestbed();

    private int frames;

    @Override
    Testbed testbed() {
        return testbed;
    }

    private NetworkNamespace machine(VmId vm) {
        return testbed.machine(vm);
    }

    @Test
    @Rule("S6")
    void a_machine_sends_from_its_own_mac_and_address_only() {
        network.connect(netA, netB);
        network.open(netB);
        network.settle();
        MacAddress mac = a.nic().mac();
        Ipv4 address = a.address();

        assertThat(arrives(a, mac, address, b)).as("its own").isTrue();
        assertThat(arrives(a, mac, Ipv4.parse("10.0.1.99"), b))
                .as("a neighbour's address")
                .isFalse();
        assertThat(arrives(a, b.nic().mac(), address, b)).as("another MAC").isFalse();
        assertThat(arrives(a, mac, Ipv4.parse("10.1.1.77"), b))
                .as("an address of the peer")
                .isFalse();
    }

    @Test
    @Rule("S6")
    void unchecked_it_may_use_other_addresses_but_never_foreign_ones_into_a_peering() {
        network.connect(netA, netB);
        network.open(netB);
        VmChange unchecked = new VmChange(VmSettingsChange.NONE, Optional.empty(), Optional.of(false));
        network.change(netA.owner(), unit -> network.vms.update(unit, netA.owner(), a.id(), unchecked));
        network.settle();
        MacAddress mac = a.nic().mac();

        assertThat(arrives(a, mac, Ipv4.parse("10.0.1.99"), b)).as("of its Net").isTrue();
        assertThat(arrives(a, mac, Ipv4.parse("192.168.7.7"), b)).as("foreign").isFalse();
    }

    /** Whether a frame with these source addresses reaches the other machine. */
    private boolean arrives(Machine from, MacAddress mac, Ipv4 source, Machine to) {
        UdpFrame frame =
                new UdpFrame(mac, VmLink.ROUTER_MAC, source, to.address(), 5000, "frame-" + ++frames + "-of-this-test");
        try (RawSocket sender = RawSocket.frames(machine(from.id()), "eth0");
                RawSocket receiver = RawSocket.frames(machine(to.id()), "eth0")) {
            sender.send(frame.bytes());
            long deadline = System.nanoTime() + TIME_TO_ARRIVE.toNanos();
            while (System.nanoTime() < deadline) {
                if (receiver.poll().filter(frame::isIn).isPresent()) {
                    return true;
                }
            }
            return false;
        }
    }
}
