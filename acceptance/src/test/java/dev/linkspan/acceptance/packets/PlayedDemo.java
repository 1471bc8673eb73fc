package dev.linkspan.acceptance.packets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * A demo that was played to its end, as JSON.
 *
 * @param steps what it told
 * @param left what was said on standard error, where a script tells what is left
 * @param temporary the folder for its temporary files
 */
record PlayedDemo(int code, List<JsonNode> steps, String left, Path temporary) {

    /**
     * Plays it.
     *
     * @param scratch an empty folder
     * @param namespaces which ones it has of its own, as options of {@code unshare}
     * @param alone the script that runs it there
     * @param options of the demo
     */
    static PlayedDemo in(Path scratch, List<String> namespaces, String alone, String... options)
            throws IOException, InterruptedException {
        Path temporary = Files.createDirectory(scratch.resolve("tmp"));
        Path told = scratch.resolve("told");
        Path left = scratch.resolve("left");
        int code = new ProcessBuilder(command(temporary, namespaces, alone, List.of(options)))
                .redirectOutput(told.toFile())
                .redirectError(left.toFile())
                .start()
                .waitFor();
        List<JsonNode> steps = Files.readAllLines(told).stream()
                .map(line -> Json.parse(line.getBytes(UTF_8)))
                .toList();
        return new PlayedDemo(code, steps, Files.readString(left), temporary);
    }

    private static List<String> command(Path temporary, List<String> namespaces, String alone, List<String> options) {
        List<String> command = new ArrayList<>(List.of("unshare", "--propagation=private"));
        command.addAll(namespaces);
        command.addAll(List.of(
                "bash",
                "-c",
                alone,
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
                "--json"));
        command.addAll(options);
        return command;
    }

    void demandNothingLeft() {
        assertThat(code).isZero();
        assertThat(left).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }
}
