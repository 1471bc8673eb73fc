package dev.linkspan.server.lifecycle;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.TestClock;
import dev.linkspan.server.store.DataFolder;
import dev.linkspan.server.store.PostgresServer;
import dev.linkspan.server.store.SqlStore;
import dev.linkspan.server.store.StoreClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A store to run scripts on, one after the other, and the clock that it goes by. */
record Ground(String name, Store store, TestClock clock, Runnable afterwards) implements AutoCloseable {

    static final List<RegionName> REGIONS = List.of(Fixture.REGION, Fixture.OTHER_REGION);

    /** Where files are kept in memory, if there is such a place: nothing here is to outlive the test. */
    private static final Path FAST = Path.of("/dev/shm");

    static Ground inMemory() {
        TestClock clock = new TestClock();
        return new Ground("the store in memory", new InMemoryStore(clock), clock, () -> {});
    }

    static Ground sqlite() {
        return sql("SQLite", SqlStore::sqlite);
    }

    static Ground postgres() {
        String url = PostgresServer.shared().freshDatabase();
        return sql("PostgreSQL", (folder, regions, clock) -> SqlStore.postgres(url, folder, regions, clock));
    }

    /** Opens a store. */
    @FunctionalInterface
    private interface Opening {
        SqlStore open(DataFolder folder, List<RegionName> regions, StoreClock clock);
    }

    private static Ground sql(String name, Opening opening) {
        TestClock clock = new TestClock();
        Path path = temporaryFolder();
        DataFolder folder = DataFolder.open(path.resolve("data"));
        return new Ground(name, opening.open(folder, REGIONS, StoreClock.of(clock)), clock, () -> {
            folder.close();
            delete(path);
        });
    }

    private static Path temporaryFolder() {
        try {
            return Files.isWritable(FAST)
                    ? Files.createTempDirectory(FAST, "linkspan-model-")
                    : Files.createTempDirectory("linkspan-model-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        store.close();
        afterwards.run();
    }
}
