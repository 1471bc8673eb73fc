package dev.linkspan.server.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database's schema up to date, with the files {@code db/V*.sql} in their order. */
final class Migrations {

    /** The number of the last file. */
    static final int NEWEST = 4;

    /** Where the database remembers which ones it has. */
    static final String HISTORY = "flyway_schema_history";

    private Migrations() {}

    static void run(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db")
                .table(HISTORY)
                .validateMigrationNaming(false)
                .load()
                .migrate();
    }
}
