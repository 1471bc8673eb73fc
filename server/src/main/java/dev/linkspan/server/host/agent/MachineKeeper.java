package dev.linkspan.server.host.agent;

import dev.linkspan.server.host.protocol.HostedMachine;
import dev.linkspan.server.host.protocol.LinkReport;
import dev.linkspan.server.host.protocol.SyncRequest;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the host's machines as they were last told, on a thread of its own: at once when something else is told, and again and again,
 * since somebody may have changed what is there. Before anything was told, nothing is touched.
 */
final class MachineKeeper implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(MachineKeeper.class.getName());

    /** Between two comparisons. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** The same while a link is awaited. */
    private static final Duration SHORT_INTERVAL = Duration.ofMillis(50);

    private record Told(long revision, List<HostedMachine> machines) {}

    private final HostedMachines machines;
    private final Thread thread = Thread.ofPlatform().name("agent-machines").unstarted(this::keep);
    private final Trouble trouble = new Trouble(LOGGER, "the machines are as they must be again");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock, like what follows. */
    private Optional<Told> told = Optional.empty();

    private boolean news;
    private long applied = SyncRequest.NOTHING_KNOWN;
    private List<LinkReport> links = List.of();
    private boolean connected = true;
    private boolean closed;

    MachineKeeper(HostedMachines machines) {
        this.machines = machines;
    }

    void start() {
        thread.start();
    }

    /** From now on these and no others; nothing happens where it is what was told last. */
    void want(long revision, List<HostedMachine> wanted) {
        lock.lock();
        try {
            Optional<Told> now = Optional.of(new Told(revision, wanted));
            news |= !now.equals(told);
            told = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until what was last told was tried, well or not; no longer than this. */
    void awaitTried(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (news && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The revision that the host has. */
    long applied() {
        lock.lock();
        try {
            return applied;
        } finally {
            lock.unlock();
        }
    }

    /** How the machines were connected when it was last looked at. */
    List<LinkReport> links() {
        lock.lock();
        try {
            return links;
        } finally {
            lock.unlock();
        }
    }

    /** Whether every link that must be up was so then. */
    boolean isConnected() {
        lock.lock();
        try {
            return connected;
        } finally {
            lock.unlock();
        }
    }

    private void keep() {
        try {
            Optional<Told> next = next();
            while (next.isPresent()) {
                apply(next.get());
                next = next();
            }
        } catch (InterruptedException ended) {
            // It is being closed.
            Thread.currentThread().interrupt();
        }
    }

    /** What must be there, when it is time to look; empty when there is nothing left to do. */
    private Optional<Told> next() throws InterruptedException {
        lock.lock();
        try {
            long left = (connected ? INTERVAL : SHORT_INTERVAL).toNanos();
            while (!closed && !news && (left > 0 || told.isEmpty())) {
                if (told.isEmpty()) {
                    changed.await();
                } else {
                    left = changed.await(left, TimeUnit.NANOSECONDS) ? left : 0;
                }
            }
            return closed ? Optional.empty() : told;
        } finally {
            lock.unlock();
        }
    }

    private void apply(Told wanted) throws InterruptedException {
        try {
            machines.apply(wanted.machines());
            tried(wanted, Optional.of(wanted.revision()));
            look();
            trouble.ended();
        } catch (RuntimeException failed) {
            tried(wanted, Optional.empty());
            trouble.failed("the machines are not as they must be: " + failed.getMessage());
            lookAllTheSame();
        }
    }

    private void tried(Told wanted, Optional<Long> revision) {
        lock.lock();
        try {
            revision.ifPresent(it -> applied = it);
            news = !told.equals(Optional.of(wanted));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void look() throws InterruptedException {
        boolean all = machines.awaitConnected(Duration.ZERO);
        machines.announce();
        List<LinkReport> seen = machines.links();
        lock.lock();
        try {
            connected = all;
            links = seen;
        } finally {
            lock.unlock();
        }
    }

    /** What could be made is looked at where some could not. */
    private void lookAllTheSame() throws InterruptedException {
        try {
            look();
        } catch (RuntimeException again) {
            trouble.failed("the switch of this host cannot be looked at: " + again.getMessage());
        }
    }

    /** The machines stay, and go on. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
