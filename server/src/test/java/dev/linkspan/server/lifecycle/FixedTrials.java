package dev.linkspan.server.lifecycle;

import dev.linkspan.server.random.Mutant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The same scripts every time, on a store of their own, until one disagrees with the model: first that of the seed given,
 * then all others. Public for {@link Mutant}.
 */
public abstract sealed class FixedTrials implements Function<Long, Optional<String>> {

    /** Enough for the rarest of the cases. */
    static final int SCRIPTS = 60;

    private static final int SCRIPTS_ON_SQLITE = 20;

    /** Each on a store of its own: this one costs more the more is in it. */
    public static final class InMemory extends FixedTrials {
        @Override
        public Optional<String> apply(Long first) {
            Coverage coverage = new Coverage();
            for (long seed : seeds(first, SCRIPTS)) {
                try (Ground ground = Ground.inMemory()) {
                    Optional<String> found = told(seed, ground, coverage);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        }
    }

    /** All on one store. */
    public static final class OnSqlite extends FixedTrials {
        @Override
        public Optional<String> apply(Long first) {
            Coverage coverage = new Coverage();
            try (Ground ground = Ground.sqlite()) {
                for (long seed : seeds(first, SCRIPTS_ON_SQLITE)) {
                    Optional<String> found = told(seed, ground, coverage);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        }
    }

    private static long[] seeds(long first, int scripts) {
        return LongStream.concat(LongStream.of(first), LongStream.range(0, scripts))
                .distinct()
                .toArray();
    }

    private static Optional<String> told(long seed, Ground ground, Coverage coverage) {
        Script script = Generator.script(seed);
        return Trial.of(script, ground, coverage)
                .map(found -> "%,6d calls, %s"
                        .formatted(
                                coverage.calls(),
                                found.step() < script.steps().size()
                                        ? Script.line(script.steps().get(found.step()))
                                        : "the event log"));
    }
}
