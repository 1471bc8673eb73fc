package dev.linkspan.server.store;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;

/**
 * A clock of this process. When its source steps back it stands still until that has caught up, so that what has expired
 * stays expired for everyone (L2, L10).
 *
 * <p>A change has its time when it is made, but is seen only when its batch is committed. So while a batch is under way
 * its beginning is the time of reads.
 */
final class ChangeClock implements StoreClock {

    private final InstantSource source;
    private final AtomicReference<Reading> reading =
            new AtomicReference<>(new Reading(Instant.EPOCH, Optional.empty()));
    private final ClockGap gap = new ClockGap();

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

    @Override
    public Instant forRead(Handle reader) {
        return forRead();
    }

    Instant forRead() {
        Instant real = real();
        Reading read = reading.updateAndGet(it -> it.underWay().isPresent() ? it : it.notBefore(real));
        if (read.underWay().isEmpty()) {
            gap.tell(real, read.latest());
        }
        return read.underWay().orElse(read.latest());
    }

    @Override
    public Instant forChange(Handle writer) {
        return forChange();
    }

    Instant forChange() {
        Instant real = real();
        return reading.updateAndGet(it -> it.notBefore(real).changing()).latest();
    }

    @Override
    public Instant notBefore(Instant time) {
        return reading.updateAndGet(it -> it.notBefore(time)).latest();
    }

    @Override
    public void committed() {
        reading.updateAndGet(it -> new Reading(it.latest(), Optional.empty()));
    }

    @Override
    public void undone() {
        reading.updateAndGet(it -> new Reading(it.underWay().orElse(it.latest()), Optional.empty()));
    }

    private Instant real() {
        return source.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
