package dev.linkspan.server.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Sentence;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<String> served = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        released.countDown();
        threads.close();
    }

    private static Turns turns(int atOnce, int each, int inLine) {
        return new Turns(new Turns.Limits(atOnce, each, inLine, LONG), Sentence.of("busy"), new RecentActivity());
    }

    private Future<Boolean> busy(Turns turns, String whose) {
        return threads.submit(() -> turns.taking(whose, () -> {
            served.add(whose);
            return awaitRelease();
        }));
    }

    private boolean awaitRelease() {
        try {
            return released.await(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void awaitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private void awaitServed(int many) {
        awaitUntil(() -> served.size() == many);
    }

    @Test
    void one_asker_never_has_all_the_places() {
        Turns turns = turns(3, 2, 10);
        for (int i = 0; i < 5; i++) {
            var _ = busy(turns, "many");
        }
        awaitServed(2);

        assertThat(turns.<String>taking("one", () -> "served")).isEqualTo("served");
        assertThat(served).containsExactly("many", "many");
    }

    @Test
    void those_who_wait_are_served_by_turns() throws Exception {
        Turns turns = turns(1, 1, 10);
        var _ = busy(turns, "first");
        awaitServed(1);
        List<String> later = List.of("many", "many", "many", "one");
        for (int i = 0; i < later.size(); i++) {
            var _ = busy(turns, later.get(i));
            int waiting = i + 1;
            awaitUntil(() -> turns.waiting() == waiting);
        }

        released.countDown();
        awaitServed(5);

        assertThat(served).containsExactly("first", "many", "one", "many", "many");
    }

    @Test
    void whoever_fills_its_line_is_refused_and_nobody_else() {
        Turns turns = turns(1, 1, 2);
        var _ = busy(turns, "many");
        awaitServed(1);
        var _ = busy(turns, "many");
        var _ = busy(turns, "many");
        awaitUntil(() -> turns.waiting() == 2);

        Refusal refused = catchThrowableOfType(Refusal.class, () -> turns.take("many"));
        assertThat(refused.code()).isEqualTo(RefusalCode.THROTTLED);
        Future<Boolean> other = busy(turns, "one");
        awaitUntil(() -> turns.waiting() == 3);
        released.countDown();
        assertThat(other).succeedsWithin(LONG);
    }

    @Test
    void whoever_waits_too_long_is_refused_and_leaves_its_place() {
        Turns impatient =
                new Turns(new Turns.Limits(1, 1, 10, Duration.ofMillis(1)), Sentence.of("busy"), new RecentActivity());
        impatient.take("first");

        assertThat(catchThrowableOfType(Refusal.class, () -> impatient.take("second"))
                        .getMessage())
                .isEqualTo("busy");
        assertThat(impatient.waiting()).isZero();
        impatient.giveBack("first");
        assertThat(impatient.<String>taking("second", () -> "served")).isEqualTo("served");
    }

    /** Its pause begins while the next of its calls waits already, and nobody else comes who would call it. */
    @Test
    void whoever_waits_behind_its_own_long_work_has_its_turn_when_the_pause_is_over() {
        Turns turns = turns(2, 1, 10);
        turns.taking("other", () -> served.add("other"));
        Future<Boolean> working = busy(turns, "many");
        awaitServed(2);
        List<Future<Boolean>> waiting = List.of(busy(turns, "many"), busy(turns, "many"));
        awaitUntil(() -> turns.waiting() == 2);
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        long began = System.nanoTime();
        released.countDown();

        assertThat(working).succeedsWithin(LONG);
        waiting.forEach(it -> assertThat(it).succeedsWithin(LONG));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(30), LONG.dividedBy(2));
    }

    @Test
    void it_tells_how_long_the_first_has_waited() {
        Turns turns = turns(1, 1, 10);
        assertThat(turns.longestWait()).isZero();
        var _ = busy(turns, "first");
        awaitServed(1);
        var _ = busy(turns, "second");

        awaitUntil(() -> turns.longestWait().isPositive());
    }
}
