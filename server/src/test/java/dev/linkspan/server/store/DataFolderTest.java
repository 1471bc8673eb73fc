package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Slow;
import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Slow
final class DataFolderTest {

    private static final AccessKeyId KEY = new AccessKeyId("AKIA");
    private static final String SECRET = "a secret that is long enough to be looked for";

    @TempDir
    private Path temporary;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = temporary.resolve("some/data");
    }

    private static SqlStore store(DataFolder folder) {
        return SqlStore.sqlite(folder, List.of(Fixture.REGION), StoreClock.of(new TestClock()));
    }

    /** A folder with an access key in it, closed. */
    private void populate() {
        try (DataFolder folder = DataFolder.open(path);
                SqlStore store = store(folder)) {
            AccountId account = new AccountId("123456789012");
            new Fixture(store).change(unit -> {
                unit.accounts().save(new Account(account, Optional.empty(), Map.of(), unit.now()));
                unit.accessKeys()
                        .save(new AccessKey(
                                KEY,
                                account,
                                SECRET,
                                true,
                                Optional.empty(),
                                Optional.empty(),
                                unit.now(),
                                unit.now()));
                return true;
            });
        }
    }

    private void assertRefused(String... messageParts) throws IOException {
        byte[] before = Files.readAllBytes(path.resolve("linkspan.db"));

        assertThatThrownBy(() -> {
                    try (DataFolder folder = DataFolder.open(path);
                            SqlStore store = store(folder)) {
                        assertThat(store).isNull();
                    }
                })
                .isInstanceOf(UnusableDataFolder.class)
                .message()
                .contains(messageParts);

        assertThat(path.resolve("linkspan.db")).hasBinaryContent(before);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path.resolve("linkspan.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_new_folder_and_its_secrets_are_for_the_servers_user_only() throws IOException {
        try (DataFolder folder = DataFolder.open(path)) {
            assertThat(folder.path()).isEqualTo(path);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
            for (String file : List.of("master.key", "admin.token", "linkspan.lock")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve(file))))
                        .isEqualTo("rw-------");
            }
            assertThat(path.resolve("admin.token")).hasContent(folder.adminToken() + "\n");
            assertThat(folder.adminToken()).hasSizeGreaterThan(40);
        }
    }

    @Test
    void secrets_stay_the_same_and_are_read_back_after_a_restart() {
        String token;
        try (DataFolder folder = DataFolder.open(path)) {
            token = folder.adminToken();
        }
        populate();

        try (DataFolder folder = DataFolder.open(path);
                SqlStore store = store(folder)) {
            assertThat(folder.adminToken()).isEqualTo(token);
            AccessKey key = new Fixture(store)
                    .read(snapshot -> snapshot.accessKeys().find(KEY).orElseThrow());
            assertThat(key.secret()).isEqualTo(SECRET);
        }
    }

    @Test
    void no_file_holds_a_secret_in_clear() throws IOException {
        populate();

        try (var files = Files.list(path)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(SECRET);
            }
        }
    }

    @Test
    void a_folder_in_use_is_refused() {
        try (DataFolder folder = DataFolder.open(path)) {
            assertThatThrownBy(() -> DataFolder.open(folder.path()))
                    .isInstanceOf(UnusableDataFolder.class)
                    .hasMessageContaining("in use by another Linkspan server (process %d)"
                            .formatted(ProcessHandle.current().pid()));
        }
        DataFolder.open(path).close();
    }

    @Test
    void a_database_without_its_key_is_refused_and_no_key_is_made() throws IOException {
        populate();
        Files.delete(path.resolve("master.key"));

        assertRefused("no master.key", "Restore");

        assertThat(path.resolve("master.key")).doesNotExist();
    }

    @Test
    void a_key_that_others_can_read_is_refused() throws IOException {
        populate();
        Files.setPosixFilePermissions(path.resolve("master.key"), PosixFilePermissions.fromString("rw-r-----"));

        assertRefused("rw-r-----", "chmod 600");
    }

    @Test
    void a_damaged_key_is_refused() throws IOException {
        populate();
        Files.writeString(path.resolve("master.key"), "c2hvcnQ");

        assertRefused("master.key is damaged");
    }

    @Test
    void a_file_that_is_no_database_is_refused() throws IOException {
        populate();
        Files.writeString(path.resolve("linkspan.db"), "this is no database, however long it may be".repeat(200));

        assertRefused("linkspan.db is damaged", "Restore");
    }

    @Test
    void a_database_with_a_damaged_page_is_refused() throws IOException {
        populate();
        byte[] content = Files.readAllBytes(path.resolve("linkspan.db"));
        for (int i = content.length / 4; i < content.length / 2; i++) {
            content[i] = (byte) (i * 31);
        }
        Files.write(path.resolve("linkspan.db"), content);

        assertRefused("linkspan.db is damaged", "Nothing was changed");
    }

    @Test
    void a_database_of_something_else_is_refused() throws IOException, SQLException {
        populate();
        Files.delete(path.resolve("linkspan.db"));
        execute("create table other (id text primary key)");

        assertRefused("not one of Linkspan's");
    }

    @Test
    void a_database_of_a_newer_linkspan_is_refused() throws IOException, SQLException {
        populate();
        execute("""
                insert into flyway_schema_history
                    (installed_rank, version, description, type, script, installed_by, execution_time, success)
                values (999, '999', 'from the future', 'SQL', 'V999__x.sql', '', 1, 1)
                """);

        assertRefused("newer Linkspan", "version 999");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void every_file_is_its_owners_alone_whatever_the_umask() throws IOException {
        try (DataFolder folder = DataFolder.open(path);
                SqlStore _ = store(folder)) {
            assertThat(mode(path)).isEqualTo("rwx------");
            for (String file : List.of("linkspan.db", "linkspan.db-wal", "linkspan.db-shm", "linkspan.lock")) {
                assertThat(mode(path.resolve(file))).as(file).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void a_database_that_others_could_read_is_closed_to_them() throws IOException {
        populate();
        Files.setPosixFilePermissions(path.resolve("linkspan.db"), PosixFilePermissions.fromString("rw-r--r--"));
        populate();
        assertThat(mode(path.resolve("linkspan.db"))).isEqualTo("rw-------");
    }

    @Test
    void a_folder_that_was_there_before_is_left_as_it_is() throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        populate();
        assertThat(mode(path)).isEqualTo("rwxr-xr-x");
        assertThat(mode(path.resolve("linkspan.db"))).isEqualTo("rw-------");
    }
}
