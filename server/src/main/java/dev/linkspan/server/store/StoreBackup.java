package dev.linkspan.server.store;

import dev.linkspan.server.backup.BackupTable;
import dev.linkspan.server.backup.BackupWriter;
import dev.linkspan.server.backup.ColumnType;
import dev.linkspan.server.backup.KeyFiles;
import dev.linkspan.server.backup.Manifest;
import dev.linkspan.server.backup.RowSink;
import dev.linkspan.server.backup.Totals;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the database held at one moment, to be written out row by row while changes go on. It has a connection
 * of its own, so that a long backup takes none from the readers.
 */
public final class StoreBackup implements AutoCloseable {

    /** How many rows come from the database at a time. */
    private static final int FETCHED_AT_ONCE = 1000;

    private final Dialect dialect;
    private final Handle handle;
    private final Manifest manifest;

    private StoreBackup(Dialect dialect, Handle handle, Manifest manifest) {
        this.dialect = dialect;
        this.handle = handle;
        this.manifest = manifest;
    }

    /** The moment is now: all that was committed before is in it, and nothing of what is committed later. */
    static StoreBackup begin(Dialect dialect, String version) {
        try {
            Handle handle = dialect.openSnapshot();
            try {
                return new StoreBackup(dialect, handle, manifest(dialect, handle, version));
            } catch (RuntimeException failure) {
                handle.rollback().close();
                throw failure;
            }
        } catch (RuntimeException failure) {
            throw dialect.meaningOf(failure, "begin a backup");
        }
    }

    private static Manifest manifest(Dialect dialect, Handle handle, String version) {
        SequencedMap<String, Long> regions = handle.createQuery("select name, last_sequence from region")
                .reduceRows(new TreeMap<>(), (found, row) -> {
                    found.put(row.getColumn("name", String.class), row.getColumn("last_sequence", Long.class));
                    return found;
                });
        return new Manifest(Migrations.versionOf(handle), version, Instant.now(), dialect.name(), regions);
    }

    public Manifest manifest() {
        return manifest;
    }

    /** Writes the whole file, and leaves the stream open. */
    public Totals writeTo(OutputStream out, KeyFiles keys) throws IOException {
        BackupWriter writer = new BackupWriter(out, manifest, keys);
        try {
            Connection connection = handle.getConnection();
            for (BackupTable table : CarriedTables.of(connection)) {
                write(connection, table, writer);
            }
        } catch (SQLException failure) {
            throw dialect.meaningOf(failure, "be read for a backup");
        }
        return writer.end();
    }

    private static void write(Connection connection, BackupTable table, RowSink<IOException> sink)
            throws SQLException, IOException {
        sink.table(table);
        String columns = table.columns().keySet().stream()
                .map(column -> '"' + column + '"')
                .collect(Collectors.joining(", "));
        List<ColumnType> types = List.copyOf(table.columns().values());
        try (PreparedStatement query =
                connection.prepareStatement("select %s from \"%s\"".formatted(columns, table.name()))) {
            query.setFetchSize(FETCHED_AT_ONCE);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    sink.row(values(rows, types));
                }
            }
        }
    }

    private static @Nullable Object[] values(ResultSet row, List<ColumnType> types) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = switch (types.get(i)) {
                case TEXT -> row.getString(i + 1);
                case BIGINT -> row.getLong(i + 1);
            };
            values[i] = row.wasNull() ? null : value;
        }
        return values;
    }

    /** Lets the moment go. */
    @Override
    public void close() {
        handle.rollback().close();
    }
}
