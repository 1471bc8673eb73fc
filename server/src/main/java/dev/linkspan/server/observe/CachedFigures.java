package dev.linkspan.server.observe;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Figures that are counted when somebody asks, never twice at the same time, and kept for a while: at least so long, and
 * fifty times as long as counting took, so that counting takes two hundredths of a core at most.
 */
final class CachedFigures<T> {

    private static final int TIMES_ITS_COST = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<T> count;
    private final Duration atLeast;
    private @Nullable CompletableFuture<T> counting;
    private Optional<T> value = Optional.empty();
    private long freshUntilNanos = System.nanoTime();

    CachedFigures(Supplier<T> count, Duration atLeast) {
        this.count = count;
        this.atLeast = atLeast;
    }

    /** The figures; those from before where counting takes too long, none where it failed. */
    Optional<T> value() {
        CompletableFuture<T> current;
        synchronized (this) {
            if (value.isPresent() && System.nanoTime() - freshUntilNanos < 0) {
                return value;
            }
            current = counting;
            if (current == null) {
                current = new CompletableFuture<>();
                counting = current;
                CompletableFuture<T> begun = current;
                Thread.ofVirtual().name("metrics").start(() -> count(begun));
            }
        }
        return await(current);
    }

    private Optional<T> await(CompletableFuture<T> current) {
        try {
            return Optional.of(current.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException hanging) {
            synchronized (this) {
                return value;
            }
        } catch (ExecutionException outOfReach) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void count(CompletableFuture<T> begun) {
        long start = System.nanoTime();
        try {
            T counted = count.get();
            long end = System.nanoTime();
            synchronized (this) {
                value = Optional.of(counted);
                freshUntilNanos = end + Math.max(atLeast.toNanos(), TIMES_ITS_COST * (end - start));
                counting = null;
            }
            begun.complete(counted);
        } catch (RuntimeException failure) {
            synchronized (this) {
                value = Optional.empty();
                counting = null;
            }
            begun.completeExceptionally(failure);
        }
    }
}
