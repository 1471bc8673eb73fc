package dev.linkspan.server.store;

import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.StoreChangesContract;
import dev.linkspan.core.port.StoredEventsContract;
import dev.linkspan.core.port.StoredPeeringsContract;
import dev.linkspan.core.port.StoredValuesContract;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

final class SqlStoreTest {

    @TempDir
    private Path temporary;

    private DataFolder folder;

    private Store openSqlite(InstantSource clock) {
        folder = DataFolder.open(temporary.resolve("data"));
        return SqlStore.sqlite(folder, List.of(Fixture.REGION, Fixture.OTHER_REGION), clock);
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
}
