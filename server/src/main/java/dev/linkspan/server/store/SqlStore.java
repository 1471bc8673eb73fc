package dev.linkspan.server.store;

import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.Lease;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.rehearsal.Rehearsal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * The store in a SQL database. Changes go through one {@link GroupCommitWriter}; reads run in transactions of their own
 * on other connections and see what was committed when they began. On PostgreSQL several servers may open the same one.
 */
public final class SqlStore implements Store {

    /** No question takes as long that could be asked in parts. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(30);

    private static final Duration LONGEST_REHEARSAL = Duration.ofSeconds(10);

    /** Room for what the largest call makes: a thousand VMs with their NICs and volumes, and tags on each. */
    private static final int MOST_REHEARSED = 10_000;

    private final Dialect dialect;
    private final List<RegionName> regions;
    private final SecretBox secrets;
    private final StoreClock clock;
    private final GroupCommitWriter writer;
    private final EventSignal events = new EventSignal();
    private Optional<PostgresWatch> watch = Optional.empty();
    private final Writability writable = new Writability();
    private final Emptying emptying = new Emptying();
    private volatile boolean closed;

    private SqlStore(Dialect dialect, List<RegionName> regions, SecretBox secrets, StoreClock clock) {
        this.dialect = dialect;
        this.regions = List.copyOf(regions);
        this.secrets = secrets;
        this.clock = clock;
        this.writer = new GroupCommitWriter(dialect, clock);
        try {
            requireWhole();
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
     * @param clock the time of changes and reads (T1)
     */
    public static SqlStore sqlite(DataFolder folder, List<RegionName> regions, StoreClock clock) {
        return new SqlStore(Sqlite.open(folder.closedDatabase()), regions, folder.secrets(), clock);
    }

    /**
     * Opens a PostgreSQL database, which is brought up to date as needed and which other servers may have open too.
     *
     * @param url {@code jdbc:postgresql://HOST:PORT/DATABASE?user=...&password=...}
     * @param folder this server's own, with the master key that all servers of this database have
     * @param regions the Regions that can be read and changed; others in the database are left as they are
     * @param clock the time of changes and reads (T1): one for all servers, so the database's or a manual one
     * @throws UnusableDatabase if it cannot be reached, or is not one of Linkspan's, or its secrets have another key
     */
    public static SqlStore postgres(String url, DataFolder folder, List<RegionName> regions, StoreClock clock) {
        Postgres postgres = Postgres.open(url);
        SqlStore store = new SqlStore(postgres, regions, folder.secrets(), clock);
        store.watch = Optional.of(new PostgresWatch(postgres, regions, store.events));
        return store;
    }

    /** An empty database must not be taken for a new one when it is one that a backup was to fill. */
    private void requireWhole() {
        if (dialect.readers().withHandle(handle -> new SettingRows(handle).restoreIsUnderWay())) {
            throw new UnusableDatabase(
                    "A restore into this database was broken off, and it holds nothing yet. Run the same ./linkspan"
                            + " restore again.");
        }
    }

    /** Goes on where the log of each Region ends: its number, and its time, which no change may precede. */
    private void takeUp() {
        writer.change(Set.of(), handle -> {
            regions.forEach(region -> new EventRows(handle, region).begin());
            return regions;
        });
        writer.change(Set.copyOf(regions), handle -> {
            if (!new SettingRows(handle).masterKeyIs(secrets)) {
                throw new UnusableDatabase(
                        "The secrets in the database are encrypted with another master.key. Copy master.key from the"
                                + " data folder of a server that has it, or from a backup.");
            }
            clock.opened(handle);
            for (RegionName region : regions) {
                EventRows.Head head = new EventRows(handle, region).head();
                clock.notBefore(head.at());
                events.reached(region, head.sequence());
            }
            return regions;
        });
    }

    /** The right to do a piece of work that only one of the servers that share the database may do at a time. */
    public Lease lease(String work) {
        return watch.map(others -> others.lease(work)).orElse(Lease.ALWAYS);
    }

    @Override
    public <T> T change(RegionName region, Origin origin, Function<UnitOfWork, T> work) {
        Done<T> done;
        try {
            done = writer.change(Set.of(region), origin.actor(), handle -> done(unit(handle, region, origin), work));
        } catch (Refusal refused) {
            writable.note(refused);
            throw refused;
        }
        events.reached(region, done.sequence());
        return done.result();
    }

    @Override
    public <T> T rehearse(RegionName region, Origin origin, Function<UnitOfWork, T> work) {
        return read(
                region,
                LONGEST_REHEARSAL,
                (handle, truth) -> work.apply(new Rehearsal(truth, origin, new NewIds(handle), MOST_REHEARSED)));
    }

    private SqlUnit unit(Handle handle, RegionName region, Origin origin) {
        return new SqlUnit(handle, region, clock.forChange(handle), secrets, origin);
    }

    private static <T> Done<T> done(SqlUnit unit, Function<UnitOfWork, T> work) {
        return new Done<>(work.apply(unit), unit.events().lastSequence());
    }

    /** What a change answers, and the number of the newest event when it was done. */
    private record Done<T>(T result, long sequence) {}

    @Override
    public <T> T read(RegionName region, Function<Snapshot, T> query) {
        return read(region, LONGEST_READ, (_, snapshot) -> query.apply(snapshot));
    }

    /** What is asked on a connection and a snapshot that it shows. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(Handle handle, Snapshot snapshot);
    }

    private <T> T read(RegionName region, Duration longest, Reading<T> query) {
        requireOpen();
        try {
            return readOnceMoreIfDisconnected(region, longest, query);
        } catch (JdbiException e) {
            requireOpen();
            throw dialect.meaningOf(e, "read");
        }
    }

    private <T> T readOnceMoreIfDisconnected(RegionName region, Duration longest, Reading<T> query) {
        try {
            return readOnce(region, longest, query);
        } catch (JdbiException e) {
            if (!dialect.isConnectionLost(e)) {
                throw e;
            }
            return readOnce(region, longest, query);
        }
    }

    /**
     * The time is taken before the first query, which fixes what the transaction sees: no change that it does not see is
     * earlier. Nor does anything lie in the future that it does see.
     */
    private <T> T readOnce(RegionName region, Duration longest, Reading<T> query) {
        return dialect.readers().withHandle(handle -> {
            handle.getConfig(SqlStatements.class).setSqlLogger(new ReadDeadline(longest));
            Instant before = clock.forRead(handle);
            return handle.inTransaction(transaction -> {
                Instant newest = new EventRows(transaction, region).head().at();
                Instant now = DatabaseClock.later(before, newest);
                return query.of(transaction, new SqlSnapshot(transaction, region, now, secrets));
            });
        });
    }

    @Override
    public boolean awaitEventAfter(RegionName region, long sequence, Duration timeout) throws InterruptedException {
        return events.await(region, sequence, timeout);
    }

    /**
     * Moves the manual clock that this store was opened with, durably, as a change of every Region.
     *
     * @return the new time
     */
    public Instant advance(Duration by, Origin origin) {
        if (by.isNegative()) {
            throw Refusal.badValue("Duration", by, "time does not run backwards");
        }
        Instant time = writer.change(Set.copyOf(regions), handle -> {
            Instant advanced = clock.notBefore(clock.forChange(handle).plus(by));
            new SettingRows(handle).saveManualTime(advanced);
            Fact fact = new Fact(EventType.CLOCK_ADVANCED, by.toString(), Set.of(), Set.of(), "to " + advanced);
            regions.forEach(region -> unit(handle, region, origin).record(fact));
            return advanced;
        });
        regions.forEach(region -> events.reached(
                region, read(region, snapshot -> snapshot.events().lastSequence())));
        return time;
    }

    /** Deletes everything that anybody has, all at once, and lets whoever follows the logs know which Nets are gone. */
    public void reset(Origin origin) {
        writer.change(Set.copyOf(regions), handle -> {
            Map<RegionName, Set<NetId>> nets = new HashMap<>();
            regions.forEach(region -> nets.put(
                    region, Set.copyOf(unit(handle, region, origin).nets().ids())));
            emptying.run(handle);
            nets.forEach((region, gone) -> unit(handle, region, origin)
                    .record(new Fact(EventType.SERVER_RESET, "server", Set.of(), gone, "")));
            return regions;
        });
        lastSequences().forEach(events::reached);
    }

    /** Why a change failed, if it would still fail: after a failure this tries to write something. */
    public Optional<String> whyNotWritable() {
        return writable.failure(() -> writer.change(Set.of(), handle -> {
            new SettingRows(handle).saveWriteProbe(Instant.now());
            return true;
        }));
    }

    /** The newest migration, which every open database has. */
    public int schemaVersion() {
        return Migrations.NEWEST;
    }

    /**
     * Everything as it is at this moment, to be written out while changes go on.
     *
     * @param version the Linkspan that makes it
     */
    public StoreBackup beginBackup(String version) {
        requireOpen();
        return StoreBackup.begin(dialect, version);
    }

    /** How many peerings are recorded in each state, by Region; takes a while where there are many. */
    public Map<RegionName, Map<PeeringStateName, Long>> peeringCounts() {
        return dialect.readers().withHandle(handle -> new PeeringCounts(handle).of(regions));
    }

    /** Per Region, the number of the newest event. */
    public Map<RegionName, Long> lastSequences() {
        Map<RegionName, Long> sequences = new HashMap<>();
        regions.forEach(region ->
                sequences.put(region, read(region, snapshot -> snapshot.events().lastSequence())));
        return sequences;
    }

    /** How long the change that has waited longest has waited, or the one that is under way has taken. */
    public Duration longestWait() {
        return writer.longestWait();
    }

    /** How many changes wait for the commit that is under way. */
    public int waitingUnits() {
        return writer.waiting();
    }

    /** How many batches of changes were committed since the start. */
    public long committedBatches() {
        return writer.batches();
    }

    /** How many changes those batches held. */
    public long committedUnits() {
        return writer.units();
    }

    /** The names of its threads that have ended though nobody closed it; none while all is well. */
    public List<String> ended() {
        List<String> ended = new ArrayList<>();
        if (!closed && writer.hasEnded()) {
            ended.add("store-writer");
        }
        if (!closed && watch.filter(PostgresWatch::hasEnded).isPresent()) {
            ended.add("store-watch");
        }
        return ended;
    }

    @Override
    public void close() {
        closed = true;
        writer.close();
        events.close();
        watch.ifPresent(PostgresWatch::close);
        dialect.close();
    }

    private void requireOpen() {
        if (closed) {
            throw new Refusal(RefusalCode.UNAVAILABLE, "The store is closed: the server is stopping.");
        }
    }
}
