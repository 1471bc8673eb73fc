package dev.linkspan.server.network;

import dev.linkspan.core.id.NetId;
import dev.linkspan.server.network.DirtyNets.DirtyNet;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The Nets whose last application failed: why, and when each is tried again, waiting twice as long each time. */
final class Retries {

    private final Duration first;
    private final Duration longest;
    private final Map<DirtyNet, Failure> failing = new LinkedHashMap<>();

    private record Failure(String reason, Duration pause, long retryNanos, boolean offered) {}

    Retries(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    synchronized void succeeded(DirtyNet net) {
        failing.remove(net);
    }

    /** Notes a failure; answers whether its reason is news, so that a lasting one is logged once. */
    synchronized boolean failed(DirtyNet net, RuntimeException cause) {
        Failure before = failing.get(net);
        Duration pause = before == null ? first : shorter(before.pause().multipliedBy(2), longest);
        String reason = String.valueOf(cause.getMessage());
        failing.put(net, new Failure(reason, pause, System.nanoTime() + pause.toNanos(), false));
        return before == null || !before.reason().equals(reason);
    }

    /** The Nets whose time has come, each once. */
    synchronized Set<DirtyNet> due() {
        Set<DirtyNet> due = new HashSet<>();
        for (Map.Entry<DirtyNet, Failure> entry : failing.entrySet()) {
            Failure failure = entry.getValue();
            if (!failure.offered() && failure.retryNanos() <= System.nanoTime()) {
                due.add(entry.getKey());
                entry.setValue(new Failure(failure.reason(), failure.pause(), failure.retryNanos(), true));
            }
        }
        return due;
    }

    /** The earlier of the next retry and this time (in {@link System#nanoTime()}). */
    synchronized long nextDeadline(long otherNanos) {
        return failing.values().stream()
                .filter(failure -> !failure.offered())
                .mapToLong(Failure::retryNanos)
                .reduce(otherNanos, (one, other) -> one - other < 0 ? one : other);
    }

    synchronized Map<NetId, String> failures() {
        return failing.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry.getKey().net(), entry -> entry.getValue().reason(), (one, _) -> one));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
