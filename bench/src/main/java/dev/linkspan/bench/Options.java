package dev.linkspan.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the caller wants to have measured, and how it is to be told; the launcher tells how to ask (docs/commands.md). */
record Options(List<Benchmark> benchmarks, Extent extent, boolean json) {

    private static final List<Benchmark> ALL = List.of(
            new Ready(),
            new TimeToWire(),
            new Throughput(),
            new FlowEndings(),
            new Pairs(),
            new ManyPeerings(),
            new Ec2(),
            new Traces(),
            new Neighbour(),
            new Apply());

    /** Throws {@link IllegalArgumentException} where an argument is not understood. */
    static Options of(List<String> arguments, Map<String, String> environment) {
        List<Benchmark> chosen = new ArrayList<>();
        Extent extent = Extent.FULL;
        boolean json = false;
        Optional<StoreUnderTest> store = Optional.empty();
        boolean packets = !environment.getOrDefault("LINKSPAN_NETWORK", "").equals("none");
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--store" -> store = Optional.of(StoreUnderTest.postgresql(rest.hasNext() ? rest.next() : ""));
                case "--json" -> json = true;
                case "--quick" -> extent = Extent.QUICK;
                default -> chosen.add(named(argument));
            }
        }
        List<Benchmark> benchmarks = chosen.isEmpty() ? ALL : List.copyOf(chosen);
        Extent measured = packets ? extent : extent.withoutPackets();
        return new Options(benchmarks, store.map(measured::with).orElse(measured), json);
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
}
