package dev.linkspan.server.turn;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Lets whoever has taken long pause in proportion, while others are about: then most of the time is theirs, and a call of
 * theirs seldom meets a long one. Whoever is alone never pauses. Not safe for several threads.
 */
public final class Pacing {

    /** What everybody's calls may take. */
    private static final Duration FREE = Duration.ofMillis(20);

    /** A quarter of the time at most is one's who takes long. */
    private static final int TIMES = 3;

    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** For so long it is known when somebody had a turn. */
    private static final Duration KNOWN = Duration.ofSeconds(30);

    private final RecentActivity activity;
    private final LongSupplier nanoTime;

    /** When the pause of whoever had a turn ends or ended, also one of no length (in {@link System#nanoTime()}). */
    private final Map<String, Long> until = new HashMap<>();

    public Pacing(RecentActivity activity) {
        this(activity, System::nanoTime);
    }

    Pacing(RecentActivity activity, LongSupplier nanoTime) {
        this.activity = activity;
        this.nanoTime = nanoTime;
    }

    /** Somebody asks. */
    public void seen(String whose) {
        activity.seen(whose);
    }

    /** @param nanos how long it has just taken */
    public void took(String whose, long nanos) {
        long now = nanoTime.getAsLong();
        until.values().removeIf(end -> now - end > KNOWN.toNanos());
        until.merge(whose, now + pauseAfter(whose, nanos), Pacing::later);
    }

    private long pauseAfter(String whose, long nanos) {
        long beyond = Math.max(0, nanos - FREE.toNanos());
        return activity.hasOthersThan(whose) ? Math.min(TIMES * beyond, LONGEST.toNanos()) : 0;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /**
     * How long the first of somebody's line has been kept waiting by others, in nanoseconds: neither by those before it in the
     * line, nor by a pause.
     *
     * @param since when it came, in {@link System#nanoTime()}
     */
    public long keptWaiting(String whose, long since) {
        Long end = until.get(whose);
        return Math.max(0, nanoTime.getAsLong() - (end == null ? since : later(since, end)));
    }

    /** How long it still pauses, in nanoseconds; 0 or less where it does not. */
    public long left(String whose) {
        Long end = until.get(whose);
        return end == null ? 0 : end - nanoTime.getAsLong();
    }

    public boolean isPausing(String whose) {
        return left(whose) > 0;
    }

    /** After how many nanoseconds the first of them may go on; empty where there is none. */
    public OptionalLong shortest(Collection<String> askers) {
        return askers.stream().mapToLong(this::left).min();
    }
}
