package dev.linkspan.server.store;

import dev.linkspan.core.id.RegionName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The clock of the PostgreSQL server, so that servers whose own clocks differ agree about what has expired.
 *
 * <p>A batch has one time: that of the moment when it had its turn, or that of the batch before if the database's clock was
 * stepped back. A read is not later than the beginning of any batch that is under way or waits for its turn, whichever
 * server's it is, nor earlier than a read of this server before it. But it is not earlier either than a batch that it sees:
 * every batch leaves its time in the rows of its Regions, also one of which nothing else remains. Its callers were told
 * what had expired by then, and those who wait for their turn all the while can only be later.
 */
final class DatabaseClock implements StoreClock {

    /** Evaluated from left to right: a batch that this does not see yet has its turn after the time that it answers. */
    private static final String READ = """
            select floor(extract(epoch from least(
                clock_timestamp(),
                (select min(xact_start) from pg_stat_activity
                    where application_name = '%s' and datname = current_database())
            )) * 1000)::bigint
            """.formatted(Postgres.WRITER);

    private static final String TURN = """
            with turn as materialized (
                select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as real_time,
                    max(last_change_at) as newest
                from region
            )
            update region set last_change_at = greatest(turn.real_time, turn.newest) from turn
            where name in (<regions>)
            returning turn.real_time, region.last_change_at
            """;

    private final AtomicReference<Instant> lastRead = new AtomicReference<>(Instant.EPOCH);
    private final ClockGap gap = new ClockGap();

    /** The writer thread's own. */
    private Optional<Instant> batch = Optional.empty();

    @Override
    public Instant forRead(Handle reader) {
        Instant time =
                Instant.ofEpochMilli(reader.createQuery(READ).mapTo(Long.class).one());
        return lastRead.accumulateAndGet(time, DatabaseClock::later);
    }

    @Override
    public void begin(Handle writer, Set<RegionName> regions) {
        if (!regions.isEmpty()) {
            batch = writer
                    .createQuery(TURN)
                    .bindList("regions", regions.stream().map(RegionName::value).toList())
                    .map(this::turn)
                    .stream()
                    .findFirst();
        }
    }

    private Instant turn(ResultSet row, StatementContext context) throws SQLException {
        Instant time = Columns.instant(row, "last_change_at");
        gap.tell(Columns.instant(row, "real_time"), time);
        return time;
    }

    @Override
    public Instant forChange(Handle writer) {
        return batch.orElseThrow(() -> new IllegalStateException("BUG: no batch of a Region has its turn"));
    }

    @Override
    public Instant notBefore(Instant time) {
        Instant reached = later(time, batch.orElse(Instant.EPOCH));
        batch = batch.map(_ -> reached);
        return reached;
    }

    @Override
    public void committed() {
        batch = Optional.empty();
    }

    @Override
    public void undone() {
        batch = Optional.empty();
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
