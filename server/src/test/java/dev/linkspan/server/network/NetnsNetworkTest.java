package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.netns.NetnsTestbed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The network contract on namespaces, and what only namespaces can show. */
class NetnsNetworkTest extends NetworkContract {
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
}
