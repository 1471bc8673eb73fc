package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;

/**
 * Which keys are locked for whom because of failed attempts in a row (A3): those that failed came from one place, and whoever
 * is elsewhere does not notice. Kept in memory, as much as fits: what failed the longest ago is forgotten first, and what has not
 * failed often enough to be locked is forgotten for nothing that has.
 *
 * @param <K> what is locked: an access key's id, an e-mail address
 */
public final class Lockouts<K> {

    private static final int FAILURES_TO_LOCK = 4;
    private static final int LONGEST_MINUTES = 10;
    static final int MOST_REMEMBERED = 10_000;
    private static final int MOST_OF_EACH = MOST_REMEMBERED / 2;

    private record Attempt<K>(K key, ClientNetwork from) {}

    private record Failures(int inARow, Instant lockedUntil) {

        static final Failures NONE = new Failures(0, Instant.MIN);

        Failures failed(Instant now) {
            int more = inARow + 1;
            if (more % FAILURES_TO_LOCK != 0) {
                return new Failures(more, lockedUntil);
            }
            int minutes = Math.min(more / FAILURES_TO_LOCK, LONGEST_MINUTES);
            return new Failures(more, now.plus(Duration.ofMinutes(minutes)));
        }

        boolean everLocked() {
            return inARow >= FAILURES_TO_LOCK;
        }

        boolean lockedAt(Instant now) {
            return now.isBefore(lockedUntil);
        }
    }

    /** Neither holds what the other one does; in both, what failed last comes last. */
    private final LinkedHashMap<Attempt<K>, Failures> counting = new LinkedHashMap<>();

    private final LinkedHashMap<Attempt<K>, Failures> locking = new LinkedHashMap<>();

    /**
     * Refuses whatever is tried with a key that is locked for whoever tries it, be it right or wrong.
     *
     * @param kind what the key is, in words
     * @param peer the address from which it is tried
     */
    public void requireUnlocked(String kind, K key, String peer, Instant now) {
        if (locked(key, peer, now)) {
            throw new Refusal(
                    RefusalCode.LOCKED_OUT,
                    "The %s '%s' is locked for %s for some minutes: too many attempts in a row failed from there.",
                    kind,
                    key,
                    ClientNetwork.of(peer));
        }
    }

    synchronized boolean locked(K key, String peer, Instant now) {
        return locking.getOrDefault(new Attempt<>(key, ClientNetwork.of(peer)), Failures.NONE)
                .lockedAt(now);
    }

    public synchronized void failed(K key, String peer, Instant now) {
        Attempt<K> attempt = new Attempt<>(key, ClientNetwork.of(peer));
        Failures failures = forget(attempt).failed(now);
        LinkedHashMap<Attempt<K>, Failures> keeping = failures.everLocked() ? locking : counting;
        if (keeping.size() >= MOST_OF_EACH) {
            keeping.pollFirstEntry();
        }
        keeping.put(attempt, failures);
    }

    private Failures forget(Attempt<K> attempt) {
        Failures counted = counting.remove(attempt);
        Failures locked = locking.remove(attempt);
        return locked != null ? locked : counted != null ? counted : Failures.NONE;
    }

    synchronized int remembered() {
        return counting.size() + locking.size();
    }

    public synchronized void succeeded(K key, String peer) {
        forget(new Attempt<>(key, ClientNetwork.of(peer)));
    }
}
