package dev.linkspan.bench;

import dev.linkspan.bench.NoisyNeighbour.Estate;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.process.ServerCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What one tenant notices of another that asks for as much as it may. */
final class Neighbour implements Benchmark {

    private static final double MOST_TIMES = 2;
    private static final double MOST_LONGER_MILLISECONDS = 500;
    private static final double MOST_MILLISECONDS_TO_WIRE = 250;
    private static final double NANOS = Duration.ofMillis(1).toNanos();
    private static final Duration UNTIL_ALL_IS_UNMADE = Duration.ofMinutes(5);
    private static final int MOST_NAMED = 1_000;
    private static final int CALLS_FOR_EACH_READ = 25;
    private static final int FIRST_PORT = 30_000;

    @Override
    public String name() {
        return "neighbour";
    }

    @Override
    public String question() {
        return "how long a tenant's calls take, and its revocations, beside one that asks for as much as it may";
    }

    @Override
    public boolean needsPackets() {
        return true;
    }

    @Override
    public List<Figure> measure(Extent extent) throws IOException {
        int much = Math.min(MOST_NAMED, extent.machines().getLast());
        List<Figure> figures = new ArrayList<>(calls(extent, much));
        figures.addAll(revocations(extent, much));
        return figures;
    }

    /** What took turns: alone, and beside the other. */
    private record ByTurns(List<Double> alone, List<Double> beside) {

        ByTurns() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private static List<Figure> calls(Extent extent, int much) {
        ByTurns reads = new ByTurns();
        ByTurns changes = new ByTurns();
        try (ServerUnderTest server = new ServerUnderTest(ServerCommand::with, "none")) {
            Estate estate = Estate.make(server.tenant(), much);
            Tenant quiet = server.tenant();
            String net = quiet.ask("CreateNet", "IpRange", "10.1.0.0/16").text("Net", "NetId");
            call(quiet, net, extent.reads() * CALLS_FOR_EACH_READ / 2, new ArrayList<>(), new ArrayList<>());
            for (int round = 0; round < extent.rounds(); round++) {
                int calls = Math.max(4, extent.reads() * CALLS_FOR_EACH_READ / extent.rounds());
                call(quiet, net, calls, reads.alone(), changes.alone());
                try (NoisyNeighbour _ = NoisyNeighbour.of(estate)) {
                    call(quiet, net, calls, reads.beside(), changes.beside());
                }
            }
        }
        List<Figure> figures = new ArrayList<>(compared("a read", reads));
        figures.addAll(compared("a change", changes));
        return figures;
    }

    private static void call(Tenant tenant, String net, int calls, List<Double> reads, List<Double> changes) {
        for (int i = 0; i < calls; i++) {
            reads.add(took(() -> tenant.ask("ReadNets", "Filters", Json.object("NetIds", List.of(net)))));
            String value = "%s %d".formatted(Thread.currentThread().getName(), System.nanoTime());
            changes.add(took(() -> tenant.ask(
                    "CreateTags",
                    "ResourceIds",
                    List.of(net),
                    "Tags",
                    List.of(Json.object("Key", "turn", "Value", value)))));
        }
    }

    private static double took(Runnable call) {
        long began = System.nanoTime();
        call.run();
        return (System.nanoTime() - began) / NANOS;
    }

    private static List<Figure> compared(String what, ByTurns turns) {
        Samples alone = Samples.of(turns.alone());
        Samples beside = Samples.of(turns.beside());
        double p99Alone = alone.quantile(0.99);
        double p99Beside = beside.quantile(0.99);
        return List.of(
                Figure.of(what + " alone", Unit.MILLISECONDS, alone),
                Figure.of(what + " beside", Unit.MILLISECONDS, beside)
                        .below(alone.median() * MOST_TIMES)
                        .times(alone.median(), "alone"),
                Figure.of(what + " alone, 99 %", Unit.MILLISECONDS, Samples.once(p99Alone)),
                Figure.of(what + " beside, 99 %", Unit.MILLISECONDS, Samples.once(p99Beside))
                        .below(p99Alone + MOST_LONGER_MILLISECONDS)
                        .times(p99Alone, "alone"));
    }

    private static List<Figure> revocations(Extent extent, int much) throws IOException {
        ByTurns turns = new ByTurns();
        try (PeeredSites sites = new PeeredSites();
                DatagramEcho _ = new DatagramEcho(sites.line().far())) {
            Estate estate = Estate.make(sites.neighbour(), 1);
            int port = FIRST_PORT;
            for (int round = 0; round < extent.rounds(); round++) {
                turns.alone().add(revocation(sites, port++));
                turns.alone().add(revocation(sites, port++));
                try (NoisyNeighbour _ = NoisyNeighbour.ofMachines(estate, 2 * (much / 2))) {
                    turns.beside().add(revocation(sites, port++));
                    turns.beside().add(revocation(sites, port++));
                }
                sites.settle(UNTIL_ALL_IS_UNMADE);
            }
        }
        Samples alone = Samples.of(turns.alone());
        return List.of(
                Figure.of("a revocation to the wire, alone", Unit.MILLISECONDS, alone),
                Figure.of("a revocation to the wire, beside", Unit.MILLISECONDS, Samples.of(turns.beside()))
                        .below(MOST_MILLISECONDS_TO_WIRE)
                        .times(alone.median(), "alone"));
    }

    /** From the answer to the last packet that was answered; packets that stop before the answer take no time. */
    private static double revocation(PeeredSites sites, int port) {
        String peering = sites.request();
        FirstAnswer first = FirstAnswer.sought(sites.line(), port);
        sites.connect(peering);
        first.at();
        LastAnswer last = LastAnswer.awaited(sites.line(), port + 10_000);
        long revoked = sites.revoke(peering);
        double took = Math.max(0.001, (last.at() - revoked) / NANOS);
        sites.unroute();
        return took;
    }
}
