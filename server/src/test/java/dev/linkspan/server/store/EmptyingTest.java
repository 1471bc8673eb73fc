package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.TestClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is brought back to empty. */
@Slow
final class EmptyingTest {

    private static final Origin OPERATOR = new Origin(Origin.OPERATOR, "request");
    private static final List<RegionName> REGIONS = List.of(Fixture.REGION, Fixture.OTHER_REGION);

    /** What holds of it on either database. */
    abstract static class Contract {

        @TempDir
        Path temporary;

        abstract SqlStore store(DataFolder folder);

        abstract String url();

        @Test
        void nothing_is_left_but_the_note_of_it() throws SQLException, InterruptedException {
            try (DataFolder folder = DataFolder.open(temporary);
                    SqlStore store = store(folder)) {
                FullStore.fill(store);
                Map<RegionName, Long> before = store.lastSequences();
                Map<RegionName, Set<NetId>> nets = new HashMap<>();
                REGIONS.forEach(region -> nets.put(
                        region,
                        Set.copyOf(
                                store.read(region, snapshot -> snapshot.nets().ids()))));

                store.reset(OPERATOR);

                assertThat(rows()).containsOnlyKeys("event", "event_about").containsEntry("event", 2L);
                for (RegionName region : REGIONS) {
                    Event note = store.read(
                                    region, snapshot -> snapshot.events().after(0, 10))
                            .getLast();
                    assertThat(note.fact().type()).isEqualTo(EventType.SERVER_RESET);
                    assertThat(note.sequence()).isEqualTo(before.get(region) + 1);
                    assertThat(store.awaitEventAfter(region, before.get(region), Duration.ZERO))
                            .isTrue();
                    assertThat(note.fact().nets()).isEqualTo(nets.get(region)).isNotEmpty();
                }
            }
        }

        @Test
        void what_is_made_afterwards_is_there_and_goes_with_the_next_time() {
            AccountId account;
            try (DataFolder folder = DataFolder.open(temporary);
                    SqlStore store = store(folder)) {
                FullStore.fill(store);
                store.reset(OPERATOR);
                Fixture fixture = new Fixture(store);
                account = fixture.account();
                Net net = fixture.net(account, "10.0.0.0/16");
                List<Net> nets = fixture.read(snapshot -> snapshot.nets().ofOwner(account));
                assertThat(nets).containsExactly(net);
                store.reset(OPERATOR);
            }
            try (DataFolder folder = DataFolder.open(temporary);
                    SqlStore store = store(folder)) {
                Optional<Account> left = store.read(
                        Fixture.REGION, snapshot -> snapshot.accounts().find(account));
                assertThat(left).isEmpty();
            }
        }

        /** How many there are of each kind, but for what is the database's own. */
        private Map<String, Long> rows() throws SQLException {
            Map<String, Long> rows = new TreeMap<>();
            try (Connection connection = DriverManager.getConnection(url());
                    Statement statement = connection.createStatement()) {
                for (String table : CarriedTables.names(connection)) {
                    try (ResultSet count = statement.executeQuery("select count(*) from " + table)) {
                        count.next();
                        rows.put(table, count.getLong(1));
                    }
                }
            }
            rows.keySet().removeAll(Set.of(Migrations.HISTORY, "lease", "region", "setting"));
            rows.values().removeIf(count -> count == 0);
            return rows;
        }
    }

    @Nested
    final class InSqlite extends Contract {

        @Override
        SqlStore store(DataFolder folder) {
            return SqlStore.sqlite(folder, REGIONS, StoreClock.of(new TestClock()));
        }

        @Override
        String url() {
            return "jdbc:sqlite:" + temporary.resolve("linkspan.db");
        }
    }

    @Nested
    final class InPostgres extends Contract {

        private final String database = PostgresServer.shared().freshDatabase();

        @Override
        SqlStore store(DataFolder folder) {
            return SqlStore.postgres(database, folder, REGIONS, StoreClock.of(new TestClock()));
        }

        @Override
        String url() {
            return database;
        }
    }
}
