package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.Fixture;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Slow
class PeeringCountsTest {

    private static final List<RegionName> REGIONS = List.of(Fixture.REGION, Fixture.OTHER_REGION);

    @TempDir
    private Path temporary;

    private SqlStore open(String database, DataFolder folder) {
        InstantSource clock = InstantSource.system();
        return database.equals("sqlite")
                ? FreshStores.sqlite(folder, REGIONS, StoreClock.of(clock))
                : FreshStores.postgres(folder, REGIONS, StoreClock.of(clock));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void peerings_are_counted_by_region_and_recorded_state(String database) {
        try (DataFolder folder = DataFolder.open(temporary.resolve("data"));
                SqlStore store = open(database, folder)) {
            Fixture here = new Fixture(store);
            AccountId account = here.account();
            Net hub = here.bareNet(account, "10.0.0.0/16");
            for (int i = 1; i <= 3; i++) {
                here.activePeering(hub, here.bareNet(account, "10.%d.0.0/16".formatted(i)));
            }
            here.pendingPeering(here.bareNet(account, "10.9.0.0/16"), hub);
            Fixture there = new Fixture(store, Fixture.OTHER_REGION);
            there.pendingPeering(there.bareNet(account, "10.0.0.0/16"), there.bareNet(account, "10.1.0.0/16"));

            Map<RegionName, Map<PeeringStateName, Long>> counts = store.peeringCounts();

            assertThat(counts).containsOnlyKeys(REGIONS);
            assertThat(counts.get(Fixture.REGION))
                    .containsOnlyKeys(PeeringStateName.values())
                    .containsEntry(PeeringStateName.ACTIVE, 3L)
                    .containsEntry(PeeringStateName.PENDING_ACCEPTANCE, 1L)
                    .containsEntry(PeeringStateName.DELETED, 0L);
            assertThat(counts.get(Fixture.OTHER_REGION))
                    .containsEntry(PeeringStateName.ACTIVE, 0L)
                    .containsEntry(PeeringStateName.PENDING_ACCEPTANCE, 1L);
        }
    }
}
