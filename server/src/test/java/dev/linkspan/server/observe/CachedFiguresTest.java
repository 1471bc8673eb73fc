package dev.linkspan.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CachedFiguresTest {

    private final AtomicInteger counts = new AtomicInteger();

    @Test
    void a_figure_is_kept_for_its_time() {
        CachedFigures<Integer> kept = new CachedFigures<>(counts::incrementAndGet, Duration.ofHours(1));
        assertThat(kept.value()).contains(1);
        assertThat(kept.value()).contains(1);
    }

    @Test
    void many_who_ask_at_once_count_once() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CachedFigures<Integer> kept = new CachedFigures<>(
                () -> {
                    awaitQuietly(go);
                    return counts.incrementAndGet();
                },
                Duration.ofHours(1));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Integer>>> asked = IntStream.range(0, 20)
                    .mapToObj(_ -> threads.submit(kept::value))
                    .toList();
            go.countDown();
            for (Future<Optional<Integer>> answer : asked) {
                assertThat(answer.get()).contains(1);
            }
        }
    }

    @Test
    void what_cannot_be_counted_is_absent_and_tried_again() {
        CachedFigures<Integer> kept = new CachedFigures<>(
                () -> {
                    if (counts.incrementAndGet() == 1) {
                        throw new IllegalStateException("out of reach");
                    }
                    return counts.get();
                },
                Duration.ofHours(1));
        assertThat(kept.value()).isEmpty();
        assertThat(kept.value()).contains(2);
    }

    @Test
    void a_count_that_hangs_keeps_nobody() {
        CountDownLatch never = new CountDownLatch(1);
        CachedFigures<Integer> kept = new CachedFigures<>(
                () -> {
                    awaitQuietly(never);
                    return 1;
                },
                Duration.ZERO);
        assertThat(kept.value()).isEmpty();
        never.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
