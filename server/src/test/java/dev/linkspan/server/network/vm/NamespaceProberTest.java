package dev.linkspan.server.network.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.server.network.Probe.Experimental;
import dev.linkspan.server.network.Probe.Icmp;
import dev.linkspan.server.network.Probe.Tcp;
import dev.linkspan.server.network.Probe.Udp;
import dev.linkspan.server.network.ProbeResult;
import dev.linkspan.server.network.linux.Eventually;
import dev.linkspan.server.network.linux.TinyNet;
import dev.linkspan.server.network.linux.namespace.NamespaceFolder;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import dev.linkspan.server.network.linux.netlink.RouteEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Slow
public class NamespaceProberTest {

    private static final Ipv4 VM_2 = TinyNet.address(2);

    @RegisterExtension
    final NamespaceFolder folder = new NamespaceFolder();

    private TinyNet net;
    private NetworkNamespace vm1;
    private NetworkNamespace vm2;
    private NamespaceProber prober;

    @BeforeEach
    void make_two_vms() {
        net = new TinyNet(folder.namespaces());
        vm1 = net.addVm(1);
        vm2 = net.addVm(2);
        prober = NamespaceProber.among(List.of(vm1, vm2), Set.of(22, 5000));
    }

    @AfterEach
    void close() throws Exception {
        if (prober != null) {
            prober.close();
        }
    }

    @Test
    void what_may_pass_is_received_and_answered() {
        prober.demand(Map.of(
                new Udp("i-1", VM_2, 5000), ProbeResult.answeredBy("i-2"),
                new Tcp("i-1", VM_2, 22), ProbeResult.answeredBy("i-2"),
                new Icmp("i-1", VM_2), ProbeResult.answeredBy("i-2")));
    }

    @Test
    void what_is_dropped_is_lost() {
        net.router().nftables().run("""
                table ip t {
                    chain c { type filter hook forward priority 0; policy drop; udp dport 5000 accept; }
                }
                """);

        prober.demand(Map.of(
                new Udp("i-1", VM_2, 5000), ProbeResult.receivedBy("i-2"),
                new Udp("i-1", VM_2, 22), ProbeResult.LOST,
                new Tcp("i-1", VM_2, 22), ProbeResult.LOST,
                new Icmp("i-1", VM_2), ProbeResult.LOST));
    }

    @Test
    void every_protocol_may_be_sent_from_and_to_any_address_of_a_vm() throws IOException {
        Ipv4 second1 = giveAnother(vm1, 11);
        Ipv4 second2 = giveAnother(vm2, 12);

        prober.close();
        prober = NamespaceProber.among(List.of(vm1, vm2), Set.of(22, 5000));

        prober.demand(Map.of(
                new Udp("i-1", second1, second2, 5000), ProbeResult.answeredBy("i-2"),
                new Tcp("i-1", second1, second2, 5000), ProbeResult.answeredBy("i-2"),
                new Icmp("i-1", second1, second2, Icmp.ECHO), ProbeResult.answeredBy("i-2"),
                new Icmp("i-1", second1, second2, Icmp.TIMESTAMP), ProbeResult.answeredBy("i-2"),
                new Icmp("i-1", second1, second2, Icmp.ADDRESS_MASK_REPLY), ProbeResult.receivedBy("i-2"),
                new Experimental("i-1", second1, second2), ProbeResult.answeredBy("i-2")));
    }

    private Ipv4 giveAnother(NetworkNamespace vm, int number) {
        Ipv4 address = TinyNet.address(number);
        try (Netlink here = vm.openNetlink();
                Netlink router = net.router().openNetlink()) {
            here.apply(new NetlinkRequest.AddAddress(new AddressEntry("eth0", address, 32)));
            router.apply(new NetlinkRequest.AddRoute(
                    RouteEntry.onLink(RouteEntry.MAIN, Cidr.of(address), 0, "v" + (number - 10))));
        }
        return address;
    }

    @Test
    void nothing_is_sent_without_a_route() {
        try (Netlink netlink = vm1.openNetlink()) {
            netlink.routes().forEach(route -> netlink.apply(new NetlinkRequest.DeleteRoute(route)));
        }

        assertThat(prober.probe(List.of(new Udp("i-1", VM_2, 5000), new Tcp("i-1", VM_2, 22), new Icmp("i-1", VM_2)))
                        .values())
                .containsOnly(ProbeResult.LOST);
    }

    @Test
    void an_unexpected_arrival_fails_at_once_and_names_the_probe() {
        long start = System.nanoTime();

        assertThatThrownBy(() -> prober.demand(Map.of(new Udp("i-1", VM_2, 5000), ProbeResult.LOST)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("must not arrive")
                .hasMessageContaining("Udp[from=i-1, source=0.0.0.0, to=10.0.0.2, port=5000]");
        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000);
    }

    @Test
    void what_is_still_missing_after_all_repetitions_fails() {
        Ipv4 nobody = TinyNet.address(99);

        assertThatThrownBy(() -> prober.demand(Map.of(new Udp("i-1", nobody, 5000), ProbeResult.answeredBy("i-2"))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("must arrive");
    }

    @Test
    void a_live_flow_passes_both_ways_until_the_network_cuts_it() throws IOException {
        try (TcpFlow flow = TcpFlow.between(vm1, vm2, VM_2, 443)) {
            assertThat(flow.passesForward(Duration.ofSeconds(5))).isTrue();
            assertThat(flow.passesBackward(Duration.ofSeconds(5))).isTrue();

            net.router().nftables().run("""
                    table ip t {
                        chain c { type filter hook forward priority 0; ip saddr 10.0.0.1 drop; }
                    }
                    """);

            assertThat(flow.passesForward(Duration.ofMillis(300))).isFalse();
        }
    }

    /** It is sent until it arrives: a kernel under load may take a link into use a moment after it said so. */
    @Test
    void a_frame_arrives_as_it_was_sent_with_whatever_sender_it_claims() {
        Ipv4 claimed = Ipv4.parse("10.9.9.9");
        MacAddress claimedMac = MacAddress.parse("06:00:00:99:99:99");
        UdpFrame frame = new UdpFrame(claimedMac, VmLink.ROUTER_MAC, claimed, VM_2, 5000, "spoofed-frame-1");

        try (RawSocket from = RawSocket.frames(vm1, "eth0");
                RawSocket to = RawSocket.frames(vm2, "eth0")) {
            Eventually.holds(() -> {
                from.send(frame.bytes());
                return to.poll().filter(frame::isIn).isPresent();
            });
        }
    }
}
