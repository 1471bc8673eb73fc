package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.VmId;
import dev.linkspan.server.network.linux.namespace.NamespaceFolder;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.netns.NetnsDriver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The network contract on namespaces, and what only namespaces can show. */
class NetnsNetworkTest extends NetworkContract {
    @RegisterExtension
    private final NamespaceFolder folder = new NamespaceFolder();

    @Override
    Driver openDriver() {
        return NetnsDriver.open(folder.path());
    }

    @Override
    NetworkNamespace machine(VmId vm) {
        return folder.namespaces().find(vm.value()).orElseThrow();
    }

    @Test
    void what_somebody_else_changed_is_repaired() {
        network.connect(netA, netB);
        network.open(netB);
        demand(Map.of(ping(a, b), answeredBy(b.name())));
        NetworkNamespace router = folder.namespaces().find(netA.id().value()).orElseThrow();

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
        assertThat(folder.namespaces().names())
                .containsExactlyInAnyOrder(netA.id().value(), netB.id().value(), a.name(), b.name());

        network.change(netA.owner(), unit -> {
            network.vms.delete(unit, netA.owner(), List.of(a.id()));
            return unit.now();
        });
        network.settle();

        assertThat(folder.namespaces().names())
                .containsExactlyInAnyOrder(netA.id().value(), netB.id().value(), b.name());
    }
}
