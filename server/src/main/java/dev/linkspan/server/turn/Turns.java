package dev.linkspan.server.turn;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Sentence;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets a few work at once, each asker at most so many of them, and the others wait in lines of their own. Whoever fills its
 * line, or waits too long, is refused, and nobody else is. Whose work takes long pauses after it ({@link Pacing}).
 */
public final class Turns {

    private final Limits limits;
    private final Sentence busy;
    private final Pacing pacing;
    private final ReentrantLock lock = new ReentrantLock();
    private final TurnQueue<Waiter> waiting = new TurnQueue<>();
    private final Map<String, Integer> working = new HashMap<>();
    private int free;

    /**
     * What is let in.
     *
     * @param atOnce how many work at once
     * @param each how many of them are one asker's
     * @param inLine how many of one asker's wait
     * @param patience how long one waits
     */
    public record Limits(int atOnce, int each, int inLine, Duration patience) {}

    private final class Waiter {
        private final Condition called = lock.newCondition();
        private final long since = System.nanoTime();
        private boolean mayWork;
    }

    /**
     * @param busy what is said to those who are refused
     * @param activity who would notice that one takes long
     */
    public Turns(Limits limits, Sentence busy, RecentActivity activity) {
        this.limits = limits;
        this.busy = busy;
        this.pacing = new Pacing(activity);
        this.free = limits.atOnce();
    }

    /** Does the work when its turn has come. */
    public <T> T taking(String whose, Supplier<T> work) {
        take(whose);
        long began = System.nanoTime();
        try {
            return work.get();
        } finally {
            giveBack(whose, System.nanoTime() - began);
        }
    }

    /** Waits for a turn, which is taken until it is given back. */
    public void take(String whose) {
        lock.lock();
        try {
            if (waiting.size(whose) >= limits.inLine()) {
                throw refused();
            }
            pacing.seen(whose);
            Waiter waiter = new Waiter();
            waiting.add(whose, waiter);
            callNext();
            await(whose, waiter);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a turn where one is free, and waits for none. */
    public boolean tryTake(String whose) {
        lock.lock();
        try {
            if (free == 0 || working.getOrDefault(whose, 0) >= limits.each()) {
                return false;
            }
            free--;
            working.merge(whose, 1, Integer::sum);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void await(String whose, Waiter waiter) {
        long end = System.nanoTime() + limits.patience().toNanos();
        try {
            for (long left = end - System.nanoTime(); !waiter.mayWork && left > 0; left = end - System.nanoTime()) {
                long pause = pacing.left(whose);
                waiter.called.awaitNanos(pause > 0 ? Math.min(left, pause) : left);
                callNext();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!waiter.mayWork) {
            waiting.remove(whose, waiter);
            wakeFirstOf(whose);
            throw refused();
        }
    }

    /** Ends a turn that did not keep anybody from working. */
    public void giveBack(String whose) {
        giveBack(whose, 0);
    }

    private void giveBack(String whose, long took) {
        lock.lock();
        try {
            pacing.took(whose, took);
            free++;
            working.computeIfPresent(whose, (_, count) -> count == 1 ? null : count - 1);
            callNext();
            wakeFirstOf(whose);
        } finally {
            lock.unlock();
        }
    }

    /** The first of a line is the one that looks out for the end of the pause. */
    private void wakeFirstOf(String whose) {
        waiting.first(whose).ifPresent(first -> first.called.signal());
    }

    private void callNext() {
        while (free > 0) {
            Optional<String> whose =
                    waiting.next(asker -> working.getOrDefault(asker, 0) < limits.each() && !pacing.isPausing(asker));
            if (whose.isEmpty()) {
                return;
            }
            Waiter next = waiting.poll(whose.get()::equals).orElseThrow();
            working.merge(whose.get(), 1, Integer::sum);
            free--;
            next.mayWork = true;
            next.called.signal();
        }
    }

    /** How many wait. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** How long others, or what works, have kept somebody waiting at most. Whoever waits behind itself is not kept. */
    public Duration longestWait() {
        lock.lock();
        try {
            return Duration.ofNanos(waiting.firsts().entrySet().stream()
                    .mapToLong(first -> pacing.keptWaiting(first.getKey(), first.getValue().since))
                    .max()
                    .orElse(0));
        } finally {
            lock.unlock();
        }
    }

    /** What is thrown at those who are not let in. */
    public Refusal refused() {
        return new Refusal(RefusalCode.THROTTLED, "%s", busy);
    }
}
