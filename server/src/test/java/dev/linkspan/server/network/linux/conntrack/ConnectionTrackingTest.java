package dev.linkspan.server.network.linux.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.linux.TinyNet;
import dev.linkspan.server.network.linux.namespace.NamespaceFolder;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.vm.UdpStation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Slow
class ConnectionTrackingTest {

    private static final int MARK = 0xf0001234;
    private static final int OTHER_PORT = 7002;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @RegisterExtension
    private final NamespaceFolder folder = new NamespaceFolder();

    private UdpStation one;
    private UdpStation other;
    private UdpStation two;
    private ConnectionTracking tracking;

    /** A router that tracks, and marks what is for the second VM's port 53. */
    @BeforeEach
    void build() {
        TinyNet net = new TinyNet(folder.namespaces());
        NetworkNamespace vm = net.addVm(1);
        one = UdpStation.at(vm, TinyNet.address(1), 7001);
        other = UdpStation.at(vm, TinyNet.address(1), OTHER_PORT);
        two = UdpStation.at(net.addVm(2), TinyNet.address(2), 53);
        net.router().nftables().run("""
                add table ip t
                add chain ip t c { type filter hook forward priority 0; }
                add rule ip t c ct state new udp dport 53 ct mark set 0x%08x
                """.formatted(MARK));
        tracking = net.router().openConnectionTracking();
    }

    @AfterEach
    void close() throws IOException {
        tracking.close();
        one.close();
        other.close();
        two.close();
    }

    @Test
    void a_flow_is_listed_by_the_packet_that_opened_it() throws IOException {
        ask();
        two.send("answer", TinyNet.address(1), 7001);
        assertThat(one.receive(PATIENCE)).contains("answer");

        assertThat(tracking.flows()).singleElement().satisfies(flow -> {
            assertThat(flow.protocol()).isEqualTo(Traffic.UDP);
            assertThat(flow.opener()).isEqualTo(TinyNet.address(1));
            assertThat(flow.responder()).isEqualTo(TinyNet.address(2));
            assertThat(flow.from()).isEqualTo(7001);
            assertThat(flow.to()).isEqualTo(53);
            assertThat(flow.mark()).isEqualTo(MARK);
        });
    }

    @Test
    void flows_of_a_mark_are_forgotten_and_no_others() throws IOException {
        ask();
        answerFirst();
        tracking.forgetMarked(MARK + 1);
        assertThat(tracking.flows()).hasSize(2);

        tracking.forgetMarked(MARK);

        assertThat(tracking.flows()).extracting(TrackedFlow::mark).containsExactly(0);
    }

    @Test
    void flows_of_an_address_are_forgotten_at_either_end() throws IOException {
        ask();
        tracking.forgetOf(Ipv4.parse("10.0.0.9"));
        assertThat(tracking.flows()).hasSize(1);

        tracking.forgetOf(TinyNet.address(1));
        assertThat(tracking.flows()).isEmpty();

        ask();
        tracking.forgetOf(TinyNet.address(2));
        assertThat(tracking.flows()).isEmpty();
    }

    @Test
    void a_flow_that_has_ended_by_itself_is_no_error() throws IOException {
        ask();
        answerFirst();
        List<TrackedFlow> flows = tracking.flows();
        tracking.forgetMarked(MARK);

        tracking.forget(flows);

        assertThat(tracking.flows()).isEmpty();
    }

    private void ask() throws IOException {
        one.send("question", TinyNet.address(2), 53);
        assertThat(two.receive(PATIENCE)).contains("question");
    }

    /** A flow from the second VM, which nothing marks. */
    private void answerFirst() throws IOException {
        two.send("unasked", TinyNet.address(1), OTHER_PORT);
        assertThat(other.receive(PATIENCE)).contains("unasked");
    }
}
