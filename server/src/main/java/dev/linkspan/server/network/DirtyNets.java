package dev.linkspan.server.network;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.server.turn.TurnQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The Nets that must be planned again, each once, and the events that made them so. Filled by a thread per Region,
 * emptied by the one that drives the network: those from which something was taken away before all others, and each of
 * the two kinds by turns of those whose events they are.
 */
final class DirtyNets {

    private final TurnQueue<DirtyNet> urgent = new TurnQueue<>();
    private final TurnQueue<DirtyNet> others = new TurnQueue<>();
    private final Map<DirtyNet, Cause> waiting = new HashMap<>();
    private final Map<RegionName, Long> sequences = new HashMap<>();
    private boolean closed;

    /** Since when the first of what waits, and of what was taken last, has waited (in {@link System#nanoTime()}). */
    private OptionalLong waitingSince = OptionalLong.empty();

    private OptionalLong takenSince = OptionalLong.empty();
    private int taken;

    /** A Net by the Region whose event named it. */
    record DirtyNet(RegionName region, NetId net) {}

    /**
     * Why a Net is dirty.
     *
     * @param whose whose event it was
     * @param revoked whether that took something away: then packets must stop at once
     */
    record Cause(String whose, boolean revoked) {

        static final Cause NOBODYS = new Cause("", false);
    }

    /** A Net to be worked on, and for whom. */
    record Work(DirtyNet net, Cause cause) {}

    /**
     * Everything that waited.
     *
     * @param work the first to be done first
     * @param sequences per Region, the newest event behind them
     */
    record Batch(List<Work> work, Map<RegionName, Long> sequences) {

        boolean isEmpty() {
            return work.isEmpty() && sequences.isEmpty();
        }
    }

    /** Adds Nets of a Region, made dirty by its events up to this one, the first of which happened then. */
    synchronized void add(RegionName region, Map<NetId, Cause> nets, long sequence, long sinceNanos) {
        nets.forEach((net, cause) -> enqueue(new DirtyNet(region, net), cause));
        sequences.merge(region, sequence, Math::max);
        added(sinceNanos);
    }

    /** Adds Nets that are to be tried again, whatever the events. */
    synchronized void add(Set<DirtyNet> nets) {
        if (!nets.isEmpty()) {
            nets.forEach(net -> enqueue(net, Cause.NOBODYS));
            added(System.nanoTime());
        }
    }

    /** It keeps its place, unless it has a better one now. */
    private void enqueue(DirtyNet net, Cause cause) {
        Optional<Cause> before = Optional.ofNullable(waiting.get(net));
        if (before.isEmpty() || (cause.revoked() && !before.get().revoked())) {
            before.ifPresent(it -> others.remove(it.whose(), net));
            waiting.put(net, cause);
            (cause.revoked() ? urgent : others).add(cause.whose(), net);
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
        List<Work> work = new ArrayList<>();
        for (Optional<Work> next = next(_ -> true); next.isPresent(); next = next(_ -> true)) {
            work.add(next.get());
        }
        Batch batch = new Batch(work, Map.copyOf(sequences));
        takenSince = waitingSince;
        taken = work.size();
        waitingSince = OptionalLong.empty();
        sequences.clear();
        return batch;
    }

    /**
     * Takes one that came since and does not wait for the end of a batch: whatever is urgent, and what is of somebody of
     * whom nothing is in the batch. The events behind it stay.
     */
    synchronized Optional<Work> takeMeanwhile(Collection<String> inBatch) {
        return next(whose -> !inBatch.contains(whose));
    }

    /** Whether it has become dirty since it was taken; then whoever works on it plans it again. */
    synchronized boolean takeIfWaiting(DirtyNet net) {
        Optional<Cause> cause = Optional.ofNullable(waiting.remove(net));
        cause.ifPresent(it -> (it.revoked() ? urgent : others).remove(it.whose(), net));
        return cause.isPresent();
    }

    private Optional<Work> next(Predicate<String> mayGo) {
        Optional<DirtyNet> next = urgent.poll().or(() -> others.poll(mayGo));
        return next.map(
                net -> new Work(net, Optional.ofNullable(waiting.remove(net)).orElse(Cause.NOBODYS)));
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
