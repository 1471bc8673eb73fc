package dev.linkspan.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Whatever three accounts do in whichever order, at whichever moment, the answer is the one that the rules give; and the
 * log tells what happened. What fails is shrunk, printed, saved, and run again by {@code -Dlinkspan.replay=FILE}.
 */
@Slow
@Rule({"P2", "P3", "P4", "P5", "P6", "P7", "P9", "P10", "P12", "P13", "L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8"})
class PeeringModelTest {

    private static final boolean LONG = Boolean.getBoolean("linkspan.long");
    private static final long SEED = Long.getLong("linkspan.seed", System.nanoTime());
    private static final Optional<Path> REPLAY =
            Optional.ofNullable(System.getProperty("linkspan.replay")).map(Path::of);

    /** Together a hundred thousand. A call on PostgreSQL takes three times as long. */
    private static final long CALLS_ON_SQLITE = times(85_000);

    private static final long CALLS_ON_POSTGRESQL = times(15_000);

    private static long times(long usually) {
        return LONG ? 10 * usually : usually;
    }

    @Test
    @Rule({"L9", "T2"})
    void sqlite_answers_as_the_model_says() throws IOException {
        try (Ground ground = Ground.sqlite()) {
            if (REPLAY.isPresent()) {
                replay(ground);
                return;
            }
            Coverage coverage = run(ground, PeeringModelTest::isThorough);
            System.out.println(coverage.text());
            assertThat(coverage.holes()).as("cases that were never tried").isEmpty();
        }
    }

    @Test
    @Rule({"L9", "T2"})
    void postgresql_answers_as_the_model_says() throws IOException {
        try (Ground ground = Ground.postgres()) {
            if (REPLAY.isPresent()) {
                replay(ground);
                return;
            }
            run(ground, coverage -> coverage.calls() >= CALLS_ON_POSTGRESQL);
        }
    }

    /** A rare case that chance has left out so far is given some more time. */
    private static boolean isThorough(Coverage coverage) {
        return coverage.calls() >= 2 * CALLS_ON_SQLITE
                || coverage.calls() >= CALLS_ON_SQLITE && coverage.holes().isEmpty();
    }

    private static Coverage run(Ground ground, Predicate<Coverage> enough) throws IOException {
        System.out.printf(Locale.ROOT, "model, %s: seed %d%n", ground.name(), SEED);
        Coverage coverage = new Coverage();
        Random random = new Random(SEED);
        long begun = System.nanoTime();
        int sequences = 0;
        while (!enough.test(coverage)) {
            Script script = Generator.script(random.nextLong());
            if (Trial.of(script, ground, coverage).isPresent()) {
                explain(script, ground);
            }
            sequences++;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.printf(
                Locale.ROOT,
                "model: %,d calls in %,d sequences on %s, all as the model says, %,d of %,d cases, %,d calls/s, seed %d%n",
                coverage.calls(),
                sequences,
                ground.name(),
                coverage.cases() - coverage.holes().size(),
                coverage.cases(),
                coverage.calls() * 1_000 / Math.max(1, took.toMillis()),
                SEED);
        return coverage;
    }

    private static void replay(Ground ground) throws IOException {
        Script script = Script.parse(Files.readString(REPLAY.orElseThrow()));
        Coverage coverage = new Coverage();
        Trial.of(script, ground, coverage)
                .ifPresent(found -> fail("on %s, %s%n%s", ground.name(), found.told(script), script.text()));
        System.out.printf(
                Locale.ROOT,
                "model: %,d calls replayed on %s, all as the model says%n",
                coverage.calls(),
                ground.name());
    }

    /** Fails with the smallest script that shows the disagreement. */
    private static void explain(Script script, Ground ground) throws IOException {
        Script smallest = Shrinking.of(
                script, candidate -> Trial.of(candidate, ground, new Coverage()).isPresent());
        String told = Trial.of(smallest, ground, new Coverage())
                .map(found -> found.told(smallest))
                .orElse("only behind what ran before it: run the seed again");
        Path folder = Files.createDirectories(Path.of("target", "lifecycle"));
        Path file = folder.resolve("disagreement-%d.txt".formatted(SEED)).toAbsolutePath();
        Files.writeString(file, smallest.text());
        fail("""
                on %s, seed %d, %s
                %s
                again: ./linkspan test -pl server -am -Dtest=PeeringModelTest -Dsurefire.failIfNoSpecifiedTests=false -Dlinkspan.replay=%s
                """.formatted(ground.name(), SEED, told, smallest.text(), file));
    }
}
