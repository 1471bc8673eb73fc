package dev.linkspan.server.backup;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A table whose rows a backup has. Each row has its values in the order of the columns. */
public record BackupTable(String name, SequencedMap<String, ColumnType> columns) {

    public BackupTable {
        columns = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(columns));
    }

    /** Whether the two have the same columns, in whatever order. */
    public boolean hasColumnsOf(BackupTable other) {
        return Map.copyOf(columns).equals(Map.copyOf(other.columns));
    }

    /** The names of the columns, in order. */
    public List<String> columnNames() {
        return List.copyOf(columns.keySet());
    }

    /** The types of the columns, in order. */
    public List<ColumnType> columnTypes() {
        return List.copyOf(columns.values());
    }
}
