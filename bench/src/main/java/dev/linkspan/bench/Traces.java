package dev.linkspan.bench;

import com.sun.management.ThreadMXBean;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.reachability.Endpoint;
import dev.linkspan.core.reachability.Question;
import dev.linkspan.core.reachability.ReachabilityAnalysis;
import dev.linkspan.core.reachability.RegionView;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.store.DataFolder;
import dev.linkspan.server.store.SqlStore;
import dev.linkspan.server.store.StoreClock;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What it costs to say whether one machine reaches another, in a Region of a few machines and of very many. */
final class Traces implements Benchmark {

    private static final Region REGION =
            new Region(new RegionName("eu-west-2"), List.of(new SubregionName("eu-west-2a")));
    private static final Traffic WEB = new Traffic.Ports(Traffic.TCP, 443, 443);
    private static final List<Logger> LOUD =
            List.of(Logger.getLogger("org.flywaydb"), Logger.getLogger("com.zaxxer.hikari"));
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MATRIX = 1_000;
    private static final int BATCH = 1_000;
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e3;
    private static final double KIBI = 1024;

    @Override
    public String name() {
        return "traces";
    }

    @Override
    public String question() {
        return "saying whether one machine reaches another, on one processor";
    }

    @Override
    public boolean needsPackets() {
        return false;
    }

    /** The store tells of its schema and its connections, which are of no interest among figures. */
    private static void hushStore() {
        LOUD.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    @Override
    public List<Figure> measure(Extent extent) {
        hushStore();
        List<Figure> figures = new ArrayList<>();
        double fewest = 0;
        for (int machines : extent.machines()) {
            try (TemporaryFolder folder = TemporaryFolder.make();
                    DataFolder data = DataFolder.open(folder.path());
                    SqlStore store =
                            SqlStore.sqlite(data, List.of(REGION.name()), StoreClock.of(InstantSource.system()))) {
                TracedRegion region = TracedRegion.in(store, machines);
                double against = fewest;
                List<Figure> measured =
                        store.read(REGION.name(), snapshot -> figures(extent, snapshot, region.machines(), against));
                fewest = fewest == 0 ? measured.getFirst().samples().median() : fewest;
                figures.addAll(measured);
            }
        }
        return List.copyOf(figures);
    }

    private static List<Figure> figures(Extent extent, Snapshot snapshot, List<VmId> machines, double fewest) {
        String in = "%,d VMs: ".formatted(machines.size());
        long began = THREADS.getCurrentThreadCpuTime();
        ReachabilityAnalysis first = new ReachabilityAnalysis(RegionView.of(snapshot));
        first.trace(between(machines.getFirst(), machines.getLast()));
        double firstMicros = (THREADS.getCurrentThreadCpuTime() - began) / MICROS;

        List<Question> questions = questions(machines);
        ReachabilityAnalysis analysis = new ReachabilityAnalysis(RegionView.of(snapshot));
        round(analysis, questions, extent);
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < extent.rounds(); i++) {
            rates.add(round(analysis, questions, extent));
        }
        Figure rate = Figure.of(in + "traces", Unit.PER_SECOND, Samples.of(rates));
        List<Figure> figures = new ArrayList<>();
        figures.add(fewest == 0 ? rate : rate.times(fewest, "with the fewest"));
        figures.add(Figure.of(
                in + "memory allocated for a trace", Unit.KIBIBYTES, Samples.once(allocated(analysis, questions))));
        figures.add(
                Figure.of(in + "the first trace, with reading its Nets", Unit.MICROSECONDS, Samples.once(firstMicros)));
        if (machines.size() == MATRIX) {
            figures.add(Figure.of(
                    in + "every pair, one after the other", Unit.SECONDS, Samples.once(matrix(analysis, machines))));
        }
        return figures;
    }

    private static Question between(VmId from, VmId to) {
        return new Question(new Endpoint.InVm(from), new Endpoint.InVm(to), WEB);
    }

    /** Pairs at random: in one Net, through a peering, and some beyond it. */
    private static List<Question> questions(List<VmId> machines) {
        Random random = new Random(1);
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            int from = random.nextInt(machines.size());
            int next = from + random.nextInt(TracedRegion.perNet(machines.size()) * 3 / 2);
            questions.add(between(machines.get(from), machines.get(next % machines.size())));
        }
        return questions;
    }

    /** How many in a second of processor time: what else the machine does is not counted. */
    private static double round(ReachabilityAnalysis analysis, List<Question> questions, Extent extent) {
        long began = THREADS.getCurrentThreadCpuTime();
        long end = System.nanoTime() + extent.round().toNanos();
        long traced = 0;
        while (traced == 0 || System.nanoTime() < end) {
            questions.forEach(analysis::trace);
            traced += questions.size();
        }
        return traced * NANOS / (THREADS.getCurrentThreadCpuTime() - began);
    }

    private static double allocated(ReachabilityAnalysis analysis, List<Question> questions) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        questions.forEach(analysis::trace);
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / KIBI / questions.size();
    }

    private static double matrix(ReachabilityAnalysis analysis, List<VmId> machines) {
        long began = THREADS.getCurrentThreadCpuTime();
        for (VmId from : machines) {
            machines.forEach(to -> analysis.trace(between(from, to)));
        }
        return (THREADS.getCurrentThreadCpuTime() - began) / NANOS;
    }
}
