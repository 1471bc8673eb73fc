package dev.linkspan.bench;

import dev.linkspan.cli.process.ServerCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** How many changes a server accepts and makes durable: signed requests for peerings, and their acceptances. */
final class Calls implements Benchmark {

    static final int CONNECTIONS = 16;

    private static final double NANOS = Duration.ofSeconds(1).toNanos();
    private static final double NANOS_IN_MILLISECOND = Duration.ofMillis(1).toNanos();
    private static final double MILLIS = 1_000;
    private static final double NEARLY_ALL = 0.99;

    @Override
    public String name() {
        return "calls";
    }

    @Override
    public String question() {
        return "signed and durable CreateNetPeering and AcceptNetPeering, on SQLite";
    }

    @Override
    public boolean needsPackets() {
        return false;
    }

    @Override
    public List<Figure> measure(Extent extent) throws IOException, InterruptedException {
        try (ServerUnderTest server =
                new ServerUnderTest(ServerCommand::with, "none", "--peering-requires-vm", "false")) {
            NetPairs pairs = new NetPairs(server, extent.warmUpPairs() + extent.lonePairs() + extent.pairs());
            run(pairs, extent.warmUpPairs(), CONNECTIONS);
            double syncs = DiskSyncs.perSecond(server.data());
            Run one = run(pairs, extent.lonePairs(), 1);
            Optional<Commits> before = Commits.of(server);
            double worked = server.kernel().processorSeconds();
            Run many = run(pairs, extent.pairs(), CONNECTIONS);
            worked = server.kernel().processorSeconds() - worked;
            Optional<Commits> after = Commits.of(server);

            String connections = ", %d connections".formatted(CONNECTIONS);
            List<Figure> figures = new ArrayList<>(List.of(
                    Figure.of("calls" + connections, Unit.PER_SECOND, Samples.once(many.rate()))
                            .times(one.rate(), "one connection"),
                    Figure.of("an answer" + connections, Unit.MILLISECONDS, many.milliseconds()),
                    Figure.of("99 % of answers within" + connections, Unit.MILLISECONDS, many.nearlyAll()),
                    Figure.of(
                            "the server's processor time for a call",
                            Unit.MILLISECONDS,
                            Samples.once(worked * MILLIS / many.milliseconds().count()))));
            before.flatMap(first -> after.map(last -> last.changesPerCommit(first)))
                    .ifPresent(changes ->
                            figures.add(Figure.of("changes" + connections, Unit.PER_COMMIT, Samples.once(changes))));
            figures.addAll(List.of(
                    Figure.of("calls, 1 connection", Unit.PER_SECOND, Samples.once(one.rate()))
                            .times(syncs, "the disk's write + fdatasync"),
                    Figure.of("an answer, 1 connection", Unit.MILLISECONDS, one.milliseconds()),
                    Figure.of("99 % of answers within, 1 connection", Unit.MILLISECONDS, one.nearlyAll()),
                    Figure.of("the disk: 4 KiB write + fdatasync", Unit.PER_SECOND, Samples.once(syncs))));
            return List.copyOf(figures);
        }
    }

    private static Run run(NetPairs pairs, int count, int connections) throws IOException, InterruptedException {
        AtomicInteger left = new AtomicInteger(count);
        List<Long> nanos = new ArrayList<>();
        long began = System.nanoTime();
        try (ExecutorService clients = Executors.newFixedThreadPool(connections)) {
            List<Future<List<Long>>> results = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                results.add(clients.submit(() -> client(pairs, left)));
            }
            for (Future<List<Long>> result : results) {
                nanos.addAll(result.get());
            }
        } catch (ExecutionException failed) {
            throw new IOException("a call failed", failed.getCause());
        }
        double seconds = (System.nanoTime() - began) / NANOS;
        return new Run(
                nanos.size() / seconds,
                Samples.of(nanos.stream().map(it -> it / NANOS_IN_MILLISECOND).toList()));
    }

    private static List<Long> client(NetPairs pairs, AtomicInteger left) {
        List<Long> nanos = new ArrayList<>();
        while (left.getAndDecrement() > 0) {
            pairs.peerNext(nanos);
        }
        return nanos;
    }

    /**
     * What so many connections achieved.
     *
     * @param rate calls in a second
     * @param milliseconds how long each call took
     */
    private record Run(double rate, Samples milliseconds) {

        Samples nearlyAll() {
            return Samples.once(milliseconds.quantile(NEARLY_ALL));
        }
    }

    /** What the server's store has written since its start, where the server tells. */
    private record Commits(long commits, long changes) {

        static Optional<Commits> of(ServerUnderTest server) {
            JsonNode store = server.status().at("Store");
            return store.isObject()
                    ? Optional.of(new Commits(
                            store.path("Commits").asLong(),
                            store.path("Changes").asLong()))
                    : Optional.empty();
        }

        double changesPerCommit(Commits before) {
            return (double) (changes - before.changes) / (commits - before.commits);
        }
    }
}
