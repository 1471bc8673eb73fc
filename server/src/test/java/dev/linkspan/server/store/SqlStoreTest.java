package dev.linkspan.server.store;

import dev.linkspan.core.Slow;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.StoreChangesContract;
import dev.linkspan.core.port.StoredEventsContract;
import dev.linkspan.core.port.StoredExitsContract;
import dev.linkspan.core.port.StoredHostsContract;
import dev.linkspan.core.port.StoredInsightsContract;
import dev.linkspan.core.port.StoredKeypairsContract;
import dev.linkspan.core.port.StoredNetworkAclsContract;
import dev.linkspan.core.port.StoredPeeringsContract;
import dev.linkspan.core.port.StoredSignInsContract;
import dev.linkspan.core.port.StoredTagsContract;
import dev.linkspan.core.port.StoredValuesContract;
import dev.linkspan.core.port.StoredVolumesContract;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

@Slow
final class SqlStoreTest {

    private static final List<RegionName> REGIONS = List.of(Fixture.REGION, Fixture.OTHER_REGION);

    @TempDir
    private Path temporary;

    private DataFolder folder;

    private Store openSqlite(InstantSource clock) {
        folder = DataFolder.open(temporary.resolve("data"));
        return FreshStores.sqlite(folder, REGIONS, StoreClock.of(clock));
    }

    private Store openPostgres(InstantSource clock) {
        folder = DataFolder.open(temporary.resolve("data"));
        return FreshStores.postgres(folder, REGIONS, StoreClock.of(clock));
    }

    @AfterEach
    void closeFolder() {
        folder.close();
    }

    @Nested
    final class ChangesInSqlite extends StoreChangesContract {
        @Override
        protected Store open(InstantSource clock) {
            return openSqlite(clock);
        }
    }

    @Nested
    final class ValuesInSqlite extends StoredValuesContract {
        @Override
        protected Store open(InstantSource clock) {
            return openSqlite(clock);
        }
    }

    @Nested
    final class SignInsInSqlite extends StoredSignInsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openSqlite(clock);
        }
    }

    @Nested
    final class KeypairsInSqlite extends StoredKeypairsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openSqlite(clock);
        }
    }

    @Nested
    final class VolumesInSqlite extends StoredVolumesContract {
        @Override
        protected Store open(InstantSource clock) {
            return openSqlite(clock);
        }
    }

    @Nested
    final class HostsInSqlite extends StoredHostsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openSqlite(clock);
        }
    }

    @Nested
    final class ExitsInSqlite extends StoredExitsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openSqlite(clock);
        }
    }

    @Nested
    final class NetworkAclsInSqlite extends StoredNetworkAclsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openSqlite(clock);
        }
    }

    @Nested
    final class InsightsInSqlite extends StoredInsightsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openSqlite(clock);
        }
    }

    @Nested
    final class EventsInSqlite extends StoredEventsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openSqlite(clock);
        }
    }

    @Nested
    final class PeeringsInSqlite extends StoredPeeringsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openSqlite(clock);
        }
    }

    @Nested
    final class TagsInSqlite extends StoredTagsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openSqlite(clock);
        }
    }

    @Nested
    final class ChangesInPostgres extends StoreChangesContract {
        @Override
        protected Store open(InstantSource clock) {
            return openPostgres(clock);
        }
    }

    @Nested
    final class ValuesInPostgres extends StoredValuesContract {
        @Override
        protected Store open(InstantSource clock) {
            return openPostgres(clock);
        }
    }

    @Nested
    final class SignInsInPostgres extends StoredSignInsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openPostgres(clock);
        }
    }

    @Nested
    final class KeypairsInPostgres extends StoredKeypairsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openPostgres(clock);
        }
    }

    @Nested
    final class VolumesInPostgres extends StoredVolumesContract {
        @Override
        protected Store open(InstantSource clock) {
            return openPostgres(clock);
        }
    }

    @Nested
    final class HostsInPostgres extends StoredHostsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openPostgres(clock);
        }
    }

    @Nested
    final class ExitsInPostgres extends StoredExitsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openPostgres(clock);
        }
    }

    @Nested
    final class NetworkAclsInPostgres extends StoredNetworkAclsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openPostgres(clock);
        }
    }

    @Nested
    final class InsightsInPostgres extends StoredInsightsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openPostgres(clock);
        }
    }

    @Nested
    final class EventsInPostgres extends StoredEventsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openPostgres(clock);
        }
    }

    @Nested
    final class PeeringsInPostgres extends StoredPeeringsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openPostgres(clock);
        }
    }

    @Nested
    final class TagsInPostgres extends StoredTagsContract {
        @Override
        protected Store open(InstantSource clock) {
            return openPostgres(clock);
        }
    }
}
