package dev.linkspan.acceptance.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.acceptance.TestedServer;
import dev.linkspan.cli.process.ServerDidNotStart;
import dev.linkspan.cli.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server makes of the data folder that it is given. */
class DataFolderTest {

    @TempDir
    private Path folder;

    private ServerProcess start(Path data) {
        return ServerProcess.start(
                TestedServer.command(
                        List.of("--listen", "127.0.0.1:0", "--network", "none", "--data", data.toString())),
                folder.resolve("log"));
    }

    private Path used() {
        Path data = folder.resolve("data");
        try (ServerProcess server = start(data)) {
            server.awaitReady();
        }
        return data;
    }

    @Test
    void secrets_are_the_owners_alone() throws IOException {
        Path data = used();

        for (String secret : List.of("admin.token", "master.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(secret))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_corrupt_database_is_refused_with_a_message_and_not_touched() throws IOException {
        Path data = used();
        clearJournal(data);
        byte[] noise = "this was a database once ".repeat(4_000).getBytes(UTF_8);
        Files.write(data.resolve("linkspan.db"), noise);

        isRefusedAndUntouched(data, "linkspan.db");
    }

    @Test
    void a_damaged_page_is_refused_too() throws IOException {
        Path data = used();
        clearJournal(data);
        byte[] database = Files.readAllBytes(data.resolve("linkspan.db"));
        for (int i = 100; i < Math.min(database.length, 40_000); i++) {
            database[i] = (byte) 0xA5;
        }
        Files.write(data.resolve("linkspan.db"), database);

        isRefusedAndUntouched(data, "linkspan.db");
    }

    @Test
    void data_of_a_newer_version_are_refused_with_a_message_and_not_touched() throws IOException, SQLException {
        Path data = used();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("linkspan.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,
                        installed_by, installed_on, execution_time, success)
                    select max(installed_rank) + 1, '999', 'from the future', 'SQL', 'V999__from_the_future.sql', 1,
                        'x', '2030-01-01 00:00:00', 1, 1
                    from flyway_schema_history
                    """);
        }
        clearJournal(data);

        isRefusedAndUntouched(data, "newer");
    }

    @Test
    void one_folder_has_one_server() {
        Path data = folder.resolve("data");
        try (ServerProcess first = start(data)) {
            first.awaitReady();
            try (ServerProcess second = start(data)) {
                assertThatThrownBy(second::awaitReady)
                        .isInstanceOf(ServerDidNotStart.class)
                        .hasMessageContaining(
                                "is in use by another Linkspan server (process %d)".formatted(first.pid()));
            }
            assertThat(first.isAlive()).isTrue();
        }
    }

    private void isRefusedAndUntouched(Path data, String told) throws IOException {
        Map<String, String> before = contents(data);

        try (ServerProcess server = start(data)) {
            assertThatThrownBy(server::awaitReady)
                    .isInstanceOf(ServerDidNotStart.class)
                    .hasMessageContaining(told)
                    .hasMessageContaining(data.toString());
        }

        assertThat(contents(data)).isEqualTo(before);
    }

    /** What lies beside the database while it is open is not part of what a stopped server leaves. */
    private static void clearJournal(Path data) throws IOException {
        Files.deleteIfExists(data.resolve("linkspan.db-wal"));
        Files.deleteIfExists(data.resolve("linkspan.db-shm"));
    }

    private static Map<String, String> contents(Path data) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String name : List.of("linkspan.db", "admin.token", "master.key")) {
            contents.put(name, HexFormat.of().formatHex(Files.readAllBytes(data.resolve(name))));
        }
        return contents;
    }
}
