package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.TestClock;
import dev.linkspan.core.refusal.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Slow
@Rule("T1")
final class ManualTimeTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00.123Z");
    private static final Origin OPERATOR = new Origin(Origin.OPERATOR, "");
    private static final List<RegionName> REGIONS = List.of(Fixture.REGION, Fixture.OTHER_REGION);

    /** What holds of it on either database. */
    abstract static class Contract {

        @TempDir
        Path temporary;

        abstract SqlStore store(DataFolder folder, StoreClock clock);

        @Test
        void it_moves_only_when_it_is_told_to_and_every_region_hears_of_it() throws InterruptedException {
            try (DataFolder folder = DataFolder.open(temporary);
                    SqlStore store = store(folder, StoreClock.manual(START.plusNanos(5)))) {
                assertThat(store.read(Fixture.REGION, Snapshot::now)).isEqualTo(START);

                Instant later = store.advance(Duration.ofDays(7), OPERATOR);

                assertThat(later).isEqualTo(START.plus(Duration.ofDays(7)));
                for (Fixture where : List.of(new Fixture(store), new Fixture(store, Fixture.OTHER_REGION))) {
                    assertThat(where.read(Snapshot::now)).isEqualTo(later);
                    List<Event> events =
                            where.read(snapshot -> snapshot.events().after(0, 10));
                    assertThat(events)
                            .extracting(event -> event.fact().type())
                            .containsExactly(EventType.CLOCK_ADVANCED);
                    assertThat(events.getFirst().at()).isEqualTo(later);
                }
                assertThat(store.awaitEventAfter(Fixture.OTHER_REGION, 0, Duration.ZERO))
                        .isTrue();
            }
        }

        @Test
        void it_goes_on_where_it_stood_when_the_server_stopped() {
            try (DataFolder folder = DataFolder.open(temporary);
                    SqlStore store = store(folder, StoreClock.manual(START))) {
                store.advance(Duration.ofHours(1), OPERATOR);
            }

            try (DataFolder folder = DataFolder.open(temporary);
                    SqlStore store = store(folder, StoreClock.manual(START.plus(Duration.ofDays(9))))) {
                assertThat(store.read(Fixture.REGION, Snapshot::now)).isEqualTo(START.plus(Duration.ofHours(1)));
            }
        }

        @Test
        void it_begins_no_earlier_than_what_another_clock_has_recorded() {
            TestClock another = new TestClock();
            try (DataFolder folder = DataFolder.open(temporary);
                    SqlStore store = store(folder, StoreClock.of(another))) {
                new Fixture(store).account();
                store.advance(Duration.ofHours(1), OPERATOR);
            }

            try (DataFolder folder = DataFolder.open(temporary);
                    SqlStore store = store(folder, StoreClock.manual(START))) {
                assertThat(store.read(Fixture.REGION, Snapshot::now))
                        .isEqualTo(TestClock.START.plus(Duration.ofHours(1)));
            }
        }

        @Test
        void it_does_not_run_backwards() {
            try (DataFolder folder = DataFolder.open(temporary);
                    SqlStore store = store(folder, StoreClock.manual(START))) {
                assertThatThrownBy(() -> store.advance(Duration.ofMillis(-1), OPERATOR))
                        .isInstanceOf(Refusal.class)
                        .hasMessageContaining("does not run backwards");
                assertThat(store.read(Fixture.REGION, Snapshot::now)).isEqualTo(START);
            }
        }
    }

    @Nested
    final class InSqlite extends Contract {
        @Override
        SqlStore store(DataFolder folder, StoreClock clock) {
            return SqlStore.sqlite(folder, REGIONS, clock);
        }
    }

    @Nested
    final class InPostgres extends Contract {

        private final String database = PostgresServer.shared().freshDatabase();

        @Override
        SqlStore store(DataFolder folder, StoreClock clock) {
            return SqlStore.postgres(database, folder, REGIONS, clock);
        }
    }
}
