package dev.linkspan.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite in the data folder: write-ahead log, so that readers never wait, and {@code synchronous=full}, so that a commit
 * survives a power cut.
 */
final class Sqlite implements Dialect {

    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    /** Twice as many as accounts read with at once; the others are for what the server looks up itself. */
    private static final int READERS = 2 * Math.max(4, Runtime.getRuntime().availableProcessors());

    /** Looking through a larger database takes longer than a start may; there SQLite finds damage when it meets it. */
    private static final long LARGEST_CHECKED_BYTES = 256L << 20;

    // Primary result codes (https://sqlite.org/rescode.html); the driver gives extended ones, whose low byte these are.
    private static final int PERMISSION = 3;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READ_ONLY = 8;
    private static final int IO_ERROR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANNOT_OPEN = 14;
    private static final int NOT_A_DATABASE = 26;

    private final Path database;
    private final Jdbi writer;
    private final HikariDataSource readerPool;
    private final Jdbi readers;

    private Sqlite(Path database) {
        this.database = database;
        this.writer = jdbi(Jdbi.create(source(database, false)));
        this.writer.setStatementBuilderFactory(_ -> new StatementCache());
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("store-readers");
        pool.setDataSource(source(database, true));
        pool.setReadOnly(true);
        pool.setMinimumIdle(2);
        pool.setMaximumPoolSize(READERS);
        this.readerPool = new HikariDataSource(pool);
        this.readers = jdbi(Jdbi.create(readerPool));
    }

    /** Refuses a database that is damaged, foreign or newer; brings any other up to date. */
    static Sqlite open(Path database) {
        requireUsable(database);
        Migrations.run(source(database, false));
        return new Sqlite(database);
    }

    private static Jdbi jdbi(Jdbi jdbi) {
        return jdbi.registerArgument(new DomainArguments());
    }

    static SQLiteDataSource source(Path database, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        if (!readOnly) {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.enforceForeignKeys(true);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + database);
        return source;
    }

    private static void requireUsable(Path database) {
        try {
            if (Files.notExists(database) || Files.size(database) == 0) {
                return;
            }
            try (Connection connection = source(database, true).getConnection();
                    Statement statement = connection.createStatement()) {
                requireOurs(database, statement);
                if (Files.size(database) <= LARGEST_CHECKED_BYTES) {
                    requireSound(database, statement);
                }
            }
        } catch (SQLException | IOException e) {
            throw damaged(database, String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireOurs(Path database, Statement statement) throws SQLException {
        if (!answer(statement, "select name from sqlite_master where name = '%s'".formatted(Migrations.HISTORY))
                .isPresent()) {
            throw new UnusableDataFolder(
                    "%s is a SQLite database, but not one of Linkspan's. Give the server another folder with --data."
                            .formatted(database));
        }
        int version = answer(statement, "select max(cast(version as integer)) from " + Migrations.HISTORY)
                .map(Integer::parseInt)
                .orElse(0);
        if (version > Migrations.NEWEST) {
            throw new UnusableDataFolder(
                    "%s was written by a newer Linkspan: its schema is version %d, this server knows up to %d. Use that newer server, or restore a backup made before the upgrade."
                            .formatted(database, version, Migrations.NEWEST));
        }
    }

    private static void requireSound(Path database, Statement statement) throws SQLException {
        String verdict = answer(statement, "pragma quick_check(1)").orElse("no answer");
        if (!verdict.equals("ok")) {
            throw damaged(database, verdict, new IOException(verdict));
        }
    }

    private static UnusableDataFolder damaged(Path database, String why, Throwable cause) {
        return new UnusableDataFolder(
                "%s is damaged (%s). Nothing was changed. Restore the data folder from a backup."
                        .formatted(database, why),
                cause);
    }

    private static Optional<String> answer(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }

    @Override
    public Jdbi writer() {
        return writer;
    }

    @Override
    public Jdbi readers() {
        return readers;
    }

    @Override
    public Handle openSnapshot() {
        return Jdbi.create(source(database, true)).open().begin();
    }

    @Override
    public String name() {
        return "SQLite";
    }

    /** The lock on the data folder keeps other servers out, and this one has one writer. */
    @Override
    public void begin(Handle writer, Set<RegionName> regions) {
        writer.execute("begin immediate");
    }

    @Override
    public void commit(Handle writer) {
        writer.execute("commit");
    }

    @Override
    public boolean isConnectionLost(Throwable failure) {
        return false;
    }

    @Override
    public RuntimeException meaningOf(Throwable failure, String doing) {
        return Stream.iterate(failure, it -> it != null, Throwable::getCause)
                .flatMap(it -> whatIsWrong(it).stream())
                .findFirst()
                .<RuntimeException>map(
                        wrong -> new Refusal(RefusalCode.UNAVAILABLE, "The store cannot %s: %s.", doing, wrong))
                .orElseGet(() -> new IllegalStateException(
                        "BUG: the store cannot %s: %s".formatted(doing, failure.getMessage()), failure));
    }

    /** What the operator must see to, if it is not the statement that is wrong. */
    private Optional<String> whatIsWrong(Throwable failure) {
        return switch (failure) {
            case SQLiteException e -> whatIsWrong(e.getResultCode());
            case SQLTransientConnectionException _ -> Optional.of("too many reads wait for their turn");
            default -> Optional.empty();
        };
    }

    private Optional<String> whatIsWrong(SQLiteErrorCode code) {
        return switch (code.code & 0xff) {
            case FULL -> Optional.of("the disk that holds %s is full".formatted(database));
            case IO_ERROR -> Optional.of("%s cannot be read or written (%s)".formatted(database, code));
            case BUSY, LOCKED -> Optional.of("another program holds %s locked".formatted(database));
            case READ_ONLY, PERMISSION, CANNOT_OPEN ->
                Optional.of("%s cannot be opened for writing".formatted(database));
            case CORRUPT, NOT_A_DATABASE -> Optional.of("%s is damaged".formatted(database));
            default -> Optional.empty();
        };
    }

    @Override
    public void close() {
        readerPool.close();
    }
}
