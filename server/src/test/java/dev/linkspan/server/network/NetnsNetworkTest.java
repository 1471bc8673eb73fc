package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.LiveNetwork.Machine;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.network.vm.UdpStation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The network contract on namespaces, and what only namespaces can show. */
class NetnsNetworkTest extends NetworkContract {

    private static final int RULES = 50;
    private static final int REPLACEMENTS = 40;

    @RegisterExtension
    private final NetnsTestbed testbed = new NetnsTestbed();

    @Override
    Testbed testbed() {
        return testbed;
    }

    @Test
    void what_somebody_else_changed_is_repaired() {
        network.connect(netA, netB);
        network.open(netB);
        demand(Map.of(ping(a, b), answeredBy(b.name())));
        NetworkNamespace router = testbed.router(netA.id()).orElseThrow();

        router.nftables().run("flush ruleset");
        demandLost(ping(a, b));
        network.restartWith(openDriver(), Duration.ofMillis(50));
        demand(Map.of(ping(a, b), answeredBy(b.name())));

        router.nftables().run("flush ruleset");
        demand(Map.of(ping(a, b), answeredBy(b.name())));
    }

    @Test
    @Rule({"S1", "S2"})
    void what_is_refused_stays_refused_while_another_filter_takes_the_place_of_the_one_that_is_there()
            throws IOException, InterruptedException {
        network.connect(netA, netB);
        allowMuchElse(netB);
        network.settle();
        try (UdpStation client = UdpStation.at(testbed.machine(a.id()), a.address(), PORT);
                UdpStation server = UdpStation.at(testbed.machine(b.id()), b.address(), PORT)) {
            Thread knocking = Thread.ofPlatform().start(() -> knock(client));
            for (int i = 0; i < REPLACEMENTS; i++) {
                testbed.router(netB.id()).orElseThrow().nftables().run("add chain ip linkspan somebody_else");
                network.restartWith(openDriver(), Duration.ofMinutes(1));
            }
            knocking.interrupt();
            knocking.join();
            assertThat(server.receive(Duration.ZERO)).isEmpty();
        }
    }

    /** Makes the filter long, so that it takes a while to replace it. */
    private void allowMuchElse(Net net) {
        for (int port = 1; port <= RULES; port++) {
            network.allow(net, network.defaultGroup(net), new Traffic.Ports(Traffic.TCP, port, port), Cidr.ALL);
        }
    }

    /** Until it is interrupted. */
    private void knock(UdpStation client) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                client.send("let me in", b.address(), PORT);
            }
        } catch (ClosedByInterruptException ended) {
            // It was asked to end.
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void a_net_that_is_gone_leaves_nothing_behind() {
        network.connect(netA, netB);
        network.settle();
        assertThat(testbed.namespaces().names())
                .containsExactlyInAnyOrder(netA.id().value(), netB.id().value(), a.name(), b.name());

        network.change(netA.owner(), unit -> {
            network.vms.delete(unit, netA.owner(), List.of(a.id()));
            return unit.now();
        });
        network.settle();

        assertThat(testbed.namespaces().names())
                .containsExactlyInAnyOrder(netA.id().value(), netB.id().value(), b.name());
    }

    @Test
    void what_a_tenant_has_set_up_by_hand_does_not_keep_others_from_what_they_get() {
        Machine other = network.vm(subnetA);
        network.settle();
        Ipv4 ofFirst = Ipv4.parse("10.0.1.40");
        Ipv4 ofOther = Ipv4.parse("10.0.1.41");
        try (Netlink netlink = testbed.machine(a.id()).openNetlink()) {
            netlink.apply(new NetlinkRequest.AddAddress(new AddressEntry("eth0", ofFirst, 32)));
        }

        network.change(netA.owner(), unit -> {
            network.nicAddresses.link(unit, netA.owner(), a.nic().id(), List.of(ofFirst), false);
            network.nicAddresses.link(unit, netA.owner(), other.nic().id(), List.of(ofOther), false);
            return unit.now();
        });

        demand(Map.of(
                new Probe.Udp(a.name(), ofFirst, ofOther, PORT), answeredBy(other.name()),
                new Probe.Udp(other.name(), ofOther, ofFirst, PORT), answeredBy(a.name())));
    }
}
