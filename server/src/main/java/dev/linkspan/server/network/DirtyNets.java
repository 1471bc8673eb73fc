package dev.linkspan.server.network;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The Nets that must be planned again, each once, and the events that made them so. Filled by a thread per Region,
 * emptied by the one that drives the network.
 */
final class DirtyNets {

    private final Set<DirtyNet> waiting = new LinkedHashSet<>();
    private final Map<RegionName, Long> sequences = new HashMap<>();
    private boolean closed;

    /** Since when the first of what waits, and of what was taken last, has waited (in {@link System#nanoTime()}). */
    private OptionalLong waitingSince = OptionalLong.empty();

    private OptionalLong takenSince = OptionalLong.empty();
    private int taken;

    /** A Net by the Region whose event named it. */
    record DirtyNet(RegionName region, NetId net) {}

    /**
     * Everything that waited.
     *
     * @param nets in the order in which they became dirty
     * @param sequences per Region, the newest event behind them
     */
    record Batch(Set<DirtyNet> nets, Map<RegionName, Long> sequences) {

        boolean isEmpty() {
            return nets.isEmpty() && sequences.isEmpty();
        }
    }

    /** Adds Nets of a Region, made dirty by its events up to this one, the first of which happened then. */
    synchronized void add(RegionName region, Set<NetId> nets, long sequence, long sinceNanos) {
        nets.forEach(net -> waiting.add(new DirtyNet(region, net)));
        sequences.merge(region, sequence, Math::max);
        added(sinceNanos);
    }

    /** Adds Nets that are to be tried again, whatever the events. */
    synchronized void add(Set<DirtyNet> nets) {
        if (!nets.isEmpty()) {
            waiting.addAll(nets);
            added(System.nanoTime());
        }
    }

    private void added(long sinceNanos) {
        if (waitingSince.isEmpty() || sinceNanos - waitingSince.getAsLong() < 0) {
            waitingSince = OptionalLong.of(sinceNanos);
        }
        notifyAll();
    }

    /**
     * Takes everything that waits; waits for something until the deadline, and answers an empty batch after it. Whoever
     * takes has dealt with what was taken before.
     */
    synchronized Batch take(long deadlineNanos) throws InterruptedException {
        takenSince = OptionalLong.empty();
        taken = 0;
        long left = deadlineNanos - System.nanoTime();
        while (waiting.isEmpty() && sequences.isEmpty() && !closed && left > 0) {
            wait(left / 1_000_000 + 1);
            left = deadlineNanos - System.nanoTime();
        }
        Batch batch = new Batch(new LinkedHashSet<>(waiting), Map.copyOf(sequences));
        takenSince = waitingSince;
        taken = waiting.size();
        waitingSince = OptionalLong.empty();
        waiting.clear();
        sequences.clear();
        return batch;
    }

    /** Since when the oldest of what waits or is being dealt with has waited (in {@link System#nanoTime()}). */
    synchronized OptionalLong since() {
        return takenSince.isPresent() ? takenSince : waitingSince;
    }

    /** How many Nets wait or are being dealt with. */
    synchronized int size() {
        return waiting.size() + taken;
    }

    /** Wakes whoever waits, for the last time. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
