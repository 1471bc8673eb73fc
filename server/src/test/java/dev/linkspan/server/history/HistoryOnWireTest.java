package dev.linkspan.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.server.network.netns.NetnsTestbed;
import dev.linkspan.server.reachability.Scenario;
import dev.linkspan.server.reachability.Shrinking;
import dev.linkspan.server.reachability.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to a network while flows live on it, each packet of them reaches whom the rules say, and nobody else.
 * What fails is shrunk, printed, saved, and run again by {@code -Dlinkspan.replay=FILE}.
 */
@Slow
@Rule({
    "P1", "P11", "P13", "R2", "R4", "R6", "S2", "S3", "S4", "S5", "S6", "S7", "L2", "N1", "N2", "N3", "X1", "X2", "X3",
    "X5"
})
class HistoryOnWireTest {

    private static final boolean LONG = Boolean.getBoolean("linkspan.long");
    /** The same histories in every run, for they are to find what a change has broken; new ones with {@code --long}. */
    private static final long SEED = Long.getLong("linkspan.seed", LONG ? System.nanoTime() : 20_015_561_231_237L);

    private static final Optional<Path> REPLAY =
            Optional.ofNullable(System.getProperty("linkspan.replay")).map(Path::of);
    private static final int HISTORIES = LONG ? 3_000 : 300;

    @RegisterExtension
    final NetnsTestbed testbed = new NetnsTestbed();

    @Test
    void each_packet_of_a_flow_reaches_whom_the_rules_say_and_nobody_else() throws IOException, InterruptedException {
        if (REPLAY.isPresent()) {
            replay(Scenario.parse(Files.readString(REPLAY.get())));
        } else {
            run();
        }
    }

    @ParameterizedTest
    @MethodSource("learned")
    void what_was_a_surprise_once_is_none_any_more(String name) {
        replay(LearnedHistories.history(name));
    }

    private static List<String> learned() {
        return LearnedHistories.names();
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT, "history: seed %d%n", SEED);
        long begun = System.nanoTime();
        HistoryRun run = new HistoryRun(new Random(SEED)
                .longs(HISTORIES)
                .mapToObj(HistoryRun.NamedHistory::random)
                .toList());
        Optional<HistoryRun.Failure> failure = run.play();
        if (failure.isPresent()) {
            explain(
                    failure.get().history(),
                    failure.get().surprise(),
                    failure.get().number());
        }
        HistoryCoverage coverage = run.coverage();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println(coverage.text());
        System.out.printf(
                Locale.ROOT,
                "history: %,d histories, %,d changes, %,d packets (%,d may arrive or not, %,d repeated), "
                        + "%,d of %,d cases, %,d ms a history, seed %d%n",
                HISTORIES,
                coverage.changes(),
                coverage.packets(),
                coverage.undecided(),
                coverage.repetitions(),
                coverage.cases() - coverage.holes().size(),
                coverage.cases(),
                took.toMillis() / HISTORIES,
                SEED);
        assertThat(coverage.holes()).as("cases that were never met").isEmpty();
    }

    private Optional<History.Surprise> play(Scenario history, HistoryCoverage coverage) {
        return History.play(history, new History.Ground(testbed, History.PATIENT), coverage);
    }

    private boolean fails(Scenario history) {
        History.Ground ground = new History.Ground(testbed, History.BRIEF);
        return History.play(history, ground, new HistoryCoverage()).isPresent();
    }

    private void replay(Scenario history) {
        HistoryCoverage coverage = new HistoryCoverage();
        play(history, coverage).ifPresent(found -> fail("%s%n%s", history.text(), found.told()));
        System.out.printf(Locale.ROOT, "history: %,d packets replayed, all as the rules say%n", coverage.packets());
    }

    /** With its addresses and ports, whoever says it: such a packet is most likely to matter. */
    private static boolean isLike(Step.Say one, Step surprising) {
        return surprising instanceof Step.Say other
                && one.protocol().equals(other.protocol())
                && one.client().equals(other.client())
                && one.port() == other.port()
                && one.server().equals(other.server());
    }

    /** Fails with the smallest history that shows a surprise. */
    private void explain(Scenario history, History.Surprise surprise, int number) throws IOException {
        List<Step> until = history.steps()
                .subList(0, Math.min(surprise.index() + 1, history.steps().size()));
        Scenario alone = new Scenario(until.stream()
                .filter(step -> !(step instanceof Step.Say say) || isLike(say, surprise.step()))
                .toList());
        Scenario smallest = Shrinking.whole(fails(alone) ? alone : new Scenario(until), this::fails);
        String told = play(smallest, new HistoryCoverage()).orElse(surprise).told();
        Path target = Files.createDirectories(Path.of("target", "history"));
        Path file = target.resolve("surprise-%d.txt".formatted(SEED)).toAbsolutePath();
        Files.writeString(file, smallest.text());
        fail("""
                seed %d, history %d
                %s
                %s
                at first: %s
                again: ./linkspan test -pl server -am -Dtest=HistoryOnWireTest -Dsurefire.failIfNoSpecifiedTests=false -Dlinkspan.replay=%s
                """.formatted(SEED, number, smallest.text(), told, surprise.told(), file));
    }
}
