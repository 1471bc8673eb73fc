package dev.linkspan.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the caller wants to have measured, and how it is to be told. */
record Options(List<Benchmark> benchmarks, Extent extent, boolean json, boolean help) {

    private static final List<Benchmark> ALL = List.of(
            new Ready(),
            new TimeToWire(),
            new Throughput(),
            new FlowEndings(),
            new Pairs(),
            new Million(),
            new Ec2(),
            new Traces(),
            new Neighbour());

    /** Throws {@link IllegalArgumentException} where an argument is not understood. */
    static Options of(List<String> arguments, Map<String, String> environment) {
        List<Benchmark> chosen = new ArrayList<>();
        Extent extent = Extent.FULL;
        boolean json = false;
        boolean help = false;
        Optional<StoreUnderTest> store = Optional.empty();
        boolean packets = !environment.getOrDefault("LINKSPAN_NETWORK", "").equals("none");
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--store" -> store = Optional.of(StoreUnderTest.postgresql(rest.hasNext() ? rest.next() : ""));
                case "--json" -> json = true;
                case "--quick" -> extent = Extent.QUICK;
                case "--help", "-h" -> help = true;
                default -> chosen.add(named(argument));
            }
        }
        List<Benchmark> benchmarks = chosen.isEmpty() ? ALL : List.copyOf(chosen);
        Extent measured = packets ? extent : extent.withoutPackets();
        return new Options(benchmarks, store.map(measured::with).orElse(measured), json, help);
    }

    private static Benchmark named(String name) {
        return ALL.stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'%s' is neither an option nor a benchmark, which are %s"
                                .formatted(
                                        name, ALL.stream().map(Benchmark::name).collect(Collectors.joining(", ")))));
    }

    static String usage() {
        return """
            Usage: linkspan bench [--quick] [--json] [--store URL] [NAME...]

            Measures a throw-away server on this machine. Benchmarks, all of them unless named:

            %s

              --quick      seconds instead of minutes, to see that it works; too short to believe
              --json       one JSON object
              --store URL  have pairs measure this empty PostgreSQL database too: jdbc:postgresql://HOST/DATABASE?user=NAME

            LINKSPAN_NETWORK=none leaves out what needs packets. How to read it: bench/README.md
            """.formatted(ALL.stream()
                .map(benchmark -> "  %-11s %s".formatted(benchmark.name(), benchmark.question()))
                .collect(Collectors.joining("\n")));
    }
}
