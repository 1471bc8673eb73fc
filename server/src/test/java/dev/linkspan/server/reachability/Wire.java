package dev.linkspan.server.reachability;

import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.network.LiveReconciler;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.ProbeResult;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.netns.NetnsDriver;
import dev.linkspan.server.network.vm.LiveFlow;
import dev.linkspan.server.network.vm.Prober;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Namespaces, in which the real driver carries the packets of one Region after the other. */
final class Wire implements AutoCloseable {

    private static final Set<Integer> PORTS = Set.of(22, 80, 5000, 6000);

    private final Path folder;
    private final NetworkNamespaces namespaces;

    private Wire(Path folder) {
        this.folder = folder;
        this.namespaces = NetworkNamespaces.open(folder);
    }

    static Wire open() {
        try {
            return new Wire(Files.createTempDirectory("linkspan-wire-"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Carries the packets of this store's Region, and of no other until it is closed. */
    Carrier carry(Store store) {
        return new Live(store);
    }

    @Override
    public void close() {
        namespaces.close();
        NetworkNamespaces.cleanUp(folder);
    }

    private final class Live implements Carrier {

        private final Store store;
        private Optional<LiveReconciler> reconciler = Optional.empty();

        Live(Store store) {
            this.store = store;
        }

        /** Begins when it is first asked: what has happened until then is made at one go. */
        @Override
        public void settle() {
            if (reconciler.isEmpty()) {
                reconciler = Optional.of(LiveReconciler.start(store, NetnsDriver.open(folder)));
            }
            reconciler.get().settle();
        }

        @Override
        public Map<Probe, ProbeResult> surprises(Map<Probe, ProbeResult> expected) {
            try (Prober prober = Prober.among(machines(), PORTS)) {
                return prober.surprises(expected);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private List<NetworkNamespace> machines() {
            return store.read(
                    Fixture.REGION,
                    snapshot -> snapshot.netIds().stream()
                            .flatMap(net -> snapshot.vmsOf(net).stream())
                            .filter(Vm::exists)
                            .map(vm -> machine(vm.id()))
                            .toList());
        }

        private NetworkNamespace machine(VmId vm) {
            return namespaces.find(vm.value()).orElseThrow();
        }

        @Override
        public Optional<LiveFlow> connect(Probe.Tcp first, VmId to) {
            try {
                NetworkNamespace from = machine(new VmId(first.from()));
                return Optional.of(LiveFlow.between(from, machine(to), first.to(), first.port()));
            } catch (IOException failed) {
                throw new UncheckedIOException("%s cannot be connected".formatted(first), failed);
            }
        }

        @Override
        public void close() {
            reconciler.ifPresent(LiveReconciler::close);
            namespaces.names().forEach(namespaces::delete);
        }
    }
}
