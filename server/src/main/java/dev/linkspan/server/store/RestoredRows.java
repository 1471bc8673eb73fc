package dev.linkspan.server.store;

import dev.linkspan.server.backup.BackupTable;
import dev.linkspan.server.backup.ColumnType;
import dev.linkspan.server.backup.RowSink;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts rows into the tables that they came from, many at a time, in the transaction of its connection. */
final class RestoredRows implements RowSink<SQLException>, AutoCloseable {

    private static final int AT_ONCE = 1000;

    private final Connection connection;
    private final LongConsumer progress;
    private List<ColumnType> types = List.of();
    private @Nullable PreparedStatement insert;
    private int waiting;
    private long done;

    /** @param progress is told how many rows are in after each batch */
    RestoredRows(Connection connection, LongConsumer progress) {
        this.connection = connection;
        this.progress = progress;
    }

    @Override
    public void table(BackupTable table) throws SQLException {
        finish();
        close();
        String columns = table.columns().keySet().stream()
                .map(column -> '"' + column + '"')
                .collect(Collectors.joining(", "));
        String values = String.join(", ", Collections.nCopies(table.columns().size(), "?"));
        types = List.copyOf(table.columns().values());
        insert = connection.prepareStatement(
                "insert into \"%s\" (%s) values (%s)".formatted(table.name(), columns, values));
    }

    @Override
    public void row(@Nullable Object[] values) throws SQLException {
        PreparedStatement statement = Objects.requireNonNull(insert);
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case null -> statement.setNull(i + 1, sqlType(types.get(i)));
                case String text -> statement.setString(i + 1, text);
                case Long number -> statement.setLong(i + 1, number);
                default -> throw new IllegalStateException("BUG: a row has a " + values[i]);
            }
        }
        statement.addBatch();
        if (++waiting == AT_ONCE) {
            finish();
        }
    }

    private static int sqlType(ColumnType type) {
        return switch (type) {
            case TEXT -> Types.VARCHAR;
            case BIGINT -> Types.BIGINT;
        };
    }

    /** Puts in what still waits. */
    void finish() throws SQLException {
        if (insert != null && waiting > 0) {
            insert.executeBatch();
            done += waiting;
            waiting = 0;
            progress.accept(done);
        }
    }

    @Override
    public void close() throws SQLException {
        if (insert != null) {
            insert.close();
        }
    }
}
