package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.port.Fixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes ({@link CrashingWriter}) and looks at what it left. */
@Slow
@Rule("L9")
final class CrashTest {

    private static final int ROUNDS = 4;
    private static final int MOST_LINES_BEFORE_THE_KILL = 400;

    @TempDir
    private Path temporary;

    @Test
    void nothing_acknowledged_is_lost_when_the_process_is_killed() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(runAndKill(1 + random.nextInt(MOST_LINES_BEFORE_THE_KILL)));
            assertNothingLost(acknowledged, "seed %d, round %d".formatted(seed, round));
        }
    }

    /** What the writer said, each line once the change was acknowledged; it is killed while it goes on writing. */
    private List<String> runAndKill(int lines) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        temporary.resolve("data").toString())
                .redirectError(temporary.resolve("errors").toFile())
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader output = writer.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                if (said.size() == lines) {
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.toHandle().destroyForcibly();
        }
        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).as(temporary.resolve("errors").toString()).hasSizeGreaterThanOrEqualTo(lines);
        // A kill may tear the last line.
        return said.subList(0, said.size() - 1);
    }

    private void assertNothingLost(List<String> acknowledged, String when) {
        try (DataFolder folder = DataFolder.open(temporary.resolve("data"));
                SqlStore store =
                        SqlStore.sqlite(folder, List.of(Fixture.REGION), StoreClock.of(InstantSource.system()))) {
            Fixture fixture = new Fixture(store);
            List<Event> events = fixture.read(snapshot -> snapshot.events().after(0, Integer.MAX_VALUE));
            long last = fixture.read(snapshot -> snapshot.events().lastSequence());
            List<String> written = events.stream()
                    .map(event -> event.sequence() + " " + event.fact().detail())
                    .toList();
            int accounts = fixture.read(snapshot -> snapshot.accounts().all().size());

            assertThat(written).as(when).containsAll(acknowledged);
            assertThat(events)
                    .as(when)
                    .extracting(Event::sequence)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, last).boxed().toList());
            assertThat(accounts).as("each event's own account, %s", when).isEqualTo((int) last);
        }
    }
}
