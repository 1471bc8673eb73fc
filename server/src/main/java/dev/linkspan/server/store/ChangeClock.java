package dev.linkspan.server.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time of reads and changes: its source's, in whole milliseconds, and never earlier than any before. When its source
 * steps back it stands still until that has caught up, so that what has expired stays expired for everyone (L2, L10).
 */
final class ChangeClock {

    private static final Logger LOG = System.getLogger(ChangeClock.class.getName());

    /** Clocks that are kept in time step by less than this, and nobody needs to hear of it. */
    private static final Duration NOTEWORTHY = Duration.ofSeconds(1);

    private final InstantSource source;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.EPOCH);
    private final AtomicBoolean behind = new AtomicBoolean();

    ChangeClock(InstantSource source) {
        this.source = source;
    }

    Instant forRead() {
        Instant real = source.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant time = notBefore(real);
        tellIfBehind(real, time);
        return time;
    }

    Instant forChange() {
        return forRead();
    }

    /** Nothing from now on is before this time. */
    Instant notBefore(Instant time) {
        return latest.accumulateAndGet(time, (one, other) -> one.isAfter(other) ? one : other);
    }

    private void tellIfBehind(Instant real, Instant time) {
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
