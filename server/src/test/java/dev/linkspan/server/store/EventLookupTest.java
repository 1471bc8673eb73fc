package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.TestClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lookup table that an upgrade fills (V003) is the one that is written with every event. */
final class EventLookupTest {

    private static final AccountId ALICE = new AccountId("100000000001");
    private static final AccountId BOB = new AccountId("100000000002");
    private static final NetId ALICES = NetId.KIND.of(0x1001);
    private static final NetId BOBS = NetId.KIND.of(0x1002);

    private static String fillingStatement() throws IOException {
        try (InputStream migration = EventLookupTest.class.getResourceAsStream("/db/V003__event_about.sql")) {
            String text = new String(Objects.requireNonNull(migration).readAllBytes(), StandardCharsets.UTF_8);
            return text.substring(text.indexOf("insert into")).replace(";", "");
        }
    }

    private static List<String> rows(Handle handle) {
        return handle.createQuery("select about || ' ' || sequence from event_about order by about, sequence")
                .mapTo(String.class)
                .list();
    }

    @Test
    void an_upgrade_finds_what_older_events_are_about(@TempDir Path folder) throws IOException {
        try (Sqlite sqlite = Sqlite.open(folder.resolve("linkspan.db"));
                Handle handle = sqlite.writer().open()) {
            handle.execute("insert into region (name, last_sequence, last_change_at) values (?, 0, 0)", Fixture.REGION);
            EventRows log = new EventRows(handle, Fixture.REGION);
            List.of(
                            new Fact(EventType.CLOCK_ADVANCED, "P7D", Set.of(), Set.of(), ""),
                            new Fact(EventType.ACCOUNT_CREATED, ALICE.value(), Set.of(ALICE), Set.of(), ""),
                            new Fact(EventType.SUBREGION_FAILED, "eu-west-2a", Set.of(), Set.of(ALICES, BOBS), ""),
                            new Fact(
                                    EventType.NET_PEERING_REQUESTED,
                                    "pcx-00001003",
                                    Set.of(ALICE, BOB),
                                    Set.of(ALICES, BOBS),
                                    ""))
                    .forEach(fact -> log.append(fact, TestClock.START, Fixture.ORIGIN));
            List<String> written = rows(handle);
            assertThat(written).hasSize(14).contains("P7D 1", "100000000001 4", ALICES + " 3", "ACCOUNT_CREATED 2");

            handle.execute("delete from event_about");
            handle.execute(fillingStatement());

            assertThat(rows(handle)).isEqualTo(written);
        }
    }
}
