package dev.linkspan.server.api.own;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many probes may be sent: enough for people who look for a fault, and too few to scan with or to keep the server busy.
 */
final class ProbeAllowance {

    private static final Duration WHILE = Duration.ofSeconds(10);
    private static final int MOST_PER_ACCOUNT = 20;
    private static final int MOST_AT_ONCE = 16;

    /** An account whose probes are not answered keeps nobody else from sending one. */
    private static final int MOST_AT_ONCE_PER_ACCOUNT = 4;

    private final LongSupplier nanoTime;
    private final Map<AccountId, Deque<Long>> sent = new HashMap<>();
    private final Map<AccountId, Integer> underWay = new HashMap<>();

    ProbeAllowance() {
        this(System::nanoTime);
    }

    ProbeAllowance(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Refused where the account has sent too many lately, or too many wait for an answer. */
    synchronized void enter(AccountId account) {
        long now = nanoTime.getAsLong();
        sent.values().forEach(times -> times.removeIf(time -> now - time >= WHILE.toNanos()));
        sent.values().removeIf(Deque::isEmpty);
        if (sent.getOrDefault(account, new ArrayDeque<>()).size() >= MOST_PER_ACCOUNT) {
            throw new Refusal(
                    RefusalCode.THROTTLED,
                    "An account sends at most %d probes within %d s. Try again in some seconds.",
                    MOST_PER_ACCOUNT,
                    WHILE.toSeconds());
        }
        int all = underWay.values().stream().mapToInt(Integer::intValue).sum();
        if (all >= MOST_AT_ONCE || underWay.getOrDefault(account, 0) >= MOST_AT_ONCE_PER_ACCOUNT) {
            throw new Refusal(
                    RefusalCode.THROTTLED, "Too many probes wait for an answer at this moment. Try again in a second.");
        }
        sent.computeIfAbsent(account, _ -> new ArrayDeque<>()).add(now);
        underWay.merge(account, 1, Integer::sum);
    }

    /** The answer is there, or the time is up. */
    synchronized void leave(AccountId account) {
        underWay.computeIfPresent(account, (_, count) -> count == 1 ? null : count - 1);
    }
}
