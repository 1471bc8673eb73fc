package dev.linkspan.server.api;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How many calls one may make: so many a second on average, and of what was not used ten seconds' worth at once. It is there
 * against loops that have gone wild; that everybody is served is not its business but that of turns.
 */
public final class Throttle {

    private static final int SECONDS_AT_ONCE = 10;
    private static final double NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_REMEMBERED = 10_000;

    private final String kind;
    private final int perSecond;
    private final LongSupplier nanoTime;
    private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();

    /** What was left at a time, and whether the call that was counted then was admitted. */
    private record Allowance(double left, long atNanos, boolean admitted) {}

    /**
     * @param kind whose calls they are, for the message
     * @param perSecond 0 for any number
     */
    public Throttle(String kind, int perSecond) {
        this(kind, perSecond, System::nanoTime);
    }

    Throttle(String kind, int perSecond, LongSupplier nanoTime) {
        this.kind = kind;
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /** Counts a call; refuses it where there were too many. */
    public void count(String whose) {
        if (perSecond == 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (allowances.size() >= MOST_REMEMBERED) {
            allowances.values().removeIf(allowance -> grown(allowance, now) >= most());
        }
        Allowance after = allowances.compute(whose, (_, before) -> {
            double left = before == null ? most() : grown(before, now);
            return left < 1 ? new Allowance(left, now, false) : new Allowance(left - 1, now, true);
        });
        if (!after.admitted()) {
            throw new Refusal(
                    RefusalCode.THROTTLED,
                    "More than %d calls a second come from one %s. Make fewer, and try again in a second.",
                    perSecond,
                    kind);
        }
    }

    private double grown(Allowance before, long now) {
        return Math.min(most(), before.left() + (now - before.atNanos()) / NANOS * perSecond);
    }

    private double most() {
        return (double) perSecond * SECONDS_AT_ONCE;
    }
}
