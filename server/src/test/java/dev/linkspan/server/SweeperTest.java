package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.NatServices;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.TestClock;
import dev.linkspan.server.observe.SweepFigures;
import dev.linkspan.server.store.DataFolder;
import dev.linkspan.server.store.SqlStore;
import dev.linkspan.server.store.StoreClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Slow
class SweeperTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @Test
    void events_go_when_their_time_is_up_on_a_real_database_and_stay_where_they_are_kept_for_ever(
            @TempDir Path temporary) {
        TestClock clock = new TestClock();
        try (DataFolder folder = DataFolder.open(temporary.resolve("data"));
                SqlStore store = SqlStore.sqlite(folder, List.of(Fixture.REGION), StoreClock.of(clock))) {
            Fixture fixture = new Fixture(store);
            for (int i = 0; i < 300; i++) {
                record(fixture);
            }
            clock.advance(Duration.ofDays(20));
            record(fixture);
            long last = fixture.read(snapshot -> snapshot.events().lastSequence());
            clock.advance(Duration.ofDays(11));

            try (Sweeper forEver = sweeper(store, Duration.ZERO)) {
                forEver.start();
                forEver.wake();
                // Asked before a change, so the first one is done.
                await(() -> looks.get() > 1);
            }
            assertThat(fixture.<Long>read(snapshot -> snapshot.events().firstSequence()))
                    .isOne();

            try (Sweeper forAMonth = sweeper(store, Duration.ofDays(30))) {
                forAMonth.start();
                forAMonth.wake();
                await(() -> fixture.<Long>read(snapshot -> snapshot.events().firstSequence()) > 300);
            }
            List<Event> kept = fixture.read(snapshot -> snapshot.events().after(0, 1_000));
            assertThat(kept)
                    .allMatch(event -> !event.at().isBefore(clock.instant().minus(Duration.ofDays(30))));
            assertThat(kept).extracting(Event::sequence).endsWith(last);
            assertThat(fixture.<Long>read(snapshot -> snapshot.events().lastSequence()))
                    .isEqualTo(last);
        }
    }

    @Test
    void a_deleted_nat_service_is_forgotten_after_its_hour() {
        try (InMemoryStore store = new InMemoryStore()) {
            Fixture fixture = new Fixture(store);
            Net net = fixture.net(fixture.account(), "10.0.0.0/16");
            NatService service = fixture.natService(fixture.subnet(net, "10.0.1.0/24"), "10.0.1.4");
            fixture.change(unit -> new NatServices().delete(unit, net.owner(), service.id()));
            store.advance(NatService.VISIBLE_AFTER_DELETION);

            try (Sweeper sweeper = sweeper(store, Duration.ZERO)) {
                sweeper.start();
                sweeper.wake();
                await(() -> fixture.<Boolean>read(
                        snapshot -> snapshot.natServices().find(service.id()).isEmpty()));
            }
        }
    }

    private static void record(Fixture fixture) {
        fixture.change(unit -> {
            unit.record(new Fact(EventType.NET_CHANGED, "vpc-00001001", Set.of(), Set.of(), ""));
            return unit;
        });
    }

    private final AtomicInteger looks = new AtomicInteger();

    private Sweeper sweeper(Store store, Duration retention) {
        Operations operations = new Operations(
                Settings.of(List.of(), Map.of()).regions(),
                Settings.of(List.of(), Map.of()).publicIps(),
                new PeeringRules(true, true));
        return new Sweeper(
                store,
                List.of(Fixture.REGION),
                operations.peerings(),
                operations.vms(),
                operations.hosts(),
                retention,
                () -> looks.incrementAndGet() > 0,
                new SweepFigures());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void a_thread_that_ends_by_itself_is_named() {
        try (InMemoryStore store = new InMemoryStore()) {
            Settings settings = Settings.of(List.of(), Map.of());
            Operations operations =
                    new Operations(settings.regions(), settings.publicIps(), new PeeringRules(true, true));
            List<RegionName> regions = List.of(Fixture.REGION);
            Sweeper sweeper = new Sweeper(
                    store,
                    regions,
                    operations.peerings(),
                    operations.vms(),
                    operations.hosts(),
                    Duration.ZERO,
                    () -> {
                        throw new AssertionError("a fault on purpose");
                    },
                    new SweepFigures());
            sweeper.start();
            sweeper.wake();

            await(() -> sweeper.ended().equals(List.of("sweeper")));

            sweeper.close();
            assertThat(sweeper.ended()).isEmpty();
        }
    }
}
