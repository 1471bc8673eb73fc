package dev.linkspan.server.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time of reads and changes: its source's, in whole milliseconds, and never earlier than any before. When its source
 * steps back it stands still until that has caught up, so that what has expired stays expired for everyone (L2, L10).
 *
 * <p>A change has its time when it is made, but is seen only when its batch is committed. A read in between must not be
 * later than the change that it does not see: it would tell what time made of a state that was gone by then, such as the
 * expiry of a request that had just been accepted. So while a batch is under way its beginning is the time of reads.
 */
final class ChangeClock {

    private static final Logger LOG = System.getLogger(ChangeClock.class.getName());

    /** Clocks that are kept in time step by less than this, and nobody needs to hear of it. */
    private static final Duration NOTEWORTHY = Duration.ofSeconds(1);

    private final InstantSource source;
    private final AtomicReference<Reading> reading =
            new AtomicReference<>(new Reading(Instant.EPOCH, Optional.empty()));
    private final AtomicBoolean behind = new AtomicBoolean();

    /**
     * @param latest nothing from now on is before this, but for reads while a batch is under way
     * @param underWay the time of the first change that is neither committed nor undone
     */
    private record Reading(Instant latest, Optional<Instant> underWay) {

        Reading notBefore(Instant time) {
            return new Reading(time.isAfter(latest) ? time : latest, underWay);
        }

        Reading changing() {
            return underWay.isPresent() ? this : new Reading(latest, Optional.of(latest));
        }
    }

    ChangeClock(InstantSource source) {
        this.source = source;
    }

    /** No change that is seen only after this call is before this time. */
    Instant forRead() {
        Instant real = real();
        Reading read = reading.updateAndGet(it -> it.underWay().isPresent() ? it : it.notBefore(real));
        if (read.underWay().isEmpty()) {
            tellIfBehind(real, read.latest());
        }
        return read.underWay().orElse(read.latest());
    }

    /** Every change that asks belongs to the batch that {@link #committed} or {@link #undone} ends. */
    Instant forChange() {
        Instant real = real();
        return reading.updateAndGet(it -> it.notBefore(real).changing()).latest();
    }

    /** No change from now on is before this time. */
    Instant notBefore(Instant time) {
        return reading.updateAndGet(it -> it.notBefore(time)).latest();
    }

    /** The batch is there to be seen. */
    void committed() {
        reading.updateAndGet(it -> new Reading(it.latest(), Optional.empty()));
    }

    /** The batch never was, and the times to which it moved on were not either. */
    void undone() {
        reading.updateAndGet(it -> new Reading(it.underWay().orElse(it.latest()), Optional.empty()));
    }

    private Instant real() {
        return source.instant().truncatedTo(ChronoUnit.MILLIS);
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
