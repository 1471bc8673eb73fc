package dev.linkspan.server.store;

import dev.linkspan.core.id.RegionName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Stores on new databases that are copies of one with today's schema and nothing in it: to bring an empty one up to date takes
 * longer than what most tests do with it. Those that are about the way there begin with an empty one.
 */
final class FreshStores {

    private FreshStores() {}

    static SqlStore sqlite(DataFolder folder, List<RegionName> regions, StoreClock clock) {
        try {
            Files.write(folder.closedDatabase(), OnSqlite.DATABASE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return SqlStore.sqlite(folder, regions, clock);
    }

    static SqlStore postgres(DataFolder folder, List<RegionName> regions, StoreClock clock) {
        return SqlStore.postgres(postgresDatabase(), folder, regions, clock);
    }

    /** The JDBC URL of a new one. */
    static String postgresDatabase() {
        return PostgresServer.shared().copyOf(OnPostgres.DATABASE);
    }

    /** Made when the first is wanted. */
    private static final class OnSqlite {

        private static final byte[] DATABASE = made();

        private static byte[] made() {
            try {
                Path file = Files.createTempFile("linkspan-schema-", ".db");
                try {
                    Migrations.run(Sqlite.source(file, false));
                    return Files.readAllBytes(file);
                } finally {
                    Files.delete(file);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** Likewise. */
    private static final class OnPostgres {

        private static final String DATABASE = made();

        private static String made() {
            String url = PostgresServer.shared().freshDatabase();
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(url);
            Migrations.run(source);
            return url;
        }
    }
}
