package dev.linkspan.server.store;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Lease;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * What one server must hear of the others that share its database: their events, as soon as they are committed, and whose
 * work is whose. On one connection and one thread it listens, looks at each Region's log once a second in case nothing is
 * heard, and renews this server's leases.
 *
 * <p>A lease is a row with a holder and a time by the database's clock; who holds it renews it each second. A server that
 * dies or stalls loses it when that time is over. It knows so by itself: it counts the time from before it asked, by a clock
 * that nobody sets.
 */
final class PostgresWatch implements AutoCloseable {

    private static final Logger LOG = System.getLogger(PostgresWatch.class.getName());

    /** How long a lease outlives its holder: with a look each second, another server has it after six. */
    static final Duration TERM = Duration.ofSeconds(5);

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** How long it may take to notice that it is closed. */
    private static final Duration LONGEST_DEAFNESS = Duration.ofMillis(50);

    private static final String RENEW = """
            insert into lease (name, holder, expires_at)
            values (?, ?, floor(extract(epoch from clock_timestamp()) * 1000)::bigint + ?)
            on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
            where lease.holder = excluded.holder
                or lease.expires_at <= floor(extract(epoch from clock_timestamp()) * 1000)::bigint
            """;

    private final Postgres postgres;
    private final List<RegionName> regions;
    private final EventSignal events;
    private final String holder = UUID.randomUUID().toString();
    private final Map<String, Long> heldUntilNanos = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    PostgresWatch(Postgres postgres, List<RegionName> regions, EventSignal events) {
        this.postgres = postgres;
        this.regions = List.copyOf(regions);
        this.events = events;
        this.thread = Thread.ofPlatform().name("store-watch").daemon().start(this::watchUntilClosed);
    }

    /** Takes part in who does this work, from now to the end. */
    Lease lease(String work) {
        heldUntilNanos.putIfAbsent(work, System.nanoTime());
        return () -> System.nanoTime() - heldUntilNanos.get(work) < 0;
    }

    private void watchUntilClosed() {
        boolean told = false;
        while (!closed) {
            try (Connection connection = postgres.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen " + Postgres.CHANNEL);
                told = false;
                watch(connection);
                giveUpLeases(connection);
            } catch (SQLException lost) {
                if (!told && !closed) {
                    LOG.log(
                            Level.WARNING,
                            "the database cannot be watched: {0}; tried again each second",
                            lost.getMessage());
                    told = true;
                }
                LockSupport.parkNanos(PERIOD.toNanos());
            }
        }
    }

    private void watch(Connection connection) throws SQLException {
        PGConnection listening = connection.unwrap(PGConnection.class);
        long nextLook = System.nanoTime();
        while (!closed) {
            boolean due = System.nanoTime() - nextLook >= 0;
            if (due) {
                renewLeases(connection);
                nextLook = System.nanoTime() + PERIOD.toNanos();
            }
            if (due || isAnythingNew(listening)) {
                lookAtLogs(connection);
            }
        }
    }

    private static boolean isAnythingNew(PGConnection listening) throws SQLException {
        PGNotification[] heard = listening.getNotifications((int) LONGEST_DEAFNESS.toMillis());
        return heard != null && heard.length > 0;
    }

    private void lookAtLogs(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select name, last_sequence from region")) {
            while (rows.next()) {
                RegionName region = new RegionName(rows.getString(1));
                if (regions.contains(region)) {
                    events.reached(region, rows.getLong(2));
                }
            }
        }
    }

    private void renewLeases(Connection connection) throws SQLException {
        try (PreparedStatement renewal = connection.prepareStatement(RENEW)) {
            for (String work : List.copyOf(heldUntilNanos.keySet())) {
                long asked = System.nanoTime();
                renewal.setString(1, work);
                renewal.setString(2, holder);
                renewal.setLong(3, TERM.toMillis());
                if (renewal.executeUpdate() == 1) {
                    heldUntilNanos.put(work, asked + TERM.toNanos());
                }
            }
        }
    }

    /** Others need not wait for the end of the term of a server that stops in peace. */
    private void giveUpLeases(Connection connection) throws SQLException {
        try (PreparedStatement end = connection.prepareStatement("delete from lease where holder = ?")) {
            end.setString(1, holder);
            end.executeUpdate();
        }
    }

    /** Whether its thread has ended though nobody closed it. */
    boolean hasEnded() {
        return !closed && !thread.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(PERIOD.multipliedBy(3));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
