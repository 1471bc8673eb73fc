package dev.linkspan.bench;

import dev.linkspan.bench.Clients.Pace;
import dev.linkspan.bench.Clients.Round;
import dev.linkspan.cli.client.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the EC2 API's calls cost, by turns with the OUTSCALE API's that do the same, so that whatever else the machine does
 * falls on both.
 */
final class Ec2 implements Benchmark {

    private static final List<Integer> CONNECTIONS = List.of(1, 8);
    private static final int WARM_UP_ROUNDS = 4;

    /** Of the time with the fewest peerings present. */
    private static final double PROMISED_BY_ID = 1.5;

    private static final double MILLIS = 1_000;
    private static final String OTHER = "the OUTSCALE API's";
    private static final String RANGE = "10.0.0.0/16";

    /**
     * Something that both APIs are asked for.
     *
     * @param server who is asked
     * @param calls how many a round makes
     * @param present how many peerings are there, where that is what is looked at; otherwise 0
     */
    private record Question(String what, ServerUnderTest server, int calls, int present, Round ec2, Round outscale) {}

    /** One call, and how long it took. */
    private static Round timed(Runnable call) {
        return nanos -> {
            long began = System.nanoTime();
            call.run();
            nanos.add(System.nanoTime() - began);
        };
    }

    @Override
    public String name() {
        return "ec2";
    }

    @Override
    public String question() {
        return "durable and signed calls of the EC2 API, by turns with the OUTSCALE API's, on SQLite";
    }

    @Override
    public boolean needsPackets() {
        return false;
    }

    @Override
    public List<Figure> measure(Extent extent) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        try (CleanupStack undoing = new CleanupStack()) {
            ServerUnderTest changed = server(undoing);
            Question creating = creating(changed);
            Question peering = peering(changed, extent);
            // Of their own, so that all of them have seen the same calls and are equally warm.
            List<Question> describing = new ArrayList<>();
            for (int size : extent.ec2Crowds()) {
                ServerUnderTest read = server(undoing);
                describing.add(describing(read, Crowd.in(read, size), size));
            }
            for (int connections : CONNECTIONS) {
                figures.addAll(asked(List.of(creating), connections, extent));
                figures.addAll(asked(List.of(peering), connections, extent));
                figures.addAll(asked(describing, connections, extent));
            }
        }
        return List.copyOf(figures);
    }

    private static ServerUnderTest server(CleanupStack undoing) {
        ServerUnderTest server = ServerUnderTest.with(StoreUnderTest.SQLITE, "--peering-requires-vm", "false");
        undoing.later(server::close);
        return server;
    }

    private static Question creating(ServerUnderTest server) {
        Tenant tenant = server.tenant();
        return new Question(
                "CreateVpc",
                server,
                1,
                0,
                timed(() -> tenant.ec2().ask("vpcId", "CreateVpc", "CidrBlock", RANGE)),
                timed(() -> tenant.ask("CreateNet", "IpRange", RANGE)));
    }

    private static Question peering(ServerUnderTest server, Extent extent) {
        int apis = 2;
        int rounds = WARM_UP_ROUNDS + extent.rounds();
        NetPairs pairs = new NetPairs(server, CONNECTIONS.size() * apis * rounds * extent.reads());
        return new Question("peering and acceptance", server, 2, 0, pairs::connectNext, pairs::peerNext);
    }

    private static Question describing(ServerUnderTest server, Crowd crowd, int present) {
        return new Question(
                "describe by id, %,d present".formatted(present),
                server,
                1,
                present,
                timed(() -> crowd.tenant()
                        .ec2()
                        .ask(
                                "vpcPeeringConnectionId",
                                "DescribeVpcPeeringConnections",
                                "VpcPeeringConnectionId.1",
                                crowd.anyPeering())),
                timed(() -> crowd.tenant()
                        .ask("ReadNetPeerings", "Filters", Json.object("NetPeeringIds", List.of(crowd.anyPeering())))));
    }

    private static List<Figure> asked(List<Question> questions, int connections, Extent extent)
            throws IOException, InterruptedException {
        List<Measured> all = questions.stream().map(Measured::new).toList();
        takeTurns(all, connections, WARM_UP_ROUNDS, extent.reads());
        all.forEach(Measured::forget);
        takeTurns(all, connections, extent.rounds(), extent.reads());
        return all.stream()
                .flatMap(measured -> measured.figures(connections, all.getFirst()).stream())
                .toList();
    }

    private static void takeTurns(List<Measured> all, int connections, int rounds, int count)
            throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (Measured measured : all) {
                measured.round(connections, count, round % 2 == 0);
            }
        }
    }

    /**
     * How one API did, round by round.
     *
     * @param worked the server's processor time for a call, in milliseconds
     */
    private record Side(List<Double> rates, List<Double> millis, List<Double> medians, List<Double> worked) {

        Side() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void round(Question question, Round round, int connections, int count)
                throws IOException, InterruptedException {
            double before = question.server().kernel().processorSeconds();
            Pace pace = Clients.run(connections, count, round);
            double seconds = question.server().kernel().processorSeconds() - before;
            rates.add(pace.rate());
            millis.addAll(pace.milliseconds().values());
            medians.add(pace.milliseconds().median());
            worked.add(seconds * MILLIS / (question.calls() * count));
        }

        double work() {
            return Samples.of(worked).mean();
        }

        void forget() {
            rates.clear();
            millis.clear();
            medians.clear();
            worked.clear();
        }

        /** Round by round: both took place within a moment. */
        Samples times(Side other) {
            return Samples.of(IntStream.range(0, medians.size())
                    .mapToObj(round -> medians.get(round) / other.medians.get(round))
                    .toList());
        }
    }

    /** How a question was answered by both. */
    private record Measured(Question question, Side ec2, Side outscale) {

        Measured(Question question) {
            this(question, new Side(), new Side());
        }

        void round(int connections, int count, boolean ec2First) throws IOException, InterruptedException {
            // Whoever goes first meets colder caches, or a machine that has just become busier.
            if (ec2First) {
                ec2.round(question, question.ec2(), connections, count);
                outscale.round(question, question.outscale(), connections, count);
            } else {
                outscale.round(question, question.outscale(), connections, count);
                ec2.round(question, question.ec2(), connections, count);
            }
        }

        void forget() {
            ec2.forget();
            outscale.forget();
        }

        List<Figure> figures(int connections, Measured fewest) {
            String what = "%s, %d connection%s".formatted(question.what(), connections, connections == 1 ? "" : "s");
            Samples millis = Samples.of(ec2.millis());
            Figure worked = Figure.of(what + ": processor time", Unit.MILLISECONDS, Samples.once(ec2.work()));
            List<Figure> figures = new ArrayList<>(List.of(
                    Figure.of(what, Unit.PER_SECOND, Samples.of(ec2.rates())),
                    Figure.of(what + ": a call", Unit.MILLISECONDS, millis).times(ec2.times(outscale), OTHER),
                    Figure.of(what + ": 99 % within", Unit.MILLISECONDS, Samples.once(millis.quantile(0.99))),
                    worked.times(outscale.work(), OTHER)));
            if (question.present() > fewest.question().present()) {
                figures.add(Figure.of(what + ": growth", Unit.TIMES, ec2.times(fewest.ec2()))
                        .below(PROMISED_BY_ID));
                double work = ec2.work() / fewest.ec2().work();
                figures.add(Figure.of(what + ": growth of processor time", Unit.TIMES, Samples.once(work)));
            }
            return figures;
        }
    }
}
