package dev.linkspan.server.store;

import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * The store in a SQL database. Changes go through one {@link GroupCommitWriter}; reads run in transactions of their own
 * on other connections and see what was committed when they began.
 */
public final class SqlStore implements Store {

    private final Dialect dialect;
    private final List<RegionName> regions;
    private final SecretBox secrets;
    private final ChangeClock clock;
    private final GroupCommitWriter writer;
    private final EventSignal events = new EventSignal();
    private volatile boolean closed;

    private SqlStore(Dialect dialect, List<RegionName> regions, SecretBox secrets, InstantSource clock) {
        this.dialect = dialect;
        this.regions = List.copyOf(regions);
        this.secrets = secrets;
        this.clock = new ChangeClock(clock);
        this.writer = new GroupCommitWriter(dialect, this.clock);
        try {
            takeUp();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens the database in this folder, which is made or brought up to date as needed.
     *
     * @param regions the Regions that can be read and changed; others in the database are left as they are
     * @param clock the time of changes and reads (T1); a {@link ManualClock} goes on from {@link #manualTime}
     */
    public static SqlStore sqlite(DataFolder folder, List<RegionName> regions, InstantSource clock) {
        return new SqlStore(Sqlite.open(folder.database()), regions, folder.secrets(), clock);
    }

    /** Goes on where the log of each Region ends: its number, and its time, which no change may precede. */
    private void takeUp() {
        for (RegionName region : regions) {
            EventRows.Head head = writer.change(handle -> {
                handle.createUpdate("""
                                insert into region (name, last_sequence, last_event_at) values (:name, 0, 0)
                                on conflict (name) do nothing
                                """).bind("name", region).execute();
                return new EventRows(handle, region).head();
            });
            clock.notBefore(head.at());
            events.reached(region, head.sequence());
        }
    }

    @Override
    public <T> T change(RegionName region, Origin origin, Function<UnitOfWork, T> work) {
        Done<T> done = writer.change(handle -> done(unit(handle, region, clock.forChange(), origin), work));
        events.reached(region, done.sequence());
        return done.result();
    }

    @Override
    public <T> T rehearse(RegionName region, Origin origin, Function<UnitOfWork, T> work) {
        return writer.rehearse(handle -> work.apply(unit(handle, region, clock.forChange(), origin)));
    }

    private SqlUnit unit(Handle handle, RegionName region, Instant now, Origin origin) {
        return new SqlUnit(handle, region, now, secrets, origin);
    }

    private static <T> Done<T> done(SqlUnit unit, Function<UnitOfWork, T> work) {
        return new Done<>(work.apply(unit), unit.lastSequence());
    }

    /** What a change answers, and the number of the newest event when it was done. */
    private record Done<T>(T result, long sequence) {}

    @Override
    public <T> T read(RegionName region, Function<Snapshot, T> query) {
        requireOpen();
        try {
            return dialect.readers().inTransaction(handle -> query.apply(snapshot(handle, region)));
        } catch (JdbiException e) {
            requireOpen();
            throw dialect.meaningOf(e, "read");
        }
    }

    /**
     * The time is taken before the first query, which fixes what the transaction sees: no change that it does not see is
     * earlier. Nor does anything lie in the future that it does see.
     */
    private SqlSnapshot snapshot(Handle handle, RegionName region) {
        Instant before = clock.forRead();
        Instant newest = new EventRows(handle, region).head().at();
        return new SqlSnapshot(handle, region, newest.isAfter(before) ? newest : before, secrets);
    }

    @Override
    public boolean awaitEventAfter(RegionName region, long sequence, Duration timeout) throws InterruptedException {
        return events.await(region, sequence, timeout);
    }

    /** Where the last manual clock stood when it was last moved, if there ever was one. */
    public Optional<Instant> manualTime() {
        return dialect.readers().withHandle(handle -> new SettingRows(handle).manualTime());
    }

    /**
     * Moves the manual clock that this store was opened with, durably, as a change of every Region.
     *
     * @return the new time
     */
    public Instant advance(ManualClock manual, Duration by, Origin origin) {
        if (by.isNegative()) {
            throw Refusal.badValue("Duration", by, "time does not run backwards");
        }
        Instant time = writer.change(handle -> {
            Instant advanced = clock.notBefore(clock.forChange().plus(by));
            new SettingRows(handle).saveManualTime(advanced);
            Fact fact = new Fact(EventType.CLOCK_ADVANCED, by.toString(), Set.of(), Set.of(), "to " + advanced);
            regions.forEach(region -> unit(handle, region, advanced, origin).record(fact));
            return advanced;
        });
        manual.moveTo(time);
        regions.forEach(region -> events.reached(region, read(region, Snapshot::lastSequence)));
        return time;
    }

    /** How many batches of changes were committed since the start. */
    public long committedBatches() {
        return writer.batches();
    }

    /** How many changes and rehearsals those batches held. */
    public long committedUnits() {
        return writer.units();
    }

    @Override
    public void close() {
        closed = true;
        writer.close();
        events.close();
        dialect.close();
    }

    private void requireOpen() {
        if (closed) {
            throw new Refusal(RefusalCode.UNAVAILABLE, "The store is closed: the server is stopping.");
        }
    }
}
