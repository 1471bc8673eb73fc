package dev.linkspan.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code build/together}, in which {@code ./linkspan test} runs: nothing of a run stays behind. */
class TogetherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void an_interrupt_ends_all_that_was_started_wherever_it_went() throws Exception {
        Path ids = folder.resolve("ids");
        String script = """
                sleep 600 & echo $! >>ids
                setsid sleep 600 & echo $! >>ids
                env -i sleep 600 & echo $! >>ids
                (trap '' TERM; exec sleep 600) & echo $! >>ids
                (setsid sleep 600 & echo $! >>ids)
                echo $TMPDIR >temporary
                wait""";
        Process run = together("bash", "-c", script);
        eventually(() -> lines(ids).size() == 5);
        eventually(() -> lines(folder.resolve("temporary")).size() == 1);

        new ProcessBuilder("kill", "-INT", Long.toString(run.pid())).start().waitFor();

        assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isEqualTo(130);
        for (String id : lines(ids)) {
            eventually(() -> ProcessHandle.of(Long.parseLong(id))
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
        }
        assertThat(Path.of(lines(folder.resolve("temporary")).getFirst())).doesNotExist();
    }

    @Test
    void what_a_command_answers_is_passed_on() throws Exception {
        assertThat(together("bash", "-c", "exit 7").waitFor()).isEqualTo(7);
    }

    @Test
    void what_tests_leave_behind_is_counted_and_fails_the_run() throws Exception {
        Path script = Repository.root().resolve("build").resolve("summarize-tests");
        String leave = "mkdir $TMPDIR/linkspan-acceptance-123 $TMPDIR/linkspan-acceptance-45; '%s' 0".formatted(script);

        Process run = together("bash", "-c", leave);
        String said = new String(run.getInputStream().readAllBytes(), UTF_8);

        assertThat(run.waitFor()).isNotZero();
        assertThat(said)
                .contains("left behind in the temporary folder: 2 linkspan-acceptance-*")
                .contains("FAILED: tests have left something behind");
    }

    private Process together(String... command) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(Repository.root().resolve("build").resolve("together").toString()));
        line.addAll(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
        // The run of the tests that this is one of is not this one's to end.
        builder.environment().remove("LINKSPAN_TOGETHER");
        return builder.start();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
