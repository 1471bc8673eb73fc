package dev.linkspan.server.store;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still but for {@link SqlStore#advance} (T1). It starts at the time given, or where {@link
 * SqlStore#manualTime} says that it stood when the server stopped.
 */
public final class ManualClock implements InstantSource {

    private final AtomicReference<Instant> now;

    public ManualClock(Instant start) {
        this.now = new AtomicReference<>(start.truncatedTo(ChronoUnit.MILLIS));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Moves on to this time; an earlier one is none to move to. */
    public void moveTo(Instant time) {
        now.accumulateAndGet(time, (before, later) -> later.isAfter(before) ? later : before);
    }
}
