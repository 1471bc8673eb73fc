package dev.linkspan.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that call a server at the same time, each with a connection of its own and one call after the other. */
final class Clients {

    private static final double NANOS = Duration.ofSeconds(1).toNanos();
    private static final double NANOS_IN_MILLISECOND = Duration.ofMillis(1).toNanos();

    private Clients() {}

    /** Calls that belong together, such as a request and its acceptance. */
    @FunctionalInterface
    interface Round {

        /** Makes the calls and adds the nanoseconds that each took. */
        void call(List<Long> nanos);
    }

    /**
     * What the clients achieved together.
     *
     * @param rate rounds in a second
     * @param milliseconds how long each call took
     */
    record Pace(double rate, Samples milliseconds) {

        /** What 99 of 100 calls did not exceed. */
        Samples nearlyAll() {
            return Samples.once(milliseconds.quantile(0.99));
        }
    }

    /** Shares this many rounds among this many clients; returns when all of them are done. */
    static Pace run(int clients, int rounds, Round round) throws IOException, InterruptedException {
        AtomicInteger left = new AtomicInteger(rounds);
        List<Long> nanos = new ArrayList<>();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<List<Long>>> results = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                results.add(threads.submit(() -> client(round, left)));
            }
            for (Future<List<Long>> result : results) {
                nanos.addAll(result.get());
            }
        } catch (ExecutionException failed) {
            throw new IOException("a call failed", failed.getCause());
        }
        double seconds = (System.nanoTime() - began) / NANOS;
        return new Pace(
                rounds / seconds,
                Samples.of(nanos.stream().map(it -> it / NANOS_IN_MILLISECOND).toList()));
    }

    private static List<Long> client(Round round, AtomicInteger left) {
        List<Long> nanos = new ArrayList<>();
        while (left.getAndDecrement() > 0) {
            round.call(nanos);
        }
        return nanos;
    }
}
