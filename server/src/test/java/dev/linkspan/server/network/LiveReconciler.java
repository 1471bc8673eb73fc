package dev.linkspan.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.Lease;
import dev.linkspan.core.port.NetworkDriver;
import dev.linkspan.core.port.Store;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A reconciler at work on one Region, and a way to wait for it. */
public final class LiveReconciler implements AutoCloseable {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 100_000;

    private final Store store;
    private final Reconciler reconciler;

    private LiveReconciler(Store store, Reconciler reconciler) {
        this.store = store;
        this.reconciler = reconciler;
    }

    /** Follows what happens, and never looks after what it has done. */
    public static LiveReconciler start(Store store, NetworkDriver driver) {
        return start(store, driver, NEVER);
    }

    static LiveReconciler start(Store store, NetworkDriver driver, Duration verifyEvery) {
        Reconciler reconciler = new Reconciler(store, List.of(Fixture.REGION), driver, Lease.ALWAYS, verifyEvery);
        reconciler.start();
        return new LiveReconciler(store, reconciler);
    }

    /** Waits until the network is as the truth says. */
    public void settle() {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        long wanted = store.read(Fixture.REGION, snapshot -> snapshot.events().lastSequence());
        while (reconciler.progress().appliedSequences().getOrDefault(Fixture.REGION, -1L) < wanted
                || !reconciler.progress().failing().isEmpty()) {
            assertThat(System.nanoTime())
                    .as("deadline; failing: %s", reconciler.progress().failing())
                    .isLessThan(deadline);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        reconciler.close();
    }
}
