package dev.linkspan.server.reachability;

import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.network.LiveFlow;
import dev.linkspan.server.network.LiveReconciler;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.ProbeResult;
import dev.linkspan.server.network.Prober;
import dev.linkspan.server.network.Testbed;
import dev.linkspan.server.network.netns.NetnsTestbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A testbed, on which the real driver carries the packets of one Region after the other. */
final class Wire implements AutoCloseable {

    private static final Set<Integer> PORTS = Set.of(22, 80, 5000, 6000);

    private final Testbed testbed;

    private Wire(Testbed testbed) {
        this.testbed = testbed;
    }

    static Wire open() {
        return new Wire(NetnsTestbed.open());
    }

    /** Carries the packets of this store's Region, and of no other until it is closed. */
    Carrier carry(Store store) {
        return new Live(store);
    }

    @Override
    public void close() {
        testbed.close();
    }

    private final class Live implements Carrier {

        private final Store store;
        private Optional<LiveReconciler> reconciler = Optional.empty();

        Live(Store store) {
            this.store = store;
        }

        /** Begins when it is first asked: what has happened until then is made at one go. */
        @Override
        public void settle(Set<VmId> passingOn) {
            if (reconciler.isEmpty()) {
                reconciler = Optional.of(LiveReconciler.start(store, testbed.openDriver()));
            }
            reconciler.get().settle();
            passingOn.forEach(testbed::passOn);
        }

        @Override
        public Map<Probe, ProbeResult> surprises(Map<Probe, ProbeResult> expected) {
            try (Prober prober = testbed.prober(machines(), PORTS)) {
                return prober.surprises(expected);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private List<VmId> machines() {
            return store.read(
                    Fixture.REGION,
                    snapshot -> snapshot.nets().ids().stream()
                            .flatMap(net -> snapshot.vms().ofNet(net).stream())
                            .filter(Vm::exists)
                            .map(Vm::id)
                            .toList());
        }

        @Override
        public Optional<LiveFlow> connect(Probe.Tcp first, VmId to) {
            try {
                return Optional.of(testbed.connect(new VmId(first.from()), to, first.to(), first.port()));
            } catch (IOException failed) {
                throw new UncheckedIOException("%s cannot be connected".formatted(first), failed);
            }
        }

        @Override
        public void close() {
            reconciler.ifPresent(LiveReconciler::close);
            testbed.clear();
        }
    }
}
