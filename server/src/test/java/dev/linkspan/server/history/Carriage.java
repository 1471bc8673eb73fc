package dev.linkspan.server.history;

import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.port.NetworkDriver;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.network.LiveReconciler;
import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.network.netns.Tampering;
import dev.linkspan.server.reachability.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What carries the packets of a Region, as in a server: a reconciler and a driver, which may be killed, and strangers. */
final class Carriage implements AutoCloseable {

    private final Store store;
    private final NetnsTestbed testbed;
    private Watched driver;
    private LiveReconciler reconciler;
    private boolean killed;

    Carriage(Store store, NetnsTestbed testbed) {
        this.store = store;
        this.testbed = testbed;
        this.driver = new Watched(testbed.openDriver());
        this.reconciler = LiveReconciler.start(store, driver);
    }

    void settle() {
        if (killed) {
            driver = new Watched(testbed.openDriver());
            reconciler = LiveReconciler.start(store, driver);
            killed = false;
        }
        reconciler.settle();
    }

    void kill() {
        if (!killed) {
            reconciler.close();
            killed = true;
        }
    }

    /** The harm is done, and repaired as soon as the reconciler looks at the Net again. */
    void repair(NetId net, Step.Harm harm) {
        testbed.router(net).ifPresent(router -> {
            switch (harm) {
                case RULES_DELETED -> Tampering.deleteRules(router);
                case ROUTES_DELETED -> Tampering.deleteRoutes(router);
                case FILTER_DELETED -> Tampering.deleteFilter(router);
                case LINK_DELETED -> Tampering.deleteLinkToPeer(router);
            }
        });
        driver.verifyAll();
    }

    @Override
    public void close() {
        kill();
    }

    /** The driver, which another thread than the reconciler's can have look after everything too, in its turn. */
    private static final class Watched implements NetworkDriver {

        private final NetworkDriver real;
        private final Map<NetId, NetPlan> plans = new HashMap<>();

        Watched(NetworkDriver real) {
            this.real = real;
        }

        synchronized void verifyAll() {
            plans.values().forEach(real::verify);
        }

        @Override
        public synchronized void removeOrphans(Set<NetId> nets, Set<VmId> vms, Set<NatServiceId> natServices) {
            real.removeOrphans(nets, vms, natServices);
        }

        @Override
        public synchronized void apply(NetPlan plan) {
            plans.put(plan.net(), plan);
            real.apply(plan);
        }

        @Override
        public synchronized void verify(NetPlan plan) {
            real.verify(plan);
        }

        @Override
        public synchronized void remove(NetId net) {
            plans.remove(net);
            real.remove(net);
        }

        @Override
        public synchronized void close() {
            real.close();
        }
    }
}
