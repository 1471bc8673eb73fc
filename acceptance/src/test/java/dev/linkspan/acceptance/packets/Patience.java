package dev.linkspan.acceptance.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The network follows the API after a moment: how long a test waits for it. */
final class Patience {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Patience() {}

    /** Waits until it is so; fails with what was waited for. */
    static void await(String what, BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(since(begun)).as("waiting for it: %s", what).isLessThan(LONGEST);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The time since {@link System#nanoTime} was this. */
    static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
