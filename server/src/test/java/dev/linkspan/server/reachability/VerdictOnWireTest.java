package dev.linkspan.server.reachability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.server.network.linux.namespace.NamespaceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever networks tenants make and change, a packet fares as the analysis says: it is received, and answered, exactly
 * where that finds nothing in the way there, and back. What fails is shrunk, printed, saved, and run again by {@code
 * -Dlinkspan.replay=FILE}.
 */
@Slow
@Rule({"P1", "P2", "P11", "P13", "R1", "R2", "R4", "R6", "S1", "S2", "S3", "S4", "S5", "S6"})
class VerdictOnWireTest {

    private static final boolean LONG = Boolean.getBoolean("linkspan.long");
    private static final long SEED = Long.getLong("linkspan.seed", System.nanoTime());
    private static final Optional<Path> REPLAY =
            Optional.ofNullable(System.getProperty("linkspan.replay")).map(Path::of);
    private static final int NETWORKS = LONG ? 3_000 : 300;
    private static final int FEWEST_PACKETS = LONG ? 50_000 : 5_000;

    @BeforeEach
    void need_namespaces() throws InterruptedException {
        NamespaceFolder.assumePermitted();
    }

    @Test
    void packets_fare_as_the_analysis_says() throws IOException {
        try (Wire wire = Wire.open()) {
            if (REPLAY.isPresent()) {
                replay(wire);
            } else {
                run(wire);
            }
        }
    }

    private static void run(Wire wire) throws IOException {
        System.out.printf(Locale.ROOT, "wire: seed %d%n", SEED);
        Coverage coverage = new Coverage();
        Random random = new Random(SEED);
        long begun = System.nanoTime();
        int networks = 0;
        while (!isThorough(networks, coverage)) {
            Scenario scenario = Generator.scenario(random.nextLong());
            Optional<Mismatch> mismatch = Trial.of(scenario, wire::carry, coverage);
            if (mismatch.isPresent()) {
                explain(scenario, mismatch.get(), wire);
            }
            networks++;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println(coverage.text());
        System.out.printf(
                Locale.ROOT,
                "wire: %,d packets on %,d networks, all as the analysis says, %,d of %,d cases, %,d ms a network, seed %d%n",
                coverage.packets(),
                networks,
                coverage.cases() - coverage.holes().size(),
                coverage.cases(),
                took.toMillis() / networks,
                SEED);
        assertThat(coverage.packets()).isGreaterThanOrEqualTo(FEWEST_PACKETS);
        assertThat(coverage.holes()).as("cases that were never met").isEmpty();
    }

    /** A rare case that chance has left out so far is given some more time. */
    private static boolean isThorough(int networks, Coverage coverage) {
        return networks >= 2 * NETWORKS
                || networks >= NETWORKS && coverage.holes().isEmpty();
    }

    private static void replay(Wire wire) throws IOException {
        Scenario scenario = Scenario.parse(Files.readString(REPLAY.orElseThrow()));
        Coverage coverage = new Coverage();
        Trial.of(scenario, wire::carry, coverage).ifPresent(found -> fail("%s%n%s", scenario.text(), found.told()));
        System.out.printf(Locale.ROOT, "wire: %,d packets replayed, all as the analysis says%n", coverage.packets());
    }

    /** Fails with the smallest scenario that shows the mismatch. */
    private static void explain(Scenario scenario, Mismatch mismatch, Wire wire) throws IOException {
        Scenario smallest = Shrinking.of(
                scenario,
                mismatch.step(),
                candidate -> Trial.of(candidate, wire::carry, new Coverage()).isPresent());
        String told =
                Trial.of(smallest, wire::carry, new Coverage()).orElse(mismatch).told();
        Path folder = Files.createDirectories(Path.of("target", "wire"));
        Path file = folder.resolve("mismatch-%d.txt".formatted(SEED)).toAbsolutePath();
        Files.writeString(file, smallest.text());
        fail("""
                seed %d
                %s
                %s
                again: ./linkspan test -pl server -am -Dtest=VerdictOnWireTest -Dsurefire.failIfNoSpecifiedTests=false -Dlinkspan.replay=%s
                """.formatted(SEED, smallest.text(), told, file));
    }
}
