package dev.linkspan.server.store;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.turn.Pacing;
import dev.linkspan.server.turn.RecentActivity;
import dev.linkspan.server.turn.TurnQueue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/*
 * Why one writer
 *
 * A durable commit waits for the disk, and that wait is nearly all that a change costs. Callers that commit one by one
 * stand in a queue for it. Here they stand in a queue anyway, so that one commit serves all that have gathered while the
 * one before it was under way: the busier the server, the larger the batches, and the fewer commits for each change. A
 * caller that is alone waits for nobody: its batch is itself.
 *
 * Order
 *
 * One thread takes what is queued, at most a batch, and runs the units one after another on one connection. Units
 * therefore never run beside each other: no locks, no serialization failures, no retries, and a dense sequence of events.
 *
 * Turns
 *
 * Everybody who asks for changes has a queue of its own, and the first of each is taken by turns. A batch that others wait
 * for ends once it has taken a while, and what it had no time for is first in the next one: so nobody waits for more than
 * one unit of each of the others, and for the commit. Whose units take long pauses in between, while others are about, so
 * that most of the time there is no long one under way.
 *
 * Several servers
 *
 * On PostgreSQL other servers have writers too. A batch therefore begins by waiting for its turn on the Regions that its
 * units change ({@link Dialect#begin}); from there to the commit the above holds across servers.
 *
 * Failure
 *
 * Each unit runs within a savepoint. One that throws is rolled back to it, its caller gets what it threw, and the others
 * in the batch never know.
 *
 * When the batch itself fails (the disk is full, the commit fails) nobody in it may believe anything, also not a unit
 * that was refused: what it saw may have been the work of its neighbours, which is gone. So all of its callers fail, and
 * the connection is thrown away: what the database holds then is what the next connection finds. If it was only the
 * connection that broke, and before the commit was asked for, the batch is done once more on another one: nothing of it
 * had been seen by anybody.
 *
 * Acknowledgement
 *
 * Callers are completed after the commit and never before. What was accepted before close() is still written.
 */
/** The Region's one order of changes, many to a commit. Callers park until theirs is durable. */
final class GroupCommitWriter implements AutoCloseable {

    private static final Logger LOG = System.getLogger(GroupCommitWriter.class.getName());

    /** Whose turn the server's own work takes. */
    private static final String OWN = "";

    static final int LARGEST_BATCH = 128;
    private static final int LONGEST_QUEUE = 1024;

    private static final long UNTIL_SOMEBODY_COMES = Duration.ofDays(1).toNanos();

    /** After this long a batch begins no further unit, where others wait for it. */
    private static final Duration LONGEST_BATCH = Duration.ofMillis(50);

    private final Dialect dialect;
    private final StoreClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final TurnQueue<Job<?>> queue = new TurnQueue<>();
    private final Pacing pacing = new Pacing(new RecentActivity());
    private boolean closed;
    private volatile boolean closing;

    /** Since when the batch that is under way is (in {@link System#nanoTime()}); 0 between batches. */
    private volatile long busySince;

    private final LongAdder batches = new LongAdder();
    private final LongAdder units = new LongAdder();
    private final Thread thread;

    /** The writer thread's own. */
    private @Nullable Handle connection;

    /** @param clock is told when the changes that it gave a time are committed or undone */
    GroupCommitWriter(Dialect dialect, StoreClock clock) {
        this.dialect = dialect;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("store-writer").daemon().start(this::writeUntilClosed);
    }

    /**
     * Runs the work in its turn and answers what it answers, once that is durable.
     *
     * @param regions those whose order of changes this is part of
     * @param whose whose turn it takes
     */
    <T> T change(Set<RegionName> regions, String whose, Function<Handle, T> work) {
        return inTurn(new Job<>(regions, whose, work));
    }

    /** The server's own work. */
    <T> T change(Set<RegionName> regions, Function<Handle, T> work) {
        return change(regions, OWN, work);
    }

    /** How long others have kept a unit waiting at most, or the batch that is under way has taken. */
    Duration longestWait() {
        lock.lock();
        try {
            LongStream kept = queue.firsts().entrySet().stream()
                    .mapToLong(first -> pacing.keptWaiting(first.getKey(), first.getValue().since));
            LongStream busy = LongStream.of(busySince).filter(it -> it != 0).map(it -> System.nanoTime() - it);
            return Duration.ofNanos(LongStream.concat(kept, busy).max().orElse(0));
        } finally {
            lock.unlock();
        }
    }

