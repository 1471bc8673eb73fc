package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaTest {

    @TempDir
    private Path temporary;

    private Jdbi migrated() {
        Sqlite sqlite = Sqlite.open(temporary.resolve("migrated.db"));
        sqlite.close();
        return sqlite.writer();
    }

    private static String readable() throws IOException {
        try (InputStream schema = SchemaTest.class.getResourceAsStream("/db/schema.sql")) {
            return new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Every table and index, as SQL without its layout. */
    private static List<String> objects(Handle handle) {
        return handle
                .createQuery("select sql from sqlite_master where sql is not null order by type, name")
                .mapTo(String.class)
                .list()
                .stream()
                .filter(sql -> !sql.contains(Migrations.HISTORY))
                .map(sql -> sql.replaceAll("--.*", "").replaceAll("\\s+", " ").replaceAll(" ?([(),]) ?", "$1"))
                .toList();
    }

    @Test
    void the_migrations_end_at_the_readable_schema() throws IOException {
        Jdbi declared = Jdbi.create("jdbc:sqlite:" + temporary.resolve("declared.db"));
        String schema = readable();
        declared.useHandle(handle -> handle.createScript(schema).execute());

        assertThat(migrated().withHandle(SchemaTest::objects))
                .hasSizeGreaterThan(50)
                .isEqualTo(declared.withHandle(SchemaTest::objects));
    }

    @Test
    void the_newest_migration_is_the_one_that_the_server_knows() {
        Optional<Integer> applied = migrated()
                .withHandle(
                        handle -> handle.createQuery("select max(cast(version as integer)) from " + Migrations.HISTORY)
                                .mapTo(Integer.class)
                                .findOne());

        assertThat(applied).contains(Migrations.NEWEST);
    }

    @ParameterizedTest
    @Rule({"P3", "L1"})
    @ValueSource(
            strings = {
                "net_peering_state_known: state = 'unknown'",
                "net_peering_pair_in_order: low_net_id = high_net_id",
                "net_peering_pair_in_order: low_net_id = high_net_id, high_net_id = low_net_id",
                "net_peering_pair_in_order: accepter_net_id = source_net_id",
                "net_peering_pending_has_expiry: expires_at = null",
                "net_peering_answered_has_since: since = 1",
                "net_peering_active_was_accepted: state = 'active', expires_at = null, since = 1",
                "net_peering_failed_has_reason: state = 'failed', expires_at = null, since = 1",
                "net_peering_deleted_has_actor: state = 'deleted', expires_at = null, since = 1",
                "net_peering_actor_ended_it: by_account_id = '123456789012'",
            })
    void a_peering_with_the_wrong_facts_for_its_state_is_refused(String broken) {
        String constraint = broken.substring(0, broken.indexOf(':'));
        String assignment = broken.substring(broken.indexOf(':') + 1);
        Jdbi jdbi = migrated();
        jdbi.useHandle(handle -> handle.createScript("""
                        insert into region (name, last_sequence, last_change_at) values ('eu-west-2', 0, 0);
                        insert into net_peering
                            (id, region_name, source_net_id, source_ip_range, source_account_id,
                            accepter_net_id, accepter_ip_range, accepter_account_id, low_net_id, high_net_id,
                            created_at, state, expires_at)
                        values ('pcx-00000001', 'eu-west-2', 'vpc-00000002', '10.2.0.0/16', '123456789012',
                            'vpc-00000001', '10.1.0.0/16', '123456789012', 'vpc-00000001', 'vpc-00000002',
                            0, 'pending-acceptance', 5);
                        """).execute());

        assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute("update net_peering set" + assignment)))
                .hasMessageContaining(constraint);
    }
}
