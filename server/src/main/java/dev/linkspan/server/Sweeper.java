package dev.linkspan.server;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.operation.Hosts;
import dev.linkspan.core.operation.NatServices;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.port.Lease;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.server.observe.SweepFigures;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records what time has done: requests that expired, dead peerings, terminated VMs and deleted NAT services whose hour is over, hosts that
 * have fallen silent, events that are kept no longer. It cleans up
 * and writes events; no answer ever waits for it (T2).
 */
final class Sweeper implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Sweeper.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** Short enough that calls do not queue behind one sweep. */
    private static final int MOST_AT_ONCE = 100;

    private final Store store;
    private final List<RegionName> regions;
    private final NetPeerings peerings;
    private final Vms vms;
    private final Hosts hosts;
    private final NatServices natServices = new NatServices();
    private final Duration retention;
    private final Lease lease;
    private final SweepFigures figures;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Thread thread;
    private boolean due;
    private boolean closed;

    /**
     * @param retention how long events are kept; zero keeps them for ever
     * @param lease nothing is swept while it is not held
     */
    Sweeper(
            Store store,
            List<RegionName> regions,
            NetPeerings peerings,
            Vms vms,
            Hosts hosts,
            Duration retention,
            Lease lease,
            SweepFigures figures) {
        this.retention = retention;
        this.store = store;
        this.regions = List.copyOf(regions);
        this.peerings = peerings;
        this.vms = vms;
        this.hosts = hosts;
        this.lease = lease;
        this.figures = figures;
        this.thread = Thread.ofVirtual().name("sweeper").unstarted(this::sweepUntilClosed);
    }

    void start() {
        thread.start();
    }

    /** Sweeps at once: time has jumped. */
    void wake() {
        lock.lock();
        try {
            due = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void sweepUntilClosed() {
        try {
            while (awaitNext()) {
                regions.forEach(this::sweep);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitNext() throws InterruptedException {
        lock.lock();
        try {
            long remaining = PERIOD.toNanos();
            while (!closed && !due && remaining > 0) {
                remaining = woken.awaitNanos(remaining);
            }
            due = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void sweep(RegionName region) {
        try {
            int swept = MOST_AT_ONCE;
            while (swept >= MOST_AT_ONCE && lease.isHeld()) {
                swept = store.change(region, Origin.TIME, this::sweep);
                figures.swept(swept);
            }
        } catch (RuntimeException failure) {
            figures.failed();
            LOG.log(Level.WARNING, "what time has done to Region " + region + " could not be recorded", failure);
        }
    }

    private int sweep(UnitOfWork unit) {
        int forgotten =
                retention.isZero() ? 0 : unit.events().forgetBefore(unit.now().minus(retention), MOST_AT_ONCE);
        hosts.sweep(unit);
        return peerings.sweep(unit, MOST_AT_ONCE)
                + vms.sweep(unit, MOST_AT_ONCE)
                + natServices.sweep(unit, MOST_AT_ONCE)
                + forgotten;
    }

    /** Its thread's name where that has ended though nobody closed it. */
    List<String> ended() {
        lock.lock();
        try {
            return closed || thread.isAlive() ? List.of() : List.of(thread.getName());
        } finally {
            lock.unlock();
        }
    }

    /** Ends after the change that is under way. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
