package dev.linkspan.server.store;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Fixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A data folder and a database, with the store on them opened when it is needed and closed for a restore. */
final class StoreUnderTest implements AutoCloseable {

    private final Path path;
    private final Optional<String> url;
    private Optional<DataFolder> folder = Optional.empty();
    private Optional<SqlStore> store = Optional.empty();

    /** @param url a PostgreSQL database instead of SQLite in the folder */
    StoreUnderTest(Path path, Optional<String> url) {
        this.path = path;
        this.url = url;
    }

    DataFolder folder() {
        if (folder.isEmpty()) {
            folder = Optional.of(DataFolder.open(path));
        }
        return folder.get();
    }

    SqlStore store() {
        if (store.isEmpty()) {
            DataFolder opened = folder();
            try {
                List<RegionName> regions = List.of(Fixture.REGION, Fixture.OTHER_REGION);
                StoreClock clock = StoreClock.manual(Instant.parse("2026-11-22T18:44:49.123Z"));
                store = Optional.of(url.map(it -> SqlStore.postgres(it, opened, regions, clock))
                        .orElseGet(() -> SqlStore.sqlite(opened, regions, clock)));
            } catch (RuntimeException refused) {
                close();
                throw refused;
            }
        }
        return store.get();
    }

    void advance(Duration by) {
        store().advance(by, new Origin(Origin.OPERATOR, "request-1"));
    }

    Instant time() {
        return new Fixture(store()).now();
    }

    /** Whatever state the database is in. */
    <T> T read(Function<Handle, T> query) {
        return jdbi().withHandle(query::apply);
    }

    private Jdbi jdbi() {
        return url.map(Jdbi::create)
                .orElseGet(() -> Jdbi.create(Sqlite.source(path.resolve(DataFolder.DATABASE), false)));
    }

    Restore.Restored restore(Path file) {
        return restore(file, _ -> {});
    }

    Restore.Restored restore(Path file, LongConsumer progress) {
        close();
        return new Restore(file, path, url, progress).run();
    }

    /** A restore that dies when so many batches of rows are in. */
    Process dyingRestore(Path file, int batches) throws IOException {
        close();
        return RestoreThatDies.start(file, path, url, batches);
    }

    @Override
    public void close() {
        store.ifPresent(SqlStore::close);
        store = Optional.empty();
        folder.ifPresent(DataFolder::close);
        folder = Optional.empty();
    }
}
