package dev.linkspan.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures a Linkspan server on this machine and prints the figures. */
public final class Main {

    /** Figures were taken; whether they meet their targets is for the reader to judge, who knows the machine. */
    static final int DONE = 0;

    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        Options options;
        try {
            options = Options.of(arguments, System.getenv());
        } catch (IllegalArgumentException wrong) {
            err.println("linkspan bench: " + wrong.getMessage());
            return WRONG_USE;
        }
        PersistentConnections.allow(Pairs.MOST_CONNECTIONS);
        try {
            Report report = measure(options, err);
            out.print(options.json() ? report.asJson() : report.asText());
            return DONE;
        } catch (IOException | RuntimeException failure) {
            err.println("linkspan bench: " + failure.getMessage());
            failure.printStackTrace(err);
            return FAILED;
        }
    }

    private static Report measure(Options options, PrintStream err) throws IOException, InterruptedException {
        Load before = Load.now();
        Map<Benchmark, List<Figure>> figures = new LinkedHashMap<>();
        List<Benchmark> left = new ArrayList<>();
        for (Benchmark benchmark : options.benchmarks()) {
            if (benchmark.needsPackets() && !options.extent().packets()) {
                left.add(benchmark);
                continue;
            }
            err.println("linkspan bench: measuring %s: %s".formatted(benchmark.name(), benchmark.question()));
            figures.put(benchmark, benchmark.measure(options.extent()));
        }
        return new Report(before, Load.now(), figures, left);
    }
}
