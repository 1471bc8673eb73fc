package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Slow;
import dev.linkspan.server.backup.UnusableBackup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Backups of other versions, and files, folders and databases that a restore has to leave alone. */
@Slow
final class RestoreRefusalTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What later versions have added to the tables of the first one. */
    private static final Map<String, Set<String>> COLUMNS_SINCE_THEN = Map.of(
            "account", Set.of("name"),
            "event", Set.of("session"),
            "net", Set.of("dns_support", "dns_hostnames", "address_usage_metrics", "is_default"),
            "subnet", Set.of("is_default"),
            "nic", Set.of("nat_service_id"),
            "net_peering", Set.of("source_dns_resolution", "accepter_dns_resolution", "message"),
            "route", Set.of("target"),
            "route_table", Set.of("client_token"),
            "vm",
                    Set.of(
                            "stop_protection",
                            "public_ip",
                            "architecture",
                            "os_family",
                            "root_device",
                            "boot_mode",
                            "monitored",
                            "cpu_credits",
                            "instance_profile",
                            "metadata_endpoint",
                            "metadata_tokens",
                            "metadata_hop_limit",
                            "metadata_ipv6",
                            "metadata_tags"));

    @TempDir
    private Path temporary;

    private StoreUnderTest source;
    private StoreUnderTest target;

    @BeforeEach
    void fill() {
        source = new StoreUnderTest(temporary.resolve("source"), Optional.empty());
        target = new StoreUnderTest(temporary.resolve("target"), Optional.empty());
        FullStore.fill(source.store());
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    private Path backup() throws IOException {
        return changed(text -> text);
    }

    /** A backup whose lines are changed, with the digest that they have then. */
    private Path changed(UnaryOperator<String> change) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (StoreBackup backup = source.store().beginBackup("1.2.3")) {
            backup.writeTo(out, source.folder().keyFiles());
        }
        String text;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String all = change.apply(text);
        int end = all.lastIndexOf('\n', all.length() - 2) + 1;
        String trailer = all.substring(end).replaceAll("[0-9a-f]{64}", sha256(all.substring(0, end)));
        Path file = temporary.resolve("linkspan.backup");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write((all.substring(0, end) + trailer).getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Without this table, as from a version that had none. */
    private static String without(String table, String text) {
        return text.replaceAll("(?m)^\\{\"table\":\"%s\".*\n(\\[.*\n)*".formatted(table), "")
                .replaceAll("\"%1$s\":[0-9]+,|,\"%1$s\":[0-9]+".formatted(table), "");
    }

    /** Without these columns of a table, as from a version that had none. */
    private static String withoutColumns(String table, Set<String> columns, String text) {
        List<Integer> places = new ArrayList<>();
        boolean inside = false;
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        for (String line : text.lines().toList()) {
            JsonNode json = JSON.readTree(line);
            if (json.isObject()) {
                inside = json.path("table").asString("").equals(table);
                places.clear();
                List<String> names = List.copyOf(json.path("columns").propertyNames());
                columns.stream()
                        .map(names::indexOf)
                        .sorted(Comparator.reverseOrder())
                        .forEach(places::add);
            }
            if (inside && json.path("columns") instanceof ObjectNode shape) {
                shape.remove(columns);
            } else if (inside && json instanceof ArrayNode row) {
                places.forEach(row::remove);
            }
            lines.add(inside ? json.toString() : line);
        }
        return lines.toString();
    }

    private void assertRefused(Path file, String... told) {
        assertThatThrownBy(() -> target.restore(file))
                .isInstanceOf(UnusableBackup.class)
                .message()
                .contains(told);
        assertThat(temporary.resolve("target")).doesNotExist();
    }

    private static List<String> eventsAbout(StoreUnderTest store) {
        return store.read(
                handle -> handle.createQuery("select * from event_about").mapToMap().map(Object::toString).stream()
                        .sorted()
                        .toList());
    }

    private static String asOfTheFirstSchema(String text) {
        String changed = text;
        for (String table : List.of(
                "event_about",
                "dhcp_options_set",
                "dhcp_option_value",
                "account_password",
                "keypair",
                "insights_path",
                "insights_analysis",
                "network_acl",
                "network_acl_entry",
                "network_acl_association",
                "internet_service",
                "public_ip",
                "nat_service",
                "volume",
                "default_net_given",
                "launch_template",
                "launch_template_version",
                "host",
                "vm_placement")) {
            changed = without(table, changed);
        }
        for (var columns : COLUMNS_SINCE_THEN.entrySet()) {
            changed = withoutColumns(columns.getKey(), columns.getValue(), changed);
        }
        return changed.replace("\"last_change_at\":", "\"last_event_at\":")
                .replace("\"target_id\":", "\"peering_id\":")
                .replace("\"schema\":" + Migrations.NEWEST, "\"schema\":1");
    }

    private static List<String> routes(StoreUnderTest store) {
        return store.read(handle -> handle.select("select * from route").mapToMap().stream()
                .map(Object::toString)
                .sorted()
                .toList());
    }

    @Test
    void a_backup_of_the_first_schema_is_restored_and_brought_up_to_date() throws IOException {
        List<String> before = eventsAbout(source);
        List<String> routes = routes(source);

        target.restore(changed(RestoreRefusalTest::asOfTheFirstSchema));

        assertThat(eventsAbout(target)).hasSizeGreaterThan(2).isEqualTo(before);
        assertThat(routes(target))
                .anyMatch(route -> route.contains("local"))
                .anyMatch(route -> route.contains("pcx-"))
                .isEqualTo(routes);
        assertThat(target.read(Migrations::versionOf)).isEqualTo(Migrations.NEWEST);
        assertThat(target.store().schemaVersion()).isEqualTo(Migrations.NEWEST);
    }

    @Test
    void a_newer_schema_is_refused() throws IOException {
        Path newer = changed(text -> text.replace("\"schema\":" + Migrations.NEWEST, "\"schema\":99"));

        assertRefused(newer, "made by Linkspan 1.2.3", "version 99", "up to " + Migrations.NEWEST);
    }

    @Test
    void a_table_too_many_or_too_few_is_refused() throws IOException {
        Path less = changed(text -> without("net_peering", text));
        assertRefused(less, "lacks the table net_peering");

        Path more = changed(text -> text.replace("{\"table\":\"tag\"", "{\"table\":\"price_tag\"")
                .replaceAll("\"tag\":([0-9])", "\"price_tag\":$1"));
        assertRefused(more, "has the table price_tag, which its schema has not");
    }

    @Test
    void a_column_of_another_name_is_refused() throws IOException {
        Path other = changed(text -> text.replace("\"tag_key\":\"text\"", "\"tag_name\":\"text\""));

        assertRefused(other, "table tag", "tag_name", "tag_key");
    }

    @Test
    void rows_that_the_database_refuses_leave_nothing() throws IOException {
        Path orphans = changed(text -> text.replaceFirst("(?m)^\\[\"vpc-", "[\"vpc-0"));

        assertThatThrownBy(() -> target.restore(orphans))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("It holds nothing of the backup");

        assertThat(target.<Integer>read(handle -> handle.createQuery("select count(*) from account")
                        .mapTo(Integer.class)
                        .one()))
                .isZero();
    }

    @Test
    void postgresql_cannot_have_the_character_nul() throws IOException {
        Jdbi.create(Sqlite.source(temporary.resolve("source/linkspan.db"), false))
                .useHandle(handle ->
                        handle.execute("update tag set tag_value = 'a' || char(0) || 'b' where tag_key = 'odd1'"));
        Path file = backup();
        StoreUnderTest postgres = new StoreUnderTest(
                temporary.resolve("target"), Optional.of(PostgresServer.shared().freshDatabase()));

        assertThatThrownBy(() -> postgres.restore(file))
                .isInstanceOf(UnusableBackup.class)
                .hasMessageContaining("a character NUL in a row of tag, in tag_value");
        target.restore(file);

        assertThat(target.<String>read(handle -> handle.createQuery("select tag_value from tag where tag_key = 'odd1'")
                        .mapTo(String.class)
                        .one()))
                .isEqualTo("a\0b");
    }

    @Test
    void a_folder_with_another_key_is_refused() throws IOException {
        Path file = backup();
        DataFolder.open(temporary.resolve("target")).close();
        byte[] key = Files.readAllBytes(temporary.resolve("target/master.key"));

        assertThatThrownBy(() -> target.restore(file))
                .isInstanceOf(UnusableDataFolder.class)
                .hasMessageContaining("master.key is already there and is not the one in the backup");

        assertThat(temporary.resolve("target/master.key")).hasBinaryContent(key);
        assertThat(temporary.resolve("target/linkspan.db")).doesNotExist();
    }

    @Test
    void the_folder_that_a_backup_is_from_can_move_to_postgresql() throws IOException {
        Path file = backup();
        source.close();
        StoreUnderTest moved = new StoreUnderTest(
                temporary.resolve("source"), Optional.of(PostgresServer.shared().freshDatabase()));

        moved.restore(file);

        assertThat(moved.store().schemaVersion()).isEqualTo(Migrations.NEWEST);
        moved.close();
    }

    @Test
    void a_folder_in_use_is_refused() throws IOException {
        Path file = backup();
        try (DataFolder used = DataFolder.open(temporary.resolve("target"))) {
            assertThatThrownBy(() -> target.restore(file))
                    .isInstanceOf(UnusableDataFolder.class)
                    .hasMessageContaining(used.path() + " is in use by another Linkspan server");
        }
    }

    @Test
    void a_database_of_another_program_is_refused() throws IOException {
        Path file = backup();
        Files.createDirectory(temporary.resolve("target"));
        Jdbi.create("jdbc:sqlite:" + temporary.resolve("target/linkspan.db"))
                .useHandle(handle -> handle.execute("create table photograph (id text)"));

        assertThatThrownBy(() -> target.restore(file))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("already has tables of another program (photograph)");

        Files.writeString(temporary.resolve("target/linkspan.db"), "no database at all, however long ".repeat(100));
        assertThatThrownBy(() -> target.restore(file))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("cannot be restored into");
    }
}
