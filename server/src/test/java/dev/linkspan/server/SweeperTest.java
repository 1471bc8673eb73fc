package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.observe.SweepFigures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@Slow
class SweeperTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @Test
    void a_thread_that_ends_by_itself_is_named() {
        try (InMemoryStore store = new InMemoryStore()) {
            Settings settings = Settings.of(List.of(), Map.of());
            Operations operations = new Operations(settings.regions(), new PeeringRules(true, true));
            List<RegionName> regions = List.of(Fixture.REGION);
            Sweeper sweeper = new Sweeper(
                    store,
                    regions,
                    operations.peerings(),
                    operations.vms(),
                    Duration.ZERO,
                    () -> {
                        throw new AssertionError("a fault on purpose");
                    },
                    new SweepFigures());
            sweeper.start();
            sweeper.wake();

            long deadline = System.nanoTime() + DEADLINE.toNanos();
            while (!sweeper.ended().equals(List.of("sweeper"))) {
                assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
                LockSupport.parkNanos(1_000_000);
            }

            sweeper.close();
            assertThat(sweeper.ended()).isEmpty();
        }
    }
}
