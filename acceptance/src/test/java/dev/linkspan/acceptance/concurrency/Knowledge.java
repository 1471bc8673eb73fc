package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.concurrency.Outcome.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What the clients of a round have learnt from their answers and tell each other: recent peerings, and the time. */
final class Knowledge {

    private static final int MOST = 12;
    private static final Duration A_MILLISECOND = Duration.ofMillis(1);

    private final Deque<Seen> recent = new ArrayDeque<>();
    private Instant now;

    Knowledge(Instant now) {
        this.now = now;
    }

    synchronized void learn(Outcome outcome) {
        if (outcome instanceof Outcome.Time(Instant later) && later.isAfter(now)) {
            now = later;
        }
        outcome.shown().forEach(seen -> {
            recent.removeIf(known -> known.id().equals(seen.id()));
            recent.addFirst(seen);
        });
        while (recent.size() > MOST) {
            recent.removeLast();
        }
    }

    synchronized Optional<Seen> any(Random random) {
        return recent.isEmpty()
                ? Optional.empty()
                : Optional.of(List.copyOf(recent).get(random.nextInt(recent.size())));
    }

    /** To the expiry of a request that is known, or to a millisecond before it. */
    synchronized Duration untilAnExpiry(Random random) {
        Duration until = any(random)
                .flatMap(Seen::expiration)
                .map(expiry -> Duration.between(now, expiry))
                .orElse(A_MILLISECOND);
        Duration before = random.nextBoolean() ? until : until.minus(A_MILLISECOND);
        return before.isPositive() ? before : A_MILLISECOND;
    }
}
