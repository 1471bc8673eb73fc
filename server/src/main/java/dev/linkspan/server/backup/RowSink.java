package dev.linkspan.server.backup;

import org.jspecify.annotations.Nullable;

/**
 * Takes what a backup holds, table by table: first a table, then its rows, then the next.
 *
 * @param <E> what goes wrong where the rows go
 */
public interface RowSink<E extends Exception> {

    void table(BackupTable table) throws E;

    /** @param values a String or a Long for each column of the table, null where the row has none */
    void row(@Nullable Object[] values) throws E;
}
