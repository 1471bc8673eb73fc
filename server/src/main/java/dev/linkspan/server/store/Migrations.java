package dev.linkspan.server.store;

import dev.linkspan.server.backup.BackupTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteDataSource;

/** Brings a database's schema up to date, with the files {@code db/V*.sql} in their order. */
final class Migrations {

    /** The number of the last file. */
    static final int NEWEST = 20;

    /** Where the database remembers which ones it has. */
    static final String HISTORY = "flyway_schema_history";

    private Migrations() {}

    static void run(DataSource database) {
        run(database, NEWEST);
    }

    /** Brings it as far as this version; one that is beyond it stays as it is. */
    static void run(DataSource database, int version) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db")
                .table(HISTORY)
                .target(MigrationVersion.fromVersion(Integer.toString(version)))
                .validateMigrationNaming(false)
                .load()
                .migrate();
    }

    /** The number of the last file that this database has had. */
    static int versionOf(Handle handle) {
        return handle.createQuery("select max(cast(version as integer)) from " + HISTORY)
                .mapTo(Integer.class)
                .one();
    }

    /** What a backup carries of a database with this schema, found out from one that is made for it and thrown away. */
    static List<BackupTable> tablesOf(int version) {
        try {
            Path scratch = Files.createTempFile("linkspan-schema-", ".db");
            try {
                SQLiteDataSource source = new SQLiteDataSource();
                source.setUrl("jdbc:sqlite:" + scratch);
                run(source, version);
                try (Connection connection = source.getConnection()) {
                    return CarriedTables.of(connection);
                }
            } finally {
                Files.delete(scratch);
            }
        } catch (IOException | SQLException failed) {
            throw new IllegalStateException(
                    "the schema of version %d cannot be made to compare with".formatted(version), failed);
        }
    }
}
