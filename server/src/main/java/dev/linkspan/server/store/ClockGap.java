package dev.linkspan.server.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says once that a clock was stepped back, and once that it has caught up. */
final class ClockGap {

    private static final Logger LOG = System.getLogger(ClockGap.class.getName());

    /** Clocks that are kept in time step by less than this, and nobody needs to hear of it. */
    private static final Duration NOTEWORTHY = Duration.ofSeconds(1);

    private final AtomicBoolean behind = new AtomicBoolean();

    /**
     * Compares what a clock shows with the time that changes and reads have reached.
     *
     * @param real what the clock shows
     * @param time what it was taken for, so as not to go back
     */
    void tell(Instant real, Instant time) {
        Duration gap = Duration.between(real, time);
        if (gap.compareTo(NOTEWORTHY) >= 0) {
            if (behind.compareAndSet(false, true)) {
                LOG.log(
                        Level.WARNING,
                        "the clock is {0} behind the newest change or answer: it was stepped back. Time stands still at {1} until the clock has caught up; nothing expires meanwhile",
                        gap,
                        time);
            }
        } else if (gap.isZero() && behind.compareAndSet(true, false)) {
            LOG.log(Level.INFO, "the clock has caught up: time goes on from {0}", time);
        }
    }
}
