package dev.linkspan.server;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.NetworkStatus;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ResetGate;
import dev.linkspan.server.store.SqlStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings a server back to empty, and waits until the network has followed.
 *
 * @param forget what is remembered of what there was
 */
record Reset(SqlStore store, NetworkStatus network, ResetGate gate, Runnable forget) {

    private static final Duration LOOK_EVERY = Duration.ofMillis(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    void run(Origin origin) {
        gate.alone(() -> {
            store.reset(origin);
            forget.run();
        });
        Map<RegionName, Long> reached = store.lastSequences();
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!hasFollowed(reached)) {
            if (System.nanoTime() - deadline > 0) {
                throw new Refusal(
                        RefusalCode.UNAVAILABLE,
                        "Everything is deleted, but its network is not gone yet: the server's log says why.");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** Where another server carries the network, it follows in its own time. */
    private boolean hasFollowed(Map<RegionName, Long> reached) {
        NetworkStatus.Report report = network.report();
        Map<RegionName, Long> applied = report.progress().appliedSequences();
        return report.standingBy()
                || reached.entrySet().stream()
                        .allMatch(each -> applied.getOrDefault(each.getKey(), -1L) >= each.getValue());
    }
}
