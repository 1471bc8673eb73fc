package dev.linkspan.server.network.vm;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Asks again and again, more often at the beginning, when most answers come: so that a thread is free meanwhile. */
final class Polling {

    private static final Duration FIRST = Duration.ofMillis(5);
    private static final long SHORT_NANOS = 50_000;
    private static final long LONG_NANOS = 1_000_000;

    private Polling() {}

    /** Asks whether something is there yet; what fails, fails the wait. */
    @FunctionalInterface
    interface Look<E extends Exception> {
        boolean succeeds() throws E;
    }

    /** How long it took, counted from a moment of {@link System#nanoTime}; empty when the time was up. */
    static <E extends Exception> Optional<Duration> until(long sinceNanos, Duration patience, Look<E> look) throws E {
        while (true) {
            boolean there = look.succeeds();
            long taken = System.nanoTime() - sinceNanos;
            if (there) {
                return Optional.of(Duration.ofNanos(taken));
            }
            if (taken > patience.toNanos()) {
                return Optional.empty();
            }
            LockSupport.parkNanos(taken < FIRST.toNanos() ? SHORT_NANOS : LONG_NANOS);
        }
    }
}
