package dev.linkspan.server.history;

import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.reachability.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Plays many histories, some at a time: each has a network of its own, and mostly waits for the kernel. Stops at the first
 * surprise.
 */
final class HistoryRun {

    private static final int AT_A_TIME = 3;

    private final List<NamedHistory> histories;
    private final HistoryCoverage coverage = new HistoryCoverage();
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean over;

    HistoryRun(List<NamedHistory> histories) {
        this.histories = List.copyOf(histories);
    }

    /** A history by its name, drawn when its turn comes. */
    record NamedHistory(String name, Supplier<Scenario> history) {

        static NamedHistory random(long seed) {
            return new NamedHistory("history of seed " + seed, () -> Histories.history(seed));
        }
    }

    /** @param number of the history, counted from 1 */
    record Failure(String name, Scenario history, History.Surprise surprise, int number) {}

    /** What was met in all of them. */
    HistoryCoverage coverage() {
        return coverage;
    }

    /** The surprise of the history that comes first, if there is any. */
    Optional<Failure> play() throws InterruptedException {
        List<Failure> failures = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<Optional<Failure>>> players = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                players.add(threads.submit(this::playOneByOne));
            }
            for (Future<Optional<Failure>> player : players) {
                player.get().ifPresent(failures::add);
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a history cannot be played", failed.getCause());
        }
        return failures.stream().min((one, other) -> Integer.compare(one.number(), other.number()));
    }

    private Optional<Failure> playOneByOne() {
        HistoryCoverage met = new HistoryCoverage();
        try (NetnsTestbed testbed = NetnsTestbed.open()) {
            History.Ground ground = new History.Ground(testbed, History.PATIENT);
            for (int i = next.getAndIncrement(); i < histories.size() && !over; i = next.getAndIncrement()) {
                NamedHistory told = histories.get(i);
                Scenario history = told.history().get();
                Optional<History.Surprise> surprise = History.play(history, ground, met);
                if (surprise.isPresent()) {
                    over = true;
                    return Optional.of(new Failure(told.name(), history, surprise.get(), i + 1));
                }
            }
            return Optional.empty();
        } finally {
            synchronized (coverage) {
                coverage.add(met);
            }
        }
    }
}
