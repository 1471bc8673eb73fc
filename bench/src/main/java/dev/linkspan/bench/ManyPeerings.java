package dev.linkspan.bench;

import dev.linkspan.bench.Clients.Round;
import dev.linkspan.cli.client.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * What reading a few peerings costs where there are many. Servers with few and with many of them are asked by turns, so
 * that whatever else the machine does falls on all of them.
 */
final class ManyPeerings implements Benchmark {

    /** Of the time with the fewest peerings present. */
    private static final double PROMISED_BY_ID = 1.5;

    private static final int WARM_UP_ROUNDS = 4;
    private static final int PAGE = 100;
    private static final double MILLIS = 1_000;

    private static final Query BY_ID =
            new Query("by id", crowd -> Json.object("Filters", filter("NetPeeringIds", crowd.anyPeering())));

    private static final List<Query> WAYS = List.of(
            BY_ID,
            new Query(
                    "the %d of a Net".formatted(Crowd.ASKED),
                    crowd -> Json.object("Filters", filter("SourceNetNetIds", crowd.anyNet()))),
            new Query(
                    "a page of %d active".formatted(PAGE),
                    crowd -> Json.object("Filters", filter("StateNames", "active"), "ResultsPerPage", PAGE)),
            new Query("a page of %d".formatted(PAGE), crowd -> Json.object("ResultsPerPage", PAGE)));

    /**
     * A way of reading peerings.
     *
     * @param arguments those of a call of ReadNetPeerings, other ones each time
     */
    private record Query(String what, Function<Crowd, ObjectNode> arguments) {

        Round round(Crowd crowd) {
            return nanos -> {
                ObjectNode asked = arguments.apply(crowd);
                long began = System.nanoTime();
                boolean none = crowd.tenant()
                        .caller()
                        .call("ReadNetPeerings", asked)
                        .orThrow()
                        .at("NetPeerings")
                        .isEmpty();
                nanos.add(System.nanoTime() - began);
                if (none) {
                    throw new IllegalStateException("BUG: nothing was found for " + asked);
                }
            };
        }
    }

    private static ObjectNode filter(String name, String value) {
        return Json.object(name, List.of(value));
    }

    @Override
    public String name() {
        return "million";
    }

    @Override
    public String question() {
        return "ReadNetPeerings where few and where very many are present, on SQLite";
    }

    @Override
    public boolean needsPackets() {
        return false;
    }

    @Override
    public List<Figure> measure(Extent extent) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        try (CleanupStack undoing = new CleanupStack()) {
            List<Measured> all = new ArrayList<>();
            for (int size : extent.crowds()) {
                ServerUnderTest server = ServerUnderTest.with(StoreUnderTest.SQLITE);
                undoing.later(server::close);
                all.add(new Measured(size, server, Crowd.in(server, size)));
            }
            for (Query way : WAYS) {
                takeTurns(all, way, WARM_UP_ROUNDS, extent.reads());
                all.forEach(Measured::forget);
                takeTurns(all, way, extent.rounds(), extent.reads());
                all.forEach(measured -> figures.addAll(figures(way, measured, all.getFirst())));
            }
        }
        return List.copyOf(figures);
    }

    private static void takeTurns(Iterable<Measured> all, Query way, int rounds, int reads)
            throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (Measured measured : all) {
                measured.read(way, reads);
            }
        }
    }

    private static List<Figure> figures(Query way, Measured measured, Measured fewest) {
        String what = "%s, %,d present".formatted(way.what(), measured.size);
        Samples millis = Samples.of(measured.millis);
        Figure median = Figure.of(what, Unit.MILLISECONDS, millis);
        Figure nearlyAll = Figure.of(what + ": 99 % within", Unit.MILLISECONDS, Samples.once(millis.quantile(0.99)));
        double work = Samples.of(measured.worked).mean();
        Figure worked = Figure.of(what + ": processor time", Unit.MILLISECONDS, Samples.once(work));
        if (measured == fewest) {
            return List.of(median, nearlyAll, worked);
        }
        String against = "with %,d".formatted(fewest.size);
        Figure growth = Figure.of(what + ": growth", Unit.TIMES, ratios(measured.medians, fewest.medians));
        return List.of(
                median,
                nearlyAll,
                worked.times(Samples.of(fewest.worked).mean(), against),
                way.equals(BY_ID) ? growth.below(PROMISED_BY_ID) : growth);
    }

    /** Round by round: both took place within a moment. */
    private static Samples ratios(List<Double> many, List<Double> few) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < many.size(); i++) {
            ratios.add(many.get(i) / few.get(i));
        }
        return Samples.of(ratios);
    }

    /** A server with peerings, and how long it took to read them in each round. */
    private static final class Measured {

        private final int size;
        private final ServerUnderTest server;
        private final Crowd crowd;
        private final List<Double> millis = new ArrayList<>();
        private final List<Double> medians = new ArrayList<>();

        /** The server's processor time for a read. */
        private final List<Double> worked = new ArrayList<>();

        Measured(int size, ServerUnderTest server, Crowd crowd) {
            this.size = size;
            this.server = server;
            this.crowd = crowd;
        }

        void read(Query way, int reads) throws IOException, InterruptedException {
            double before = server.kernel().processorSeconds();
            Samples samples = Clients.run(1, reads, way.round(crowd)).milliseconds();
            worked.add((server.kernel().processorSeconds() - before) * MILLIS / reads);
            millis.addAll(samples.values());
            medians.add(samples.median());
        }

        void forget() {
            millis.clear();
            medians.clear();
            worked.clear();
        }
    }
}
