package dev.linkspan.server.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The database that a restore fills.
 *
 * @param name what messages call it
 * @param storesNul whether its texts may have the character NUL, which PostgreSQL's may not
 */
record RestoreTarget(String name, DataSource source, boolean storesNul) {

    /** @param store a PostgreSQL database instead of SQLite in this folder */
    static RestoreTarget of(Path folder, Optional<String> store) {
        return store.map(Postgres::restoreTarget).orElseGet(() -> sqlite(folder.resolve(DataFolder.DATABASE)));
    }

    private static RestoreTarget sqlite(Path database) {
        return new RestoreTarget(database.toString(), Sqlite.source(database, false), true);
    }

    Jdbi jdbi() {
        return Jdbi.create(source);
    }

    /** Refuses where anything is in it but what a restore of this schema that was broken off has left. */
    void requireEmpty(Handle handle, int schema) throws SQLException {
        Set<String> tables = CarriedTables.names(handle.getConnection());
        if (tables.isEmpty()) {
            return;
        }
        if (!tables.contains(Migrations.HISTORY)) {
            throw refused("tables of another program (%s)".formatted(String.join(", ", tables)));
        }
        requireNoRows(handle, tables);
        int version = Migrations.versionOf(handle);
        if (version > schema) {
            throw refused(
                    "the tables of schema version %d, where the backup has version %d".formatted(version, schema));
        }
    }

    private void requireNoRows(Handle handle, Set<String> tables) {
        Set<String> filled = new TreeSet<>();
        for (String table : tables) {
            String beside = table.equals("setting") ? " where name <> '%s'".formatted(SettingRows.RESTORE) : "";
            if (!CarriedTables.LEFT_BEHIND.contains(table)
                    && handle.createQuery("select 1 from \"%s\"%s limit 1".formatted(table, beside))
                            .mapTo(Integer.class)
                            .findFirst()
                            .isPresent()) {
                filled.add(table);
            }
        }
        if (!filled.isEmpty()) {
            throw refused("rows in the tables " + String.join(", ", filled));
        }
    }

    private UnusableDatabase refused(String found) {
        return new UnusableDatabase(
                "%s already has %s. Nothing was changed: a backup is restored into an empty database and data folder, so name others with --data or --store."
                        .formatted(name, found));
    }
}
