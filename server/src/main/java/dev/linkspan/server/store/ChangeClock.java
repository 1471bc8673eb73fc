package dev.linkspan.server.store;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The time of reads and changes: its source's, in whole milliseconds, and never earlier than any change before. */
final class ChangeClock {

    private final InstantSource source;
    private final AtomicReference<Instant> latestChange = new AtomicReference<>(Instant.EPOCH);

    ChangeClock(InstantSource source) {
        this.source = source;
    }

    Instant forRead() {
        return later(latestChange.get(), source.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    Instant forChange() {
        return notBefore(forRead());
    }

    /** No change from now on is before this time. */
    Instant notBefore(Instant time) {
        return latestChange.accumulateAndGet(time, ChangeClock::later);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
