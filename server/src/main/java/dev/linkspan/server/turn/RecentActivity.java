package dev.linkspan.server.turn;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** Who has asked for something lately: whether anybody would notice what another one takes. For any thread. */
public final class RecentActivity {

    private static final Duration LATELY = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private final AtomicReference<Latest> latest;

    /** The last two who asked, and when (in {@link System#nanoTime()}): with them it is known for everybody. */
    private record Latest(String last, long lastAt, String other, long otherAt) {

        Latest with(String whose, long now) {
            return whose.equals(last) ? new Latest(last, now, other, otherAt) : new Latest(whose, now, last, lastAt);
        }
    }

    public RecentActivity() {
        this(System::nanoTime);
    }

    RecentActivity(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long longAgo = nanoTime.getAsLong() - LATELY.multipliedBy(2).toNanos();
        this.latest = new AtomicReference<>(new Latest("", longAgo, "", longAgo));
    }

    void seen(String whose) {
        long now = nanoTime.getAsLong();
        latest.updateAndGet(it -> it.with(whose, now));
    }

    /** Whether somebody else has asked lately. */
    boolean hasOthersThan(String whose) {
        Latest seen = latest.get();
        long at = whose.equals(seen.last()) ? seen.otherAt() : seen.lastAt();
        return nanoTime.getAsLong() - at < LATELY.toNanos();
    }
}
