package dev.linkspan.bench;

import dev.linkspan.bench.Clients.Pace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many peerings a server lets come about, durably: signed requests, and their acceptances. */
final class Pairs implements Benchmark {

    static final int MOST_CONNECTIONS = 64;

    /** The first of them is what the others are compared with. */
    private static final List<Integer> CONNECTIONS = List.of(1, 16, MOST_CONNECTIONS);

    private static final int SOME_CONNECTIONS = 16;
    private static final double MILLIS = 1_000;
    private static final int CALLS_IN_PAIR = 2;

    @Override
    public String name() {
        return "pairs";
    }

    @Override
    public String question() {
        return "signed and durable CreateNetPeering and AcceptNetPeering";
    }

    @Override
    public boolean needsPackets() {
        return false;
    }

    @Override
    public List<Figure> measure(Extent extent) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        for (StoreUnderTest store : extent.stores()) {
            figures.addAll(measure(store, extent));
        }
        return List.copyOf(figures);
    }

    private static List<Figure> measure(StoreUnderTest store, Extent extent) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        long commits;
        Optional<Long> forcedBefore;
        try (ServerUnderTest server = ServerUnderTest.with(store, "--peering-requires-vm", "false")) {
            forcedBefore = store.forcedWrites();
            NetPairs pairs = new NetPairs(
                    server, extent.warmUpPairs() + extent.lonePairs() + CONNECTIONS.size() * extent.pairs());
            Clients.run(SOME_CONNECTIONS, extent.warmUpPairs(), pairs::peerNext);
            double syncs = DiskSyncs.perSecond(server.data());
            Optional<Pace> lone = Optional.empty();
            for (int connections : CONNECTIONS) {
                int count = connections == 1 ? extent.lonePairs() : extent.pairs();
                Measured measured = measure(server, pairs, connections, count);
                figures.addAll(measured.figures(store, connections, lone, syncs));
                lone = lone.or(() -> Optional.of(measured.pace()));
            }
            figures.add(Figure.of("the disk: 4 KiB write + fdatasync", Unit.PER_SECOND, Samples.once(syncs)));
            if (store.equals(StoreUnderTest.SQLITE)) {
                syncsPerCommit(server, pairs, extent.lonePairs()).ifPresent(each -> figures.add(forced(store, each)));
            }
            commits = Commits.of(server).commits();
        }
        if (forcedBefore.isPresent()) {
            long forced = store.forcedWrites().orElseThrow() - forcedBefore.get();
            figures.add(forced(store, (double) forced / commits));
        }
        return figures;
    }

    private static Figure forced(StoreUnderTest store, double perCommit) {
        return Figure.of(store.name() + ": fsync and fdatasync", Unit.PER_COMMIT, Samples.once(perCommit));
    }

    private static Measured measure(ServerUnderTest server, NetPairs pairs, int connections, int count)
            throws IOException, InterruptedException {
        Commits before = Commits.of(server);
        double worked = server.kernel().processorSeconds();
        Pace pace = Clients.run(connections, count, pairs::peerNext);
        worked = server.kernel().processorSeconds() - worked;
        return new Measured(
                pace,
                worked * MILLIS / (CALLS_IN_PAIR * count),
                Commits.of(server).since(before));
    }

    /** @param processorMillis the server's for a call; the database's is not in it, where that is another process */
    private record Measured(Pace pace, double processorMillis, Commits commits) {

        List<Figure> figures(StoreUnderTest store, int connections, Optional<Pace> lone, double syncs) {
            String where = "%s, %d connection%s: ".formatted(store.name(), connections, connections == 1 ? "" : "s");
            Figure rate = Figure.of(where + "pairs", Unit.PER_SECOND, Samples.once(pace.rate()));
            return List.of(
                    lone.map(one -> rate.times(one.rate(), "one connection"))
                            .orElseGet(() -> rate.times(syncs, "the disk's write + fdatasync")),
                    Figure.of(where + "a call", Unit.MILLISECONDS, pace.milliseconds()),
                    Figure.of(where + "99 % of calls within", Unit.MILLISECONDS, pace.nearlyAll()),
                    Figure.of(where + "changes", Unit.PER_COMMIT, Samples.once(commits.changesPerCommit())),
                    Figure.of(where + "processor time a call", Unit.MILLISECONDS, Samples.once(processorMillis)));
        }
    }

    /** Counted apart, because watching a process slows it down; empty where nothing can watch it. */
    private static Optional<Double> syncsPerCommit(ServerUnderTest server, NetPairs pairs, int count)
            throws IOException, InterruptedException {
        Optional<SyncCalls> watch = SyncCalls.watch(server.kernel());
        if (watch.isEmpty()) {
            return Optional.empty();
        }
        try (SyncCalls calls = watch.get()) {
            Commits before = Commits.of(server);
            Clients.run(SOME_CONNECTIONS, count, pairs::peerNext);
            long commits = Commits.of(server).since(before).commits();
            return Optional.of((double) calls.count() / commits);
        }
    }
}
