package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.acceptance.Repository;
import dev.linkspan.core.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** "A first peering by hand" of the README, which is a script as well. */
class FirstPeeringTest {

    private static final Path SCRIPT = Story.folder("first-peering").resolve("story.sh");

    @TempDir
    private Path scratch;

    @Test
    @DisabledIfEnvironmentVariable(named = "LINKSPAN_NETWORK", matches = "none")
    @Rule({"L2", "R2", "S2"})
    void its_lines_lead_to_a_ping() throws IOException {
        assumeTrue(Programs.found("curl").findAny().isPresent(), "there is no curl");
        Path folder = Files.createDirectories(scratch.resolve("examples").resolve("first-peering"));
        Path script = Files.copy(SCRIPT, folder.resolve("story.sh"));
        Programs.launcher(scratch);
        try (LinkspanServer server = LinkspanServer.with("--network", "netns").open()) {
            Programs programs = Programs.in(folder)
                    .with(Map.of(
                            "LINKSPAN_URL", server.url().toString(),
                            "LINKSPAN_DATA", server.data().toString()));

            Programs.Ended ended = Programs.ended(programs.begin(List.of("bash", script.toString())));

            assertThat(ended.said())
                    .contains("\"Message\":\"Active\"", "64 bytes from 10.1.1.4", "3 received, 0% packet loss");
            assertThat(ended.code()).isZero();
        }
    }

    @Test
    void the_readme_has_the_same_lines() throws IOException {
        List<String> script = Files.readAllLines(SCRIPT).stream()
                .dropWhile(line -> !line.equals("# --- Two accounts ---"))
                .filter(Predicate.not(line -> line.isBlank() || line.startsWith("# ---")))
                .toList();

        assertThat(pasted("## A first peering by hand")).isEqualTo(script);
    }

    /** The lines of a section's blocks for a shell, but for the one that starts the server, in a terminal of its own. */
    private static List<String> pasted(String heading) throws IOException {
        List<String> section = Files.readAllLines(Repository.root().resolve("README.md")).stream()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .toList();
        List<String> pasted = new ArrayList<>();
        boolean shell = false;
        for (String line : section) {
            if (line.startsWith("```")) {
                shell = line.equals("```sh");
            } else if (shell && !line.isBlank() && !line.startsWith("./linkspan serve")) {
                pasted.add(line);
            }
        }
        return pasted;
    }
}
