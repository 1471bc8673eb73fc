package dev.linkspan.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL, which several servers can share. Batches of changes take turns on the rows of the Regions that they change
 * (docs/decisions/0002-one-order-per-region.md), so changes have the same strict order as with one server; reads run on
 * snapshots and wait for nobody.
 *
 * <p>A server that stalls within a batch, or is cut off from the database, loses its connection and with it the Regions
 * after {@link #LONGEST_STALL_MILLIS}.
 */
final class Postgres implements Dialect {

    /** The name by which {@link DatabaseClock} finds the batches of all servers. */
    static final String WRITER = "linkspan-writer";

    /** What a commit tells whoever listens. */
    static final String CHANNEL = "linkspan_events";

    private static final int OLDEST_VERSION = 15;
    private static final int LONGEST_STALL_MILLIS = 2_000;
    private static final int LONGEST_WAIT_FOR_TURN_MILLIS = 8_000;
    private static final int LONGEST_PAUSE_OF_BACKUP_MILLIS = 600_000;
    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 20;

    /** No bound on an answer: a migration or a restore may have millions of rows to write. */
    private static final int LONG_WORK = 0;

    private static final int MOST_READERS = 16;

    // SQLSTATEs (PostgreSQL's documentation, appendix A); two characters are a class of them.
    private static final Set<String> CONNECTION_LOST = Set.of(
            "08", // connection exception
            "57P01", // admin shutdown
            "57P02", // crash shutdown
            "57P05", // idle session timeout
            "25P03", // idle in transaction session timeout
            "40P01"); // deadlock detected: the other one goes on
    private static final String DISK_FULL = "53100";
    private static final String TOO_MANY = "53";
    private static final String STARTING = "57P03";
    private static final String WAITED_IN_VAIN = "55P03";
    private static final String READ_ONLY = "25006";
    private static final String REFUSED = "28";

    private final PGSimpleDataSource writerSource;
    private final Jdbi writer;
    private final HikariDataSource readerPool;
    private final Jdbi readers;

    private Postgres(String url) {
        this.writerSource = source(url, WRITER);
        this.writer = jdbi(Jdbi.create(writerSource));
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("store-readers");
        pool.setDataSource(source(url, "linkspan-reader"));
        pool.setReadOnly(true);
        pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        pool.setMaximumPoolSize(MOST_READERS);
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(CONNECT_SECONDS * 1_000L);
        this.readerPool = new HikariDataSource(pool);
        this.readers = jdbi(Jdbi.create(readerPool));
    }

    /** Refuses a database that is too old, foreign or newer; brings any other up to date. */
    static Postgres open(String url) {
        PGSimpleDataSource source = source(url, "linkspan-setup");
        source.setSocketTimeout(LONG_WORK);
        requireUsable(source);
        Migrations.run(source);
        return new Postgres(url);
    }

    /** Refuses what {@link #open} refuses, and changes nothing. */
    static RestoreTarget restoreTarget(String url) {
        PGSimpleDataSource source = source(url, "linkspan-restore");
        source.setSocketTimeout(LONG_WORK);
        requireUsable(source);
        return new RestoreTarget(place(source), source, false);
    }

    private static void requireUsable(PGSimpleDataSource source) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            requireUsable(place(source), statement);
        } catch (SQLException e) {
            throw new UnusableDatabase("%s cannot be used: %s".formatted(place(source), e.getMessage()), e);
        }
    }

    private static Jdbi jdbi(Jdbi jdbi) {
        return jdbi.registerArgument(new DomainArguments());
    }

    private static PGSimpleDataSource source(String url, String name) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setApplicationName(name);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(ANSWER_SECONDS);
        source.setTcpKeepAlive(true);
        source.setOptions("-c idle_in_transaction_session_timeout=%d -c lock_timeout=%d -c tcp_user_timeout=%d"
                .formatted(
                        name.equals(WRITER) ? LONGEST_STALL_MILLIS : ANSWER_SECONDS * 1_000,
                        LONGEST_WAIT_FOR_TURN_MILLIS,
                        LONGEST_STALL_MILLIS));
        return source;
    }

    /** The database as messages name it: without the user's name and password. */
    private static String place(PGSimpleDataSource source) {
        return "The database '%s' on %s:%d"
                .formatted(source.getDatabaseName(), source.getServerNames()[0], source.getPortNumbers()[0]);
    }

    private static void requireUsable(String place, Statement statement) throws SQLException {
        int version = Integer.parseInt(answer(statement, "show server_version_num")) / 10_000;
        if (version < OLDEST_VERSION) {
            throw new UnusableDatabase("%s is PostgreSQL %d; Linkspan needs version %d or newer."
                    .formatted(place, version, OLDEST_VERSION));
        }
        requireSetting(place, statement, "server_encoding", "UTF8", "create the database with encoding 'UTF8'");
        requireSetting(place, statement, "track_activities", "on", "Linkspan tells by it which changes are under way");
        if (answer(statement, "select to_regclass('%s') is not null".formatted(Migrations.HISTORY))
                .equals("t")) {
            requireNotNewer(place, statement);
        } else if (!answer(statement, "select count(*) from pg_tables where schemaname = current_schema()")
                .equals("0")) {
            throw new UnusableDatabase(
                    "%s has tables that are not Linkspan's. Give the server a database of its own with --store."
                            .formatted(place));
        }
    }

    private static void requireSetting(String place, Statement statement, String setting, String value, String advice)
            throws SQLException {
        String found = answer(statement, "show " + setting);
        if (!found.equals(value)) {
            throw new UnusableDatabase("%s has %s = %s, not %s: %s.".formatted(place, setting, found, value, advice));
        }
    }

    private static void requireNotNewer(String place, Statement statement) throws SQLException {
        int version = Integer.parseInt(
                answer(statement, "select coalesce(max(cast(version as integer)), 0) from " + Migrations.HISTORY));
        if (version > Migrations.NEWEST) {
            throw new UnusableDatabase(
                    "%s was written by a newer Linkspan: its schema is version %d, this server knows up to %d. Use that newer server, or restore a backup made before the upgrade."
                            .formatted(place, version, Migrations.NEWEST));
        }
    }

    private static String answer(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** For whoever listens. */
    Connection connect() throws SQLException {
        return source(writerSource.getURL(), "linkspan-watch")
                .getConnection(writerSource.getUser(), writerSource.getPassword());
    }

    @Override
    public Jdbi writer() {
        return writer;
    }

    @Override
    public Jdbi readers() {
        return readers;
    }

    /** It pauses while whoever takes the backup is slow, and nobody else waits for it. */
    @Override
    public Handle openSnapshot() {
        PGSimpleDataSource source = source(writerSource.getURL(), "linkspan-backup");
        source.setUser(writerSource.getUser());
        source.setPassword(writerSource.getPassword());
        Handle handle = Jdbi.create(source).open();
        handle.execute("set idle_in_transaction_session_timeout = " + LONGEST_PAUSE_OF_BACKUP_MILLIS);
        handle.setTransactionIsolationLevel(TransactionIsolationLevel.REPEATABLE_READ);
        return handle.setReadOnly(true).begin();
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    /** One server's rows are locked in the order of their names, like every other's, so that none waits for another in a circle. */
    @Override
    public void begin(Handle writer, Set<RegionName> regions) {
        setAutoCommit(writer, false);
        if (!regions.isEmpty()) {
            writer.createQuery("select name from region where name in (<names>) order by name for no key update")
                    .bindList("names", regions.stream().map(RegionName::value).toList())
                    .mapTo(String.class)
                    .list();
        }
    }

    @Override
    public void commit(Handle writer) {
        writer.execute("notify " + CHANNEL);
        try {
            writer.getConnection().commit();
        } catch (SQLException e) {
            throw new BrokenConnection(e);
        }
    }

    private static void setAutoCommit(Handle handle, boolean each) {
        try {
            handle.getConnection().setAutoCommit(each);
        } catch (SQLException e) {
            throw new BrokenConnection(e);
        }
    }

    /** A failure below Jdbi. */
    private static final class BrokenConnection extends RuntimeException {
        private static final long serialVersionUID = 1;

        BrokenConnection(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    @Override
    public RuntimeException meaningOf(Throwable failure, String doing) {
        return states(failure)
                .flatMap(state -> whatIsWrong(state).stream())
                .findFirst()
                .or(() -> causes(failure).anyMatch(SQLTransientConnectionException.class::isInstance)
                        ? Optional.of("it cannot be reached, or too many reads wait for their turn")
                        : Optional.empty())
                .<RuntimeException>map(
                        wrong -> new Refusal(RefusalCode.UNAVAILABLE, "The database cannot %s: %s.", doing, wrong))
                .orElseGet(() -> new IllegalStateException(
                        "BUG: the store cannot %s: %s".formatted(doing, failure.getMessage()), failure));
    }

    /** What the operator must see to, if it is not the statement that is wrong. */
    private static Optional<String> whatIsWrong(String state) {
        if (isOneOf(CONNECTION_LOST, state) || state.equals(STARTING)) {
            return Optional.of("it cannot be reached, or has ended the connection");
        }
        if (state.equals(DISK_FULL)) {
            return Optional.of("its disk is full");
        }
        if (state.startsWith(TOO_MANY)) {
            return Optional.of("it has no connection or memory left");
        }
        if (state.startsWith(REFUSED)) {
            return Optional.of("it does not admit this user");
        }
        return switch (state) {
            case WAITED_IN_VAIN -> Optional.of("another server's changes have kept this one waiting for too long");
            case READ_ONLY -> Optional.of("it is read-only, as a standby is");
            default -> Optional.empty();
        };
    }

    /** One that could not be had in the first place is none that was lost. */
    @Override
    public boolean isConnectionLost(Throwable failure) {
        return causes(failure).noneMatch(SQLTransientConnectionException.class::isInstance)
                && states(failure).anyMatch(state -> isOneOf(CONNECTION_LOST, state));
    }

    private static boolean isOneOf(Set<String> states, String state) {
        return states.contains(state) || (state.length() == 5 && states.contains(state.substring(0, 2)));
    }

    private static Stream<String> states(Throwable failure) {
        return causes(failure)
                .filter(SQLException.class::isInstance)
                .map(it -> ((SQLException) it).getSQLState())
                .filter(state -> state != null);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, it -> it != null, Throwable::getCause);
    }

    @Override
    public void close() {
        readerPool.close();
    }
}
