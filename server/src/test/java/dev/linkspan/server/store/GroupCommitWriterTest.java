package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupCommitWriterTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    private Path temporary;

    private Sqlite sqlite;
    private GroupCommitWriter writer;

    @BeforeEach
    void open() {
        sqlite = Sqlite.open(temporary.resolve("linkspan.db"));
        writer = new GroupCommitWriter(sqlite, new ChangeClock(InstantSource.system()));
    }

    @AfterEach
    void close() {
        writer.close();
        sqlite.close();
    }

    private static int insert(Handle handle, String name) {
        return handle.execute("insert into setting (name, setting_value) values (?, '')", name);
    }

    private List<String> names() {
        return sqlite.readers()
                .withHandle(handle -> handle.createQuery("select name from setting order by name")
                        .mapTo(String.class)
                        .list());
    }

    /** Lets the units gather while the writer is busy with one, so that they are written as one batch. */
    private <T> List<Future<T>> asOneBatch(List<Function<Handle, T>> units) {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch gathered = new CountDownLatch(1);
        List<Future<T>> outcomes = new ArrayList<>();
        try (ExecutorService blocker = Executors.newSingleThreadExecutor();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            blocker.execute(() -> writer.change(Set.of(), _ -> await(busy, gathered)));
            await(busy);
            for (Function<Handle, T> unit : units) {
                outcomes.add(callers.submit(() -> writer.change(Set.of(), unit)));
                waitUntil(() -> writer.waiting() == outcomes.size());
            }
            gathered.countDown();
        }
        return outcomes;
    }

    private static boolean await(CountDownLatch reached, CountDownLatch until) {
        reached.countDown();
        return await(until);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void waitUntil(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(DEADLINE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("the callers wait").isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    /** As many waited before as there are places in a batch, and each takes as long as a whole batch may. */
    @Test
    void whoever_asks_for_one_change_waits_for_one_of_anothers() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch gathered = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            callers.execute(() -> writer.change(Set.of(), _ -> await(busy, gathered)));
            await(busy);
            for (int i = 1; i <= GroupCommitWriter.LARGEST_BATCH; i++) {
                callers.execute(() -> writer.change(Set.of(), "many", _ -> {
                    LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
                    return done.incrementAndGet();
                }));
                int waiting = i;
                waitUntil(() -> writer.waiting() == waiting);
            }
            Future<Integer> one = callers.submit(() -> writer.change(Set.of(), "one", _ -> done.get()));
            waitUntil(() -> writer.waiting() == GroupCommitWriter.LARGEST_BATCH + 1);
            gathered.countDown();

            assertThat(one.get()).as("how many were served before").isLessThanOrEqualTo(1);
            assertThat(done.get())
                    .as("how many more the commit waited for")
                    .isLessThan(GroupCommitWriter.LARGEST_BATCH);
        }
        assertThat(done.get()).isEqualTo(GroupCommitWriter.LARGEST_BATCH);
    }

    @Test
    void units_that_gather_while_the_writer_is_busy_share_one_commit() throws Exception {
        List<Function<Handle, Integer>> units = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String name = "unit " + i;
            units.add(handle -> insert(handle, name));
        }

        for (Future<Integer> outcome : asOneBatch(units)) {
            assertThat(outcome.get()).isEqualTo(1);
        }

        assertThat(names()).hasSize(16);
        assertThat(writer.units()).isEqualTo(17);
        assertThat(writer.batches()).isEqualTo(2);
    }

    @Test
    void a_unit_that_throws_leaves_the_rest_of_its_batch_alone() throws Exception {
        List<Future<Integer>> outcomes = asOneBatch(List.of(
                handle -> insert(handle, "a"),
                handle -> {
                    insert(handle, "b");
                    throw new IllegalArgumentException("on purpose");
                },
                handle -> insert(handle, "c")));

        assertThat(outcomes.get(0).get()).isEqualTo(1);
        assertThatThrownBy(() -> outcomes.get(1).get()).hasRootCauseMessage("on purpose");
        assertThat(outcomes.get(2).get()).isEqualTo(1);
        assertThat(names()).containsExactly("a", "c");
    }

    @Test
    void a_failed_commit_fails_every_caller_of_the_batch_and_the_next_one_works() {
        List<Future<Integer>> outcomes = asOneBatch(List.of(
                handle -> insert(handle, "a"), GroupCommitWriterTest::insertOrphanThatOnlyTheCommitNotices, handle -> {
                    throw new Refusal(RefusalCode.CONFLICT, "decided on what is not to be");
                }));

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThatThrownBy(outcome::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasMessageContaining("the store cannot commit changes"));
        assertThat(names()).isEmpty();
        writer.change(Set.of(), handle -> insert(handle, "next"));
        assertThat(names()).containsExactly("next");
    }

    private static int insertOrphanThatOnlyTheCommitNotices(Handle handle) {
        handle.execute("pragma defer_foreign_keys = on");
        return handle.execute("insert into account_quota (account_id, quota, amount) values ('nobody', 'NETS', 1)");
    }

    @Test
    void a_full_disk_is_said_and_got_over() {
        writer.change(
                Set.of(),
                handle -> handle.createQuery("pragma max_page_count = 1")
                        .mapTo(Integer.class)
                        .one());
        String large = "x".repeat(1 << 20);

        assertThatThrownBy(() -> writer.change(Set.of(), handle -> insert(handle, large)))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(RefusalCode.UNAVAILABLE);
                    assertThat(refusal)
                            .hasMessageContaining("the disk that holds")
                            .hasMessageContaining("is full");
                });

        writer.change(
                Set.of(),
                handle -> handle.createQuery("pragma max_page_count = 1000000")
                        .mapTo(Integer.class)
                        .one());
        writer.change(Set.of(), handle -> insert(handle, large));
        assertThat(names()).containsExactly(large);
    }

    @Test
    void what_was_accepted_before_closing_is_written() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                String name = "unit " + i;
                callers.execute(() -> {
                    try {
                        accepted.addAndGet(writer.change(Set.of(), handle -> insert(handle, name)));
                    } catch (Refusal closed) {
                        assertThat(closed.code()).isEqualTo(RefusalCode.UNAVAILABLE);
                    }
                });
            }
            writer.change(Set.of(), handle -> insert(handle, "first"));
            writer.close();
        }

        assertThat(names()).hasSize(accepted.get() + 1);
    }

    @Test
    void a_change_within_a_change_is_a_bug_and_no_deadlock() {
        assertThatThrownBy(() ->
                        writer.change(Set.of(), _ -> writer.change(Set.of(), handle -> insert(handle, "inner"))))
                .hasMessageContaining("BUG: a change within a change");
    }

    /** A clock that fails behind a commit, as memory may run out anywhere. */
    private static final class FailingClock implements StoreClock {

        private final ChangeClock clock = new ChangeClock(InstantSource.system());
        private volatile boolean failing;

        @Override
        public Instant forRead(Handle reader) {
            return clock.forRead(reader);
        }

        @Override
        public Instant forChange(Handle handle) {
            return clock.forChange(handle);
        }

        @Override
        public Instant notBefore(Instant time) {
            return clock.notBefore(time);
        }

        @Override
        public void committed() {
            if (failing) {
                throw new AssertionError("a fault on purpose");
            }
        }

        @Override
        public void undone() {
            clock.undone();
        }
    }

    @Test
    void a_thread_that_ends_leaves_nobody_waiting_and_is_noticed() {
        FailingClock clock = new FailingClock();
        GroupCommitWriter failing = new GroupCommitWriter(sqlite, clock);
        failing.change(Set.of(), handle -> insert(handle, "before"));
        assertThat(failing.hasEnded()).isFalse();
        clock.failing = true;

        assertThatThrownBy(() -> failing.change(Set.of(), handle -> insert(handle, "after")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("failed before it could say so");

        waitUntil(failing::hasEnded);
        assertThatThrownBy(() -> failing.change(Set.of(), handle -> insert(handle, "later")))
                .isInstanceOf(Refusal.class);
        assertThat(names()).contains("before", "after").doesNotContain("later");
        failing.close();
        assertThat(failing.hasEnded()).isFalse();
    }
}
