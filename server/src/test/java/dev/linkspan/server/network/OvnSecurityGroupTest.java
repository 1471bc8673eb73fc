package dev.linkspan.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.ovn.OvnTestbed;
import dev.linkspan.server.network.vm.RawSocket;
import dev.linkspan.server.network.vm.UdpFrame;
import dev.linkspan.server.network.vm.VmLink;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of security groups on OVN, but for what the driver does not do yet. */
@Slow
class OvnSecurityGroupTest extends SecurityGroupContract {

    @RegisterExtension
    private final OvnTestbed testbed = new OvnTestbed();

    private int frames;

    @Override
    Testbed testbed() {
        return testbed;
    }

    @Test
    @Rule("S6")
    void a_machine_sends_from_its_own_mac_and_address_only() {
        network.connect(netA, netB);
        network.open(netB);
        network.settle();
        MacAddress mac = a.nic().mac();

        assertThat(arrives(mac, a.address())).as("its own").isTrue();
        assertThat(arrives(mac, Ipv4.parse("10.0.1.99")))
                .as("a neighbour's address")
                .isFalse();
        assertThat(arrives(b.nic().mac(), a.address())).as("another MAC").isFalse();
        network.check(a, false);
        network.settle();
        assertThat(arrives(mac, Ipv4.parse("10.0.1.99")))
                .as("any address of its Net, unchecked")
                .isTrue();
        assertThat(arrives(mac, Ipv4.parse("10.1.1.77")))
                .as("an address of the peer, unchecked")
                .isFalse();
        assertThat(arrives(mac, Ipv4.parse("172.16.0.1")))
                .as("any other, unchecked")
                .isFalse();
    }

    /** Whether a frame from A's machine gets to B's. */
    private boolean arrives(MacAddress mac, Ipv4 source) {
        UdpFrame frame =
                new UdpFrame(mac, VmLink.ROUTER_MAC, source, b.address(), PORT, "frame-" + ++frames + "-of-this-test");
        try (RawSocket sender = RawSocket.frames(testbed.machine(a.id()), "eth0");
                RawSocket receiver = RawSocket.frames(testbed.machine(b.id()), "eth0")) {
            sender.send(frame.bytes());
            long deadline = System.nanoTime() + SILENCE.toNanos();
            while (System.nanoTime() < deadline) {
                if (receiver.poll().filter(frame::isIn).isPresent()) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    @Rule("N3")
    void a_network_acl_does_not_judge_what_a_machine_and_its_router_say_to_each_other() {
        Subnet other = network.subnet(netA, "10.0.2.0/24");
        NetworkAclId acl = network.openAcl(subnetA);
        network.deny(netA, acl, 1, Direction.INBOUND, new Traffic.All(), "0.0.0.0/0");
        network.deny(netA, acl, 1, Direction.OUTBOUND, new Traffic.All(), "0.0.0.0/0");

        ProbeResult answeredByNoMachine = new ProbeResult(Set.of(), true);
        demand(Map.of(
                ping(a, Subnet.gatewayOf(subnetA.range())), answeredByNoMachine,
                ping(a, Subnet.gatewayOf(other.range())), answeredByNoMachine));
    }

    /** The peers of one Net may not overlap each other here (P13): an address is one of the group, whichever peer it comes from. */
    @Override
    void a_group_of_one_peer_is_not_the_same_address_at_another_peer() {}
}
