package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.Lease;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a database that several servers share can get wrong. */
@Slow
final class PostgresTest {

    private static final Origin OPERATOR = new Origin(Origin.OPERATOR, "");
    private static final List<RegionName> REGIONS = List.of(Fixture.REGION, Fixture.OTHER_REGION);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** A server that stalls does not block the others for longer. */
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);

    @TempDir
    private Path temporary;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final String database = PostgresServer.shared().freshDatabase();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    private SqlStore server(String name) {
        return server(name, database, "the same");
    }

    /** A server on a data folder of its own, with a master key that those of this name share. */
    private SqlStore server(String name, String url, String masterKey) {
        try {
            Path path = Files.createDirectories(temporary.resolve(name));
            Path key = temporary.resolve(masterKey + ".key");
            if (Files.exists(key)) {
                Files.copy(key, path.resolve("master.key"), StandardCopyOption.COPY_ATTRIBUTES);
            }
            DataFolder folder = DataFolder.open(path);
            opened.add(folder);
            if (Files.notExists(key)) {
                Files.copy(path.resolve("master.key"), key, StandardCopyOption.COPY_ATTRIBUTES);
            }
            SqlStore store = SqlStore.postgres(url, folder, REGIONS, StoreClock.ofDatabase());
            opened.add(store);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long record(UnitOfWork unit, String detail) {
        unit.record(new Fact(EventType.ACCOUNT_CREATED, "somebody", Set.of(), Set.of(), detail));
        return unit.events().lastSequence();
    }

    private static long change(SqlStore server, String detail) {
        return server.change(Fixture.REGION, OPERATOR, unit -> record(unit, detail));
    }

    private static List<Event> events(SqlStore server) {
        return server.read(Fixture.REGION, snapshot -> snapshot.events().after(0, Integer.MAX_VALUE));
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Rule({"L9", "L10"})
    void servers_take_turns_and_number_events_without_gap_or_duplicate() throws Exception {
        List<SqlStore> servers = List.of(server("one"), server("two"), server("three"));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> answers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                SqlStore server = servers.get(i % servers.size());
                String detail = "change " + i;
                answers.add(clients.submit(() -> change(server, detail)));
            }
            List<Long> numbers = new ArrayList<>();
            for (Future<Long> answer : answers) {
                numbers.add(answer.get());
            }
            assertThat(numbers).containsExactlyInAnyOrderElementsOf(oneTo(300));
        }
        for (SqlStore server : servers) {
            assertThat(events(server)).extracting(Event::sequence).containsExactlyElementsOf(oneTo(300));
            assertThat(events(server)).extracting(Event::at).isSorted();
        }
        assertThat(servers.stream().mapToLong(SqlStore::committedBatches).sum()).isLessThan(300);
    }

    private static List<Long> oneTo(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void a_server_hears_of_what_another_one_changed() throws InterruptedException {
        SqlStore one = server("one");
        SqlStore two = server("two");
        assertThat(two.awaitEventAfter(Fixture.REGION, 0, Duration.ZERO)).isFalse();

        change(one, "news");

        assertThat(two.awaitEventAfter(Fixture.REGION, 0, DEADLINE)).isTrue();
        assertThat(events(two)).hasSize(1);
    }

    @Test
    void one_that_missed_the_news_finds_it_by_looking() throws InterruptedException {
        SqlStore one = server("one");
        execute(
                "insert into event (region_name, sequence, happened_at, actor, request_id, event_type, subject, accounts,"
                        + " nets, detail) values ('%s', 1, 1, 'operator', '', 'ACCOUNT_CREATED', 'x', '', '', '')"
                                .formatted(Fixture.REGION));
        execute("update region set last_sequence = 1, last_change_at = 1 where name = '%s'".formatted(Fixture.REGION));

        assertThat(one.awaitEventAfter(Fixture.REGION, 0, DEADLINE)).isTrue();
    }

    @Test
    @Rule({"L9", "L10"})
    void a_server_that_stalls_within_a_batch_does_not_block_the_others_and_does_its_work_later() throws Exception {
        SqlStore stalling = server("stalling");
        SqlStore other = server("other");
        CountDownLatch within = new CountDownLatch(1);
        CountDownLatch resumed = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> stalled = clients.submit(() -> stalling.change(Fixture.REGION, OPERATOR, unit -> {
                if (runs.incrementAndGet() == 1) {
                    within.countDown();
                    await(resumed);
                }
                return record(unit, "stalled");
            }));
            within.await();

            long begun = System.nanoTime();
            assertThat(change(other, "meanwhile")).isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST_BLOCK);

            resumed.countDown();
            assertThat(stalled.get()).isEqualTo(2);
        }
        assertThat(runs).hasValue(2);
        assertThat(events(other)).extracting(event -> event.fact().detail()).containsExactly("meanwhile", "stalled");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Rule({"L10", "T1"})
    void a_read_is_not_later_than_a_change_of_another_server_that_it_does_not_see() throws Exception {
        SqlStore one = server("one");
        SqlStore two = server("two");
        CountDownLatch within = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Instant> changed = clients.submit(() -> one.change(Fixture.REGION, OPERATOR, unit -> {
                within.countDown();
                await(seen);
                record(unit, "");
                return unit.now();
            }));
            within.await();
            Instant before = databaseTime();
            eventually(() -> databaseTime().isAfter(before.plusMillis(20)));

            Instant read = two.read(Fixture.REGION, Snapshot::now);

            seen.countDown();
            assertThat(read).isBeforeOrEqualTo(changed.get()).isBefore(before.plusMillis(20));
            assertThat(two.read(Fixture.REGION, Snapshot::now)).isAfter(before);
        }
    }

    /** Whoever was told that something has expired must not see it alive afterwards, whichever server he asks. */
    @Test
    @Rule({"L2", "L10", "T1"})
    void a_read_is_not_earlier_than_a_change_of_another_server_that_changed_nothing() throws Exception {
        SqlStore one = server("one");
        SqlStore two = server("two");
        CountDownLatch waited = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                Connection turn = DriverManager.getConnection(database)) {
            turn.setAutoCommit(false);
            turn.createStatement().execute("select name from region for update");
            Future<Instant> refused = clients.submit(() -> one.change(Fixture.REGION, OPERATOR, UnitOfWork::now));
            eventually(() -> writersInWait() == 1);
            Future<Long> next = clients.submit(() -> two.change(Fixture.REGION, OPERATOR, unit -> {
                await(waited);
                return record(unit, "");
            }));
            eventually(() -> writersInWait() == 2);
            Instant before = databaseTime();
            eventually(() -> databaseTime().isAfter(before.plusMillis(20)));
            turn.commit();

            Instant told = refused.get();
            Instant read = two.read(Fixture.REGION, Snapshot::now);

            waited.countDown();
            next.get();
            assertThat(read).isAfterOrEqualTo(told).isAfter(before);
        }
    }

    private long writersInWait() {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and application_name = 'linkspan-writer'
                            and wait_event_type = 'Lock'
                        """)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Instant databaseTime() {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select clock_timestamp()")) {
            rows.next();
            return rows.getTimestamp(1).toInstant();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Rule("L9")
    void it_goes_on_when_the_database_is_killed_and_started_again() throws Exception {
        try (PostgresServer postgres = PostgresServer.start()) {
            SqlStore store = server("one", postgres.freshDatabase(), "the same");
            change(store, "before");
            Lease lease = store.lease("work");
            eventually(lease::isHeld);

            postgres.kill();
            assertThatThrownBy(() -> change(store, "never"))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.UNAVAILABLE));
            assertThatThrownBy(() -> events(store)).isInstanceOf(Refusal.class);
            eventually(() -> !lease.isHeld());
            postgres.restart();

            eventually(() -> succeeds(() -> change(store, "after")));
            assertThat(events(store)).extracting(event -> event.fact().detail()).containsExactly("before", "after");
            assertThat(store.awaitEventAfter(Fixture.REGION, 1, DEADLINE)).isTrue();
            eventually(lease::isHeld);
            store.close();
        }
    }

    private static boolean succeeds(Runnable work) {
        try {
            work.run();
            return true;
        } catch (Refusal notYet) {
            return false;
        }
    }

    @Test
    @Rule("L9")
    void a_batch_whose_connection_ends_before_the_commit_is_done_once_more_and_once() {
        SqlStore store = server("one");
        AtomicInteger runs = new AtomicInteger();

        long sequence = store.change(Fixture.REGION, OPERATOR, unit -> {
            if (runs.incrementAndGet() == 1) {
                execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '%s' and datname = current_database()"
                                .formatted(Postgres.WRITER));
            }
            return record(unit, "");
        });

        assertThat(sequence).isEqualTo(1);
        assertThat(runs).hasValue(2);
        assertThat(events(store)).hasSize(1);
    }

    @Test
    void one_server_at_a_time_has_a_lease_and_another_gets_it_when_that_one_stops() {
        SqlStore one = server("one");
        Lease first = one.lease("work");
        eventually(first::isHeld);
        SqlStore two = server("two");
        Lease second = two.lease("work");
        Lease another = two.lease("other work");
        eventually(another::isHeld);
        assertThat(second.isHeld()).isFalse();

        one.close();

        eventually(second::isHeld);
    }

    @Test
    void a_lease_of_somebody_who_is_gone_is_free_when_its_time_is_over() {
        SqlStore one = server("one");
        execute("insert into lease (name, holder, expires_at) values ('work', 'somebody', 9223372036854775807)");
        Lease lease = one.lease("work");
        Lease other = one.lease("other work");
        eventually(other::isHeld);
        assertThat(lease.isHeld()).isFalse();

        execute("update lease set expires_at = 1 where name = 'work'");

        eventually(lease::isHeld);
    }

    @Test
    @Rule("A2")
    void another_master_key_is_refused_and_changes_nothing() {
        server("one");

        assertThatThrownBy(() -> server("two", database, "another"))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("another master.key")
                .hasMessageContaining("Copy master.key");
        assertThat(server("three").committedUnits()).isPositive();
    }

    @Test
    void a_newer_schema_and_foreign_tables_and_an_unknown_host_are_refused_saying_why() {
        server("one").close();
        execute(
                "insert into flyway_schema_history select max(installed_rank) + 1, '999', 'x', 'SQL', 'x', 0, 'linkspan',"
                        + " now(), 1, true from flyway_schema_history");
        assertThatThrownBy(() -> server("two"))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("newer Linkspan")
                .hasMessageContaining("version 999");

        String foreign = PostgresServer.shared().freshDatabase();
        try (Connection connection = DriverManager.getConnection(foreign);
                Statement statement = connection.createStatement()) {
            statement.execute("create table invoice (id bigint)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThatThrownBy(() -> server("three", foreign, "the same"))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("tables that are not Linkspan's");

        assertThatThrownBy(() -> server("four", "jdbc:postgresql://127.0.0.1:1/x?user=u&password=hunter2", "the same"))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("'x' on 127.0.0.1:1")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void closing_does_not_wait_for_anything() throws Exception {
        SqlStore store = server("one");
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> waiting =
                    clients.submit(() -> store.awaitEventAfter(Fixture.REGION, 0, Duration.ofMinutes(10)));
            store.close();
            assertThat(waiting.get(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isFalse();
        }
    }
}
