package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.id.AccessKeyId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which keys are locked because of failed attempts in a row (A3). Kept in memory, for keys that exist only: guessing at
 * others costs nothing to remember.
 */
final class Lockouts {

    private static final int FAILURES_TO_LOCK = 4;
    private static final int LONGEST_MINUTES = 10;

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

    private final Map<AccessKeyId, Failures> byKey = new ConcurrentHashMap<>();

    boolean locked(AccessKeyId key, Instant now) {
        Failures record = byKey.get(key);
        return record != null && now.isBefore(record.lockedUntil());
    }

    void failed(AccessKeyId key, Instant now) {
        byKey.compute(key, (_, record) -> (record == null ? new Failures(0, Instant.MIN) : record).failed(now));
    }

    void succeeded(AccessKeyId key) {
        byKey.remove(key);
    }
}
