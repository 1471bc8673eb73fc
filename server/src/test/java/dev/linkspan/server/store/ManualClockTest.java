package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Rule("T1")
final class ManualClockTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00.123Z");
    private static final Origin OPERATOR = new Origin(Origin.OPERATOR, "");

    @TempDir
    private Path temporary;

    private static SqlStore store(DataFolder folder, ManualClock clock) {
        return SqlStore.sqlite(folder, List.of(Fixture.REGION, Fixture.OTHER_REGION), clock);
    }

    @Test
    void it_moves_only_when_it_is_told_to_and_every_region_hears_of_it() throws InterruptedException {
        ManualClock clock = new ManualClock(START.plusNanos(5));
        try (DataFolder folder = DataFolder.open(temporary);
                SqlStore store = store(folder, clock)) {
            assertThat(store.read(Fixture.REGION, Snapshot::now)).isEqualTo(START);

            Instant later = store.advance(clock, Duration.ofDays(7), OPERATOR);

            assertThat(later).isEqualTo(START.plus(Duration.ofDays(7))).isEqualTo(clock.instant());
            for (Fixture where : List.of(new Fixture(store), new Fixture(store, Fixture.OTHER_REGION))) {
                assertThat(where.read(Snapshot::now)).isEqualTo(later);
                List<Event> events = where.read(snapshot -> snapshot.events(0, 10));
                assertThat(events).extracting(event -> event.fact().type()).containsExactly(EventType.CLOCK_ADVANCED);
                assertThat(events.getFirst().at()).isEqualTo(later);
            }
            assertThat(store.awaitEventAfter(Fixture.OTHER_REGION, 0, Duration.ZERO))
                    .isTrue();
        }
    }

    @Test
    void it_goes_on_where_it_stood_when_the_server_stopped() {
        ManualClock before = new ManualClock(START);
        try (DataFolder folder = DataFolder.open(temporary);
                SqlStore store = store(folder, before)) {
            assertThat(store.manualTime()).isEmpty();
            store.advance(before, Duration.ofHours(1), OPERATOR);
        }

        ManualClock after = new ManualClock(START);
        try (DataFolder folder = DataFolder.open(temporary);
                SqlStore store = store(folder, after)) {
            assertThat(store.manualTime()).contains(before.instant());
            store.manualTime().ifPresent(after::moveTo);
            assertThat(store.read(Fixture.REGION, Snapshot::now)).isEqualTo(before.instant());
        }
    }

    @Test
    void it_does_not_run_backwards() {
        ManualClock clock = new ManualClock(START);
        try (DataFolder folder = DataFolder.open(temporary);
                SqlStore store = store(folder, clock)) {
            assertThatThrownBy(() -> store.advance(clock, Duration.ofMillis(-1), OPERATOR))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("does not run backwards");
            clock.moveTo(START.minusSeconds(1));
            assertThat(clock.instant()).isEqualTo(START);
        }
    }
}
