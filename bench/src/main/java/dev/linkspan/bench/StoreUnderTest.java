package dev.linkspan.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Where a server under test keeps what it knows.
 *
 * @param name what people call it
 * @param url a database that is there already, empty; SQLite's needs none
 */
record StoreUnderTest(String name, Optional<String> url) {

    static final StoreUnderTest SQLITE = new StoreUnderTest("SQLite", Optional.empty());

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final int COUNTS_WAL_AS_IO = 18;

    /** Throws {@link IllegalArgumentException} where the URL is not one of PostgreSQL's. */
    static StoreUnderTest postgresql(String url) {
        if (!url.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException("'%s' is not the URL of a store: %s//HOST/DATABASE?user=NAME is expected"
                    .formatted(url, POSTGRESQL));
        }
        return new StoreUnderTest("PostgreSQL", Optional.of(url));
    }

    /** The options of {@code serve} with which a server uses it. */
    List<String> options() {
        return url.map(it -> List.of("--store", it)).orElse(List.of());
    }

    /**
     * How often PostgreSQL has forced its log to the disk since it counts, all its databases together; empty for SQLite. A
     * connection's part is in it when the connection has ended.
     */
    Optional<Long> forcedWrites() throws IOException {
        if (url.isEmpty()) {
            return Optional.empty();
        }
        try (Connection connection = DriverManager.getConnection(url.get());
                Statement statement = connection.createStatement()) {
            boolean asIo = connection.getMetaData().getDatabaseMajorVersion() >= COUNTS_WAL_AS_IO;
            String query = asIo
                    ? "select sum(fsyncs) from pg_stat_io where object = 'wal'"
                    : "select wal_sync from pg_stat_wal";
            try (ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                return Optional.of(rows.getLong(1));
            }
        } catch (SQLException failed) {
            throw new IOException("PostgreSQL does not tell how often it forced its log to the disk", failed);
        }
    }
}