    /** How many batches were committed since the start. */
    long batches() {
        return batches.sum();
    }

    /** How many units of work were in those batches. */
    long units() {
        return units.sum();
    }

    /** How many units of work wait for the batch that is under way. */
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private <T> T inTurn(Job<T> job) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("BUG: a change within a change would wait for itself");
        }
        enqueue(job);
        try {
            return job.outcome.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw e;
            }
        }
    }

    private void enqueue(Job<?> job) {
        lock.lock();
        try {
            while (!closed && queue.size(job.whose) >= LONGEST_QUEUE) {
                notFull.awaitUninterruptibly();
            }
            if (closed) {
                throw closed();
            }
            queue.add(job.whose, job);
            if (!job.whose.equals(OWN)) {
                pacing.seen(job.whose);
            }
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next batch, by turns; empty when the writer is closed and everything is written. */
    private List<Job<?>> take() {
        lock.lock();
        try {
            busySince = 0;
            List<Job<?>> batch = poll();
            while (batch.isEmpty() && !(closed && queue.isEmpty())) {
                notEmpty.awaitNanos(pacing.shortest(queue.lines()).orElse(UNTIL_SOMEBODY_COMES));
                batch = poll();
            }
            busySince = batch.isEmpty() ? 0 : System.nanoTime();
            notFull.signalAll();
            return batch;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("BUG: somebody interrupts the writer", interrupted);
        } finally {
            lock.unlock();
        }
    }

    /** Who pauses keeps its place, unless the writer is closed. */
    private List<Job<?>> poll() {
        List<Job<?>> batch = new ArrayList<>();
        Optional<Job<?>> next = Optional.empty();
        do {
            next.ifPresent(batch::add);
            next = batch.size() < LARGEST_BATCH
                    ? queue.poll(whose -> closed || !pacing.isPausing(whose))
                    : Optional.empty();
        } while (next.isPresent());
        return batch;
    }

    private void writeUntilClosed() {
        try {
            for (List<Job<?>> batch = take(); !batch.isEmpty(); batch = take()) {
                write(batch);
            }
        } finally {
            abandon();
            disconnect();
        }
    }

    /** Whoever waits when this thread ends, and whoever comes later, is told: nobody writes any more. */
    private void abandon() {
        lock.lock();
        try {
            closed = true;
            while (!queue.isEmpty()) {
                queue.poll().ifPresent(job -> job.outcome.completeExceptionally(closed()));
            }
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Refusal closed() {
        return new Refusal(RefusalCode.UNAVAILABLE, "The store is closed: the server is stopping.");
    }

    /** Whether its thread has ended though nobody closed it. */
    boolean hasEnded() {
        return !closing && !thread.isAlive();
    }

    private void write(List<Job<?>> taken) {
        String doing = "make changes";
        Begun begun;
        try {
            begun = doneOnceMoreIfDisconnected(taken);
            doing = "commit changes, and it is not known whether it has";
            dialect.commit(begun.handle());
        } catch (Throwable broken) {
            giveUp();
            RuntimeException failure = dialect.meaningOf(broken, doing);
            taken.forEach(job -> job.outcome.completeExceptionally(failure));
            return;
        }
        List<Job<?>> batch = taken.subList(0, begun.done());
        putBack(taken.subList(begun.done(), taken.size()));
        try {
            clock.committed();
            batches.increment();
            units.add(batch.size());
            batch.forEach(Job::answer);
        } finally {
            // Only where the above has failed is there anybody left without an answer.
            batch.forEach(Job::leave);
        }
    }

    /**
     * A batch that is done, but not committed.
     *
     * @param done how many of its units there was time for
     */
    private record Begun(Handle handle, int done) {}

    private Begun doneOnceMoreIfDisconnected(List<Job<?>> batch) {
        try {
            return done(batch);
        } catch (RuntimeException failure) {
            if (!dialect.isConnectionLost(failure)) {
                throw failure;
            }
            LOG.log(Level.WARNING, "a batch of changes lost its connection and is done once more", failure);
            giveUp();
            return done(batch);
        }
    }

    private Begun done(List<Job<?>> batch) {
        Handle handle = connected();
        Set<RegionName> regions =
                batch.stream().flatMap(job -> job.regions.stream()).collect(Collectors.toUnmodifiableSet());
        dialect.begin(handle, regions);
        clock.begin(handle, regions);
        long began = System.nanoTime();
        int done = 0;
        while (done < batch.size() && !(done > 0 && isLong(began) && isShared(batch))) {
            attempt(batch.get(done), handle);
            done++;
        }
        return new Begun(handle, done);
    }

    private static boolean isLong(long began) {
        return System.nanoTime() - began > LONGEST_BATCH.toNanos();
    }

    /** Whether more than one wait for the end of the batch, or for the next: whoever is alone is served best by one commit. */
    private boolean isShared(List<Job<?>> batch) {
        String first = batch.getFirst().whose;
        lock.lock();
        try {
            return batch.stream().anyMatch(job -> !job.whose.equals(first))
                    || queue.lines().stream().anyMatch(whose -> !whose.equals(first));
        } finally {
            lock.unlock();
        }
    }

    private void putBack(List<Job<?>> jobs) {
        lock.lock();
        try {
            jobs.reversed().forEach(job -> queue.putBack(job.whose, job));
        } finally {
            lock.unlock();
        }
    }

    private void giveUp() {
        disconnect();
        clock.undone();
    }

    private void attempt(Job<?> job, Handle handle) {
        long began = System.nanoTime();
        handle.execute("savepoint unit");
        Optional<Throwable> failure = job.run(handle, dialect);
        pause(job.whose, System.nanoTime() - began);
        failure.ifPresent(why -> undo(handle, why));
        handle.execute("release savepoint unit");
    }

    private void pause(String whose, long took) {
        if (!whose.equals(OWN)) {
            lock.lock();
            try {
                pacing.took(whose, took);
            } finally {
                lock.unlock();
            }
        }
    }

    /** A database that runs out of disk may have undone the whole batch by itself; then the savepoint is gone. */
    private static void undo(Handle handle, Throwable failure) {
        try {
            handle.execute("rollback to savepoint unit");
        } catch (JdbiException _) {
            throw new IllegalStateException("the batch is undone", failure);
        }
    }

    private Handle connected() {
        Handle handle = connection;
        if (handle == null) {
            handle = dialect.writer().open();
            connection = handle;
        }
        return handle;
    }

    /** Closing a connection rolls back what it has not committed. */
    private void disconnect() {
        Handle handle = connection;
        connection = null;
        if (handle != null) {
            try {
                handle.close();
            } catch (RuntimeException alreadyBroken) {
                LOG.log(Level.DEBUG, "a broken connection could not be closed", alreadyBroken);
            }
        }
    }

    /** Writes what was accepted, then stops. */
    @Override
    public void close() {
        closing = true;
        lock.lock();
        try {
            closed = true;
            notEmpty.signalAll();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One unit of work and whoever waits for it. */
    private static final class Job<T> {
        private final Set<RegionName> regions;
        private final Function<Handle, T> work;
        private final String whose;
        private final long since = System.nanoTime();
        private final CompletableFuture<T> outcome = new CompletableFuture<>();
        private Runnable answer = () -> {};

        Job(Set<RegionName> regions, String whose, Function<Handle, T> work) {
            this.regions = regions;
            this.whose = whose;
            this.work = work;
        }

        /** Does the work; its outcome waits for {@link #answer}. Answers why it failed, if it did. */
        Optional<Throwable> run(Handle handle, Dialect dialect) {
            try {
                T result = work.apply(handle);
                answer = () -> outcome.complete(result);
                return Optional.empty();
            } catch (Throwable failure) {
                Throwable meaning =
                        failure instanceof JdbiException ? dialect.meaningOf(failure, "make a change") : failure;
                answer = () -> outcome.completeExceptionally(meaning);
                return Optional.of(failure);
            }
        }

        void answer() {
            answer.run();
        }

        void leave() {
            if (!outcome.isDone()) {
                outcome.completeExceptionally(new Refusal(
                        RefusalCode.UNAVAILABLE, "The change was made, and the server failed before it could say so."));
            }
        }
    }
}
