package dev.linkspan.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./linkspan test} judges what the modules' tests came to: the launcher beside reports that are made up. */
class TestSummaryTest {

    private static final List<String> SCRIPTS = List.of(
            "linkspan",
            "build/together",
            "build/cockpit.sh",
            "build/launch.sh",
            "build/release.sh",
            "build/summarize-tests");

    /** A Maven that passes over tests that fail, and on to the next module, only where it is told to. */
    private static final String MAVEN = """
            #!/bin/sh
            cp -r made-up/core .
            case " $* " in *' -Dmaven.test.failure.ignore=true '*) cp -r made-up/server . ;; *) exit 1 ;; esac
            """;

    private record Ended(int code, List<String> said) {}

    @TempDir
    private Path folder;

    @BeforeEach
    void copyScripts() throws IOException {
        for (String script : SCRIPTS) {
            Path copy = folder.resolve(script);
            Files.createDirectories(copy.getParent());
            Files.copy(Repository.root().resolve(script), copy);
        }
        Files.createDirectories(folder.resolve("target"));
    }

    @Test
    void a_test_that_fails_hides_no_module_behind_its_own_and_fails_the_run() throws Exception {
        Path maven = Files.writeString(folder.resolve("mvnw"), MAVEN);
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        report("made-up/core", "FirstTest", "1.5", "<failure/>");
        report("made-up/server", "SecondTest", "2.5", "");

        Ended run = run("linkspan", "test", "-pl", "core,server");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.said()).contains("FAILED: FirstTest.it").endsWith("1 passed, 1 failed, 0 skipped");
    }

    @Test
    void what_took_longest_is_told_longest_first() throws Exception {
        IntStream.rangeClosed(1, 20).forEach(i -> report("server", "Of%dTest".formatted(i), i + ".25", ""));
        report("core", "LongTest", "1,234.5", "");
        cockpit("e2e", "0 313\n221 passed, 0 failed, 0 skipped\n");
        cockpit("check", "skipped\n");

        Ended run = run("build/summarize-tests", "0");

        assertThat(run.code()).isZero();
        int told = run.said().indexOf("what took longest:") + 1;
        assertThat(run.said().subList(told, run.said().size()))
                .startsWith(
                        " 1234.5 s  LongTest", "  313.0 s  Cockpit.e2e", "   20.2 s  Of20Test", "   19.2 s  Of19Test")
                .hasSize(16)
                .endsWith("242 passed, 0 failed, 1 skipped");
    }

    @Test
    void what_keeps_tests_from_running_fails_the_run() throws Exception {
        report("core", "FirstTest", "1.5", "");

        Ended run = run("build/summarize-tests", "1");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.said()).contains("FAILED: the build or one of its checks, see above");
    }

    private void report(String module, String type, String seconds, String outcome) {
        String text = """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite version="3.0.2" name="dev.linkspan.made.%s" time="%s" tests="1">
                  <testcase name="it" classname="dev.linkspan.made.%s" time="0.1">%s</testcase>
                </testsuite>
                """.formatted(type, seconds, type, outcome);
        write(module + "/target/surefire-reports/TEST-dev.linkspan.made." + type + ".xml", text);
    }

    private void cockpit(String run, String said) {
        write("target/cockpit-tests/" + run, said);
    }

    private void write(String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Ended run(String script, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(folder.resolve(script).toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
        // Of its own, and not of the run that this test is part of.
        builder.environment().keySet().removeAll(List.of("LINKSPAN_TOGETHER", "LINKSPAN_ROOTLESS", "CI"));
        builder.environment().putAll(Map.of("LINKSPAN_NO_BUILD", "1", "LINKSPAN_NETWORK", "none"));
        Process process = builder.start();
        List<String> said = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        return new Ended(process.waitFor(), said);
    }
}
