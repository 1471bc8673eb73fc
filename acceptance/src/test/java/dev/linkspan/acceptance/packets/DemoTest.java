package dev.linkspan.acceptance.packets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.Json;
import dev.linkspan.core.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The demo is a promise to newcomers: each of its steps is true, and it leaves nothing behind. */
@DisabledIfEnvironmentVariable(named = "LINKSPAN_NETWORK", matches = "none")
class DemoTest {

    /** Run folders of its own for the program that follows, so that what is left there at the end is what that left. */
    private static final String ALONE = """
            mkdir -p /run/linkspan && mount -t tmpfs tmpfs /run/linkspan || exit
            "$@"
            code=$?
            ls -A /run/linkspan >&2
            exit $code""";

    @TempDir
    private Path scratch;

    @Test
    @Rule({"P1", "P4", "P7", "P11", "L1", "L2", "L3", "R2", "R6", "S2", "S3", "S5"})
    void every_step_is_true_and_nothing_is_left() throws Exception {
        Path temporary = Files.createDirectory(scratch.resolve("tmp"));
        Path told = scratch.resolve("told");
        Path left = scratch.resolve("left");

        int code = new ProcessBuilder(demo(temporary))
                .redirectOutput(told.toFile())
                .redirectError(left.toFile())
                .start()
                .waitFor();

        List<JsonNode> steps = Files.readAllLines(told).stream()
                .map(line -> Json.parse(line.getBytes(UTF_8)))
                .toList();
        assertThat(steps).hasSizeGreaterThanOrEqualTo(15).allSatisfy(step -> {
            assertThat(step.propertyNames()).containsExactly("step", "expected", "observed", "ok");
            assertThat(step.path("ok").asBoolean()).as("%s", step).isTrue();
        });
        assertThat(code).isZero();
        assertThat(left).isEmptyFile();
        assertThat(temporary).isEmptyDirectory();
    }

    private static List<String> demo(Path temporary) {
        return List.of(
                "unshare",
                "--mount",
                "--propagation=private",
                "sh",
                "-c",
                ALONE,
                "demo",
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                        .toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                "dev.linkspan.cli.Main",
                "demo",
                "--json");
    }
}
