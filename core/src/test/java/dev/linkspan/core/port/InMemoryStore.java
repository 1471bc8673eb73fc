package dev.linkspan.core.port;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.rehearsal.Rehearsal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A store for tests, in memory and of any Region: it keeps the contract of the real ones ({@code StoreContract}). Each
 * change works on a fork of the world, which takes the world's place when the work is done. Ids count up.
 */
public final class InMemoryStore implements Store {

    private static final int MOST_REHEARSED = 10_000;

    private final ReentrantLock writing = new ReentrantLock();
    private final Condition changed = writing.newCondition();
    private final AtomicInteger ids = new AtomicInteger(IdKind.FIRST - 1);
    private final InstantSource clock;
    private volatile World world = World.empty();
    private volatile Instant latest = Instant.EPOCH;
    private volatile boolean closed;

    /** With a clock of its own, which {@link #advance} moves. */
    public InMemoryStore() {
        this(new TestClock());
    }

    public InMemoryStore(InstantSource clock) {
        this.clock = clock;
    }

    /** Moves the clock that this store was made with, if that is a {@link TestClock}. */
    public void advance(Duration by) {
        ((TestClock) clock).advance(by);
    }

    /** The time of the next read or change: milliseconds, never earlier than that of the last change. */
    public Instant now() {
        Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return time.isBefore(latest) ? latest : time;
    }

    @Override
    public <T> T change(RegionName region, Origin origin, Function<UnitOfWork, T> work) {
        return inTurn(region, origin, work);
    }

    @Override
    public <T> T rehearse(RegionName region, Origin origin, Function<UnitOfWork, T> work) {
        return read(region, truth -> work.apply(new Rehearsal(truth, origin, newIds(), MOST_REHEARSED)));
    }

    private Rehearsal.Ids newIds() {
        return new Rehearsal.Ids() {
            @Override
            public <T extends ResourceId> T next(IdKind<T> kind) {
                return kind.of(ids.incrementAndGet());
            }
        };
    }

    private <T> T inTurn(RegionName region, Origin origin, Function<UnitOfWork, T> work) {
        writing.lock();
        try {
            requireOpen();
            World fork = world.fork();
            Instant now = now();
            T result = work.apply(new InMemoryUnit(fork, region, now, origin, ids::incrementAndGet));
            world = fork;
            latest = now;
            changed.signalAll();
            return result;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public <T> T read(RegionName region, Function<Snapshot, T> query) {
        requireOpen();
        return query.apply(new InMemorySnapshot(world.fork(), region, now()));
    }

    @Override
    public boolean awaitEventAfter(RegionName region, long sequence, Duration timeout) throws InterruptedException {
        long remaining = timeout.toNanos();
        writing.lock();
        try {
            while (!closed && world.fork().cell(region).lastSequence <= sequence) {
                if (remaining <= 0) {
                    return false;
                }
                remaining = changed.awaitNanos(remaining);
            }
            return !closed;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            writing.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new Refusal(RefusalCode.UNAVAILABLE, "The store is closed: the server is stopping.");
        }
    }
}
