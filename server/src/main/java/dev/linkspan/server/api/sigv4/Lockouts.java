package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which keys are locked because of failed attempts in a row (A3). Kept in memory. Where any text may be guessed at, as with
 * e-mail addresses, what is remembered is bounded: those that are not locked are forgotten then.
 *
 * @param <K> what is locked: an access key's id, an e-mail address
 */
public final class Lockouts<K> {

    private static final int FAILURES_TO_LOCK = 4;
    private static final int LONGEST_MINUTES = 10;
    private static final int MOST_REMEMBERED = 10_000;

    private record Failures(int inARow, Instant lockedUntil) {

        Failures failed(Instant now) {
            int more = inARow + 1;
            if (more % FAILURES_TO_LOCK != 0) {
                return new Failures(more, lockedUntil);
            }
            int minutes = Math.min(more / FAILURES_TO_LOCK, LONGEST_MINUTES);
            return new Failures(more, now.plus(Duration.ofMinutes(minutes)));
        }
    }

    private final Map<K, Failures> byKey = new ConcurrentHashMap<>();

    /**
     * Refuses whatever is tried with a key that is locked, be it right or wrong.
     *
     * @param kind what the key is, in words
     */
    public void requireUnlocked(String kind, K key, Instant now) {
        if (locked(key, now)) {
            throw new Refusal(
                    RefusalCode.LOCKED_OUT,
                    "The %s '%s' is locked for some minutes: too many attempts in a row failed.".formatted(kind, key));
        }
    }

    boolean locked(K key, Instant now) {
        Failures record = byKey.get(key);
        return record != null && now.isBefore(record.lockedUntil());
    }

    public void failed(K key, Instant now) {
        if (byKey.size() >= MOST_REMEMBERED) {
            byKey.values().removeIf(record -> !now.isBefore(record.lockedUntil()));
        }
        byKey.compute(key, (_, record) -> (record == null ? new Failures(0, Instant.MIN) : record).failed(now));
    }

    int remembered() {
        return byKey.size();
    }

    public void succeeded(K key) {
        byKey.remove(key);
    }
}
