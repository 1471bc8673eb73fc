package dev.linkspan.server.store;

import dev.linkspan.server.backup.BackupTable;
import dev.linkspan.server.backup.ColumnType;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tables that a backup carries from one database to another, as the database itself describes them: a migration that
 * adds a table or a column adds it here.
 */
final class CarriedTables {

    /**
     * What belongs to one database or to the servers that run now: another database makes its own. A session that was
     * ended since the backup must not come back with it.
     */
    static final Set<String> LEFT_BEHIND = Set.of(Migrations.HISTORY, "lease", "session");

    private CarriedTables() {}

    /** Each behind those that its foreign keys lead to. */
    static List<BackupTable> of(Connection connection) throws SQLException {
        Map<String, Set<String>> waiting = new TreeMap<>();
        for (String table : names(connection)) {
            if (!LEFT_BEHIND.contains(table)) {
                waiting.put(table, referencesOf(connection, table));
            }
        }
        List<BackupTable> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            String next = firstFree(waiting)
                    .orElseThrow(() -> new IllegalStateException(
                            "BUG: the foreign keys of %s lead in a circle".formatted(waiting.keySet())));
            waiting.remove(next);
            ordered.add(new BackupTable(next, columns(connection, next)));
        }
        return ordered;
    }

    private static Optional<String> firstFree(Map<String, Set<String>> waiting) {
        return waiting.entrySet().stream()
                .filter(table -> table.getValue().stream().noneMatch(waiting::containsKey))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** All tables of the connection's schema, in alphabetical order. */
    static Set<String> names(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        Set<String> names = new TreeSet<>();
        try (ResultSet tables =
                database.getTables(null, connection.getSchema(), "%", new String[] {"TABLE", "PARTITIONED TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private static Set<String> referencesOf(Connection connection, String table) throws SQLException {
        Set<String> references = new TreeSet<>();
        try (ResultSet keys = connection.getMetaData().getImportedKeys(null, connection.getSchema(), table)) {
            while (keys.next()) {
                references.add(keys.getString("PKTABLE_NAME"));
            }
        }
        return references;
    }

    private static SequencedMap<String, ColumnType> columns(Connection connection, String table) throws SQLException {
        SequencedMap<String, ColumnType> found = new LinkedHashMap<>();
        try (ResultSet columns = connection.getMetaData().getColumns(null, connection.getSchema(), table, "%")) {
            while (columns.next()) {
                if (columns.getString("TABLE_NAME").equals(table)) {
                    String name = columns.getString("COLUMN_NAME");
                    found.put(name, type(table, name, columns.getString("TYPE_NAME")));
                }
            }
        }
        return found;
    }

    /** SQLite tells the word of the schema, PostgreSQL its own. */
    private static ColumnType type(String table, String column, String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "text" -> ColumnType.TEXT;
            case "bigint", "int8" -> ColumnType.BIGINT;
            default ->
                throw new IllegalStateException(
                        "BUG: %s.%s is a %s, and the schema has only text and bigint".formatted(table, column, word));
        };
    }
}
