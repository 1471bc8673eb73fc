package dev.linkspan.server.network.ovn;

import dev.linkspan.server.network.ovsdb.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row that must be in the northbound database.
 *
 * @param key what it is of its Net, and no other row: it stays the same while columns change
 * @param columns those that hold something; the other ones of its table hold nothing
 */
record NbRow(NbTable table, String key, Map<String, Cell> columns) {

    NbRow {
        columns = Map.copyOf(columns);
    }

    /** What a column holds. */
    sealed interface Cell {

        /** This. */
        record Holds(Value value) implements Cell {}

        /** Other rows of the same Net, by their keys. */
        record Refers(List<String> keys) implements Cell {}
    }

    static Builder in(NbTable table, String key) {
        return new Builder(table, key);
    }

    /** The name by which the database knows it; "" where rows of its table have none. */
    String name() {
        return columns.get("name") instanceof Cell.Holds(Value value)
                        && !value.texts().isEmpty()
                ? value.texts().getFirst()
                : "";
    }

    /** Fills in the columns of a row. */
    static final class Builder {

        private final NbTable table;
        private final String key;
        private final Map<String, Cell> columns = new LinkedHashMap<>();

        private Builder(NbTable table, String key) {
            this.table = table;
            this.key = key;
        }

        Builder text(String column, String value) {
            return put(column, new Cell.Holds(Value.text(value)));
        }

        Builder whole(String column, long value) {
            return put(column, new Cell.Holds(Value.whole(value)));
        }

        Builder flag(String column, boolean value) {
            return put(column, new Cell.Holds(Value.flag(value)));
        }

        Builder texts(String column, Collection<String> values) {
            return put(column, new Cell.Holds(Value.texts(values)));
        }

        Builder pair(String column, String name, String value) {
            return put(column, new Cell.Holds(Value.pairs(Map.of(name, value))));
        }

        Builder refers(String column, Collection<NbRow> rows) {
            return put(
                    column,
                    new Cell.Refers(rows.stream().map(NbRow::key).sorted().toList()));
        }

        private Builder put(String column, Cell cell) {
            if (!table.columns().containsKey(column)) {
                throw new IllegalStateException("BUG: %s has no column %s".formatted(table, column));
            }
            columns.put(column, cell);
            return this;
        }

        NbRow row() {
            return new NbRow(table, key, columns);
        }
    }
}
