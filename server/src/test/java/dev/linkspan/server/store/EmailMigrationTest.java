package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** From the schema in which any text was an account's e-mail address to the one in which it is one account's. */
@Slow
final class EmailMigrationTest {

    private static final int BEFORE = 5;

    private static final List<String> ACCOUNTS = List.of(
            "('100000000001', 'Ada@Example.org', 2)",
            "('100000000002', 'ada@example.org', 1)",
            "('100000000003', 'ADA@EXAMPLE.ORG', 2)",
            "('100000000004', 'bob@example.org', 3)",
            "('100000000005', 'Bob@example.org', 3)",
            "('100000000006', null, 4)",
            "('100000000007', null, 4)",
            "('100000000008', 'Cyd', 5)");

    @TempDir
    private Path temporary;

    private static List<String> migrated(DataSource database) {
        Migrations.run(database, BEFORE);
        Jdbi jdbi = Jdbi.create(database);
        jdbi.useHandle(handle -> ACCOUNTS.forEach(
                account -> handle.execute("insert into account (id, email, created_at) values " + account)));
        Migrations.run(database);
        Function<Handle, List<String>> emails =
                handle -> handle.createQuery("select coalesce(email, '-') from account order by id")
                        .mapTo(String.class)
                        .list();
        return jdbi.withHandle(emails::apply);
    }

    private static void assertOldestKeepsIt(List<String> emails) {
        assertThat(emails).containsExactly("-", "ada@example.org", "-", "bob@example.org", "-", "-", "-", "cyd");
    }

    @Test
    void the_oldest_account_keeps_its_address_on_sqlite() {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + temporary.resolve("before.db"));

        assertOldestKeepsIt(migrated(database));
    }

    @Test
    void the_oldest_account_keeps_its_address_on_postgres() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(PostgresServer.shared().freshDatabase());

        assertOldestKeepsIt(migrated(database));
    }
}
