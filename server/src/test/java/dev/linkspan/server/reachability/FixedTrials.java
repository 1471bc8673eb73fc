package dev.linkspan.server.reachability;

import dev.linkspan.server.random.Mutant;
import dev.linkspan.server.random.RecordLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;

/** The same scenarios every time, until one shows a mismatch. Public for {@link Mutant}. */
public final class FixedTrials {

    private FixedTrials() {}

    /** What becomes of the packets of the first scenarios, by their seeds. */
    static Map<Long, List<Map<String, String>>> recorded(int scenarios) {
        Map<Long, List<Map<String, String>>> all = new TreeMap<>();
        try (Wire wire = Wire.open()) {
            for (long seed = 0; seed < scenarios; seed++) {
                Recording recording = new Recording();
                Trial.of(Generator.scenario(seed), store -> recording.of(wire.carry(store)), new Coverage())
                        .ifPresent(mismatch -> {
                            throw new AssertionError(mismatch.told());
                        });
                all.put(seed, recording.batches());
            }
        }
        return all;
    }

    /** On a network that carries their packets, this many of them. */
    public static final class OnWire implements Function<Integer, Optional<String>> {
        @Override
        public Optional<String> apply(Integer scenarios) {
            Coverage coverage = new Coverage();
            try (Wire wire = Wire.open()) {
                return LongStream.range(0, scenarios)
                        .mapToObj(seed -> told(seed, wire::carry, coverage))
                        .flatMap(Optional::stream)
                        .findFirst();
            }
        }
    }

    /** Compared with what became of their packets before. */
    public static final class OnRecord implements Function<Map<Long, List<Map<String, String>>>, Optional<String>> {
        @Override
        public Optional<String> apply(Map<Long, List<Map<String, String>>> recorded) {
            Coverage coverage = new Coverage();
            return recorded.entrySet().stream()
                    .map(entry -> told(entry.getKey(), _ -> Recording.again(entry.getValue()), coverage))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
    }

    private static Optional<String> told(long seed, Carrier.Opening opening, Coverage coverage) {
        return Trial.of(Generator.scenario(seed), opening, coverage)
                .map(mismatch ->
                        "%,6d packets, %s".formatted(coverage.packets(), RecordLine.of((Record) mismatch.step())));
    }
}
