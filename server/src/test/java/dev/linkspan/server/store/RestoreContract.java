package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.server.backup.BackupTable;
import dev.linkspan.server.backup.Totals;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is restored is what was there, row by row and byte by byte, whichever database it comes from and goes to. */
abstract class RestoreContract {

    @TempDir
    private Path temporary;

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** A new empty database of the kind that backups are made of. */
    protected abstract StoreUnderTest newSource(Path folder);

    /** A new empty database of the kind that they are restored into. */
    protected abstract StoreUnderTest newTarget(Path folder);

    private StoreUnderTest source() {
        return opened(newSource(temporary.resolve("source")));
    }

    private StoreUnderTest target() {
        return opened(newTarget(temporary.resolve("target")));
    }

    private StoreUnderTest opened(StoreUnderTest store) {
        opened.add(store);
        return store;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable store : opened) {
            store.close();
        }
    }

    private Path backupOf(StoreUnderTest store) throws IOException {
        Path file = temporary.resolve("linkspan.backup");
        try (StoreBackup backup = store.store().beginBackup("1.2.3");
                OutputStream out = Files.newOutputStream(file)) {
            backup.writeTo(out, store.folder().keyFiles());
        }
        return file;
    }

    /** Every row of every table that is carried, in an order of its own. */
    private static SequencedMap<String, List<String>> contents(StoreUnderTest store) {
        return store.read(RestoreContract::contents);
    }

    private static SequencedMap<String, List<String>> contents(Handle handle) {
        SequencedMap<String, List<String>> contents = new TreeMap<>();
        for (BackupTable table : carried(handle)) {
            contents.put(
                    table.name(),
                    handle
                            .createQuery("select * from \"%s\"".formatted(table.name()))
                            .mapToMap()
                            .map(row -> new TreeMap<>(row).toString())
                            .stream()
                            .sorted()
                            .toList());
        }
        return contents;
    }

    private static List<BackupTable> carried(Handle handle) {
        try {
            return CarriedTables.of(handle.getConnection());
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    @Rule("L9")
    void every_row_of_every_table_is_what_it_was() throws IOException {
        StoreUnderTest source = source();
        FullStore.fill(source.store());
        source.advance(Duration.ofHours(1));
        StoreUnderTest target = target();
        SequencedMap<String, List<String>> before = contents(source);
        assertThat(before)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());

        Restore.Restored restored = target.restore(backupOf(source));

        assertThat(contents(target)).isEqualTo(before);
        assertThat(restored.totals().all())
                .isEqualTo(before.values().stream().mapToLong(List::size).sum());
        assertThat(restored.totals().rows().keySet()).containsExactlyInAnyOrderElementsOf(before.keySet());
        assertThat(restored.manifest().regions())
                .containsEntry(
                        "eu-west-2",
                        new Fixture(source.store())
                                .read(snapshot -> snapshot.events().lastSequence()));
    }

    @Test
    @Rule("L9")
    void a_log_whose_beginning_is_forgotten_is_restored_as_it_is_and_goes_on() throws IOException {
        StoreUnderTest source = source();
        FullStore.fill(source.store());
        source.advance(Duration.ofDays(400));
        Fixture before = new Fixture(source.store());
        int forgotten = before.change(
                unit -> unit.events().forgetBefore(unit.now().minus(Duration.ofDays(365)), Integer.MAX_VALUE));
        assertThat(forgotten).isPositive();
        List<Event> kept = before.read(snapshot -> snapshot.events().after(0, 1_000));
        long last = before.read(snapshot -> snapshot.events().lastSequence());
        StoreUnderTest target = target();

        target.restore(backupOf(source));

        Fixture after = new Fixture(target.store());
        List<Event> restored = after.read(snapshot -> snapshot.events().after(0, 1_000));
        assertThat(restored).isEqualTo(kept);
        assertThat(after.<Long>read(snapshot -> snapshot.events().firstSequence()))
                .isEqualTo(before.read(snapshot -> snapshot.events().firstSequence()));
        after.change(unit -> {
            unit.record(new Fact(EventType.NET_CHANGED, "vpc-00001001", Set.of(), Set.of(), ""));
            return unit;
        });
        List<Event> newer = after.read(snapshot -> snapshot.events().after(last, 1_000));
        assertThat(newer).first().extracting(Event::sequence).isEqualTo(last + 1);
    }

    @Test
    @Rule("A2")
    void keys_open_and_the_log_goes_on_where_it_stood() throws IOException {
        StoreUnderTest source = source();
        AccountId owner = FullStore.fill(source.store());
        long last =
                new Fixture(source.store()).read(snapshot -> snapshot.events().lastSequence());
        StoreUnderTest target = target();
        target.restore(backupOf(source));

        Fixture restored = new Fixture(target.store());

        assertThat(target.folder().adminToken()).isEqualTo(source.folder().adminToken());
        assertThat(restored.read(snapshot -> snapshot.accessKeys().find(FullStore.KEY))
                        .map(AccessKey::secret))
                .contains(FullStore.SECRET);
        assertThat(restored.<Long>read(snapshot -> snapshot.events().lastSequence()))
                .isEqualTo(last);
        FullStore.record(restored, owner);
        List<Event> since = restored.read(snapshot -> snapshot.events().after(last, 10));
        assertThat(since).extracting(Event::sequence).containsExactly(last + 1);
    }

    @Test
    void a_backup_has_what_was_there_when_it_began_and_changes_go_on_meanwhile() throws Exception {
        StoreUnderTest source = source();
        AccountId owner = FullStore.fill(source.store());
        Path file = temporary.resolve("linkspan.backup");
        SequencedMap<String, List<String>> before = contents(source);
        try (StoreBackup backup = source.store().beginBackup("1.2.3");
                OutputStream out = Files.newOutputStream(file)) {
            CountDownLatch changed = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                FullStore.record(new Fixture(source.store()), owner);
                changed.countDown();
            });
            assertThat(changed.await(10, TimeUnit.SECONDS)).isTrue();
            Totals totals = backup.writeTo(out, source.folder().keyFiles());
            assertThat(totals.all())
                    .isEqualTo(before.values().stream().mapToLong(List::size).sum());
        }
        StoreUnderTest target = target();

        target.restore(file);

        assertThat(contents(target)).isEqualTo(before).isNotEqualTo(contents(source));
    }

    @Test
    void a_manual_clock_stands_where_it_stood() throws IOException {
        StoreUnderTest source = source();
        source.advance(Duration.ofDays(3).plusMillis(7));
        StoreUnderTest target = target();

        target.restore(backupOf(source));

        assertThat(target.time()).isEqualTo(source.time());
    }

    @Test
    void what_is_not_empty_is_refused_and_stays_as_it_was() throws IOException {
        StoreUnderTest source = source();
        FullStore.fill(source.store());
        Path file = backupOf(source);
        StoreUnderTest target = target();
        target.restore(file);
        SequencedMap<String, List<String>> before = contents(target);

        assertThatThrownBy(() -> target.restore(file))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("already has rows in the tables access_key, account, ")
                .hasMessageContaining("Nothing was changed");

        assertThat(contents(target)).isEqualTo(before);
    }

    @Test
    @Rule("L9")
    void one_that_is_killed_in_the_middle_leaves_nothing_that_a_server_would_take_for_whole() throws Exception {
        StoreUnderTest source = source();
        FullStore.fill(source.store());
        Path file = backupOf(source);
        StoreUnderTest target = target();
        for (int batches : List.of(1, 12)) {
            Process dying = target.dyingRestore(file, batches);
            assertThat(dying.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(dying.exitValue()).isEqualTo(RestoreThatDies.DIED);
            assertThatThrownBy(target::store)
                    .isInstanceOf(UnusableDatabase.class)
                    .hasMessageContaining("was broken off, and it holds nothing yet");
        }

        target.restore(file);

        assertThat(contents(target)).isEqualTo(contents(source));
    }

    @Test
    void one_that_is_broken_off_is_served_by_nobody_and_can_be_run_again() throws IOException {
        StoreUnderTest source = source();
        FullStore.fill(source.store());
        Path file = backupOf(source);
        StoreUnderTest target = target();
        assertThatThrownBy(() -> target.restore(file, rows -> {
                    throw new IllegalStateException("broken off on purpose after " + rows);
                }))
                .hasMessageContaining("broken off on purpose");

        assertThatThrownBy(target::store)
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("was broken off, and it holds nothing yet");
        target.restore(file);

        assertThat(contents(target)).isEqualTo(contents(source));
    }
}
