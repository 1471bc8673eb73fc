package dev.linkspan.server.reachability;

import dev.linkspan.server.random.Mutant;
import dev.linkspan.server.random.RecordLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Scenarios by their names ({@link NamedScenarios}), until one shows a mismatch. Public for {@link Mutant}. */
public final class FixedTrials {

    private FixedTrials() {}

    /** What becomes of the packets of these scenarios, by their names. No step of one that was written may be in vain. */
    static Map<String, List<Map<String, String>>> recorded(List<String> scenarios) {
        Map<String, List<Map<String, String>>> all = new TreeMap<>();
        try (Wire wire = Wire.open()) {
            for (String name : scenarios) {
                Recording recording = new Recording();
                Coverage coverage = new Coverage();
                Trial.of(NamedScenarios.scenario(name), store -> recording.of(wire.carry(store)), coverage)
                        .ifPresent(mismatch -> {
                            throw new AssertionError("%s: %s".formatted(name, mismatch.told()));
                        });
                if (NamedScenarios.isWritten(name) && coverage.refused() > 0) {
                    throw new AssertionError("%s: %d steps are refused".formatted(name, coverage.refused()));
                }
                all.put(name, recording.batches());
            }
        }
        return all;
    }

    /** On a network that carries their packets. */
    public static final class OnWire implements Function<List<String>, Optional<String>> {
        @Override
        public Optional<String> apply(List<String> scenarios) {
            Coverage coverage = new Coverage();
            try (Wire wire = Wire.open()) {
                return scenarios.stream()
                        .map(name -> told(name, wire::carry, coverage))
                        .flatMap(Optional::stream)
                        .findFirst();
            }
        }
    }

    /** Compared with what became of their packets before. */
    public static final class OnRecord implements Function<Map<String, List<Map<String, String>>>, Optional<String>> {
        @Override
        public Optional<String> apply(Map<String, List<Map<String, String>>> recorded) {
            Coverage coverage = new Coverage();
            return recorded.entrySet().stream()
                    .map(entry -> told(entry.getKey(), _ -> Recording.again(entry.getValue()), coverage))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
    }

    private static Optional<String> told(String name, Carrier.Opening opening, Coverage coverage) {
        return Trial.of(NamedScenarios.scenario(name), opening, coverage)
                .map(mismatch ->
                        "%,6d packets, %s".formatted(coverage.packets(), RecordLine.of((Record) mismatch.step())));
    }
}
