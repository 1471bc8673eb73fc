package dev.linkspan.server.store;

import dev.linkspan.core.id.RegionName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tells who waits for events how far each Region's log goes, without asking the database. */
final class EventSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<RegionName, Long> newest = new HashMap<>();
    private boolean closed;

    /** The Region's log is committed up to this number at least. */
    void reached(RegionName region, long sequence) {
        lock.lock();
        try {
            newest.merge(region, sequence, Math::max);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean await(RegionName region, long after, Duration timeout) throws InterruptedException {
        long remaining = timeout.toNanos();
        lock.lock();
        try {
            while (!closed && newest.getOrDefault(region, 0L) <= after) {
                if (remaining <= 0) {
                    return false;
                }
                remaining = changed.awaitNanos(remaining);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits is told that nothing more comes. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
