package dev.linkspan.acceptance.packets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.command.Linkspan;
import dev.linkspan.cli.leftover.RunFolder;
import dev.linkspan.core.Rule;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import tools.jackson.databind.JsonNode;

/** The demo is a promise to newcomers: each of its steps is true, and it leaves nothing behind. */
@DisabledIfEnvironmentVariable(named = "LINKSPAN_NETWORK", matches = "none")
class DemoTest {

    @Test
    @Rule({"P1", "P4", "P7", "P11", "L1", "L2", "L3", "R2", "R6", "S2", "S3", "S5"})
    void every_step_is_true_and_nothing_is_left() {
        List<RunFolder> before = RunFolder.all();
        StringWriter out = new StringWriter();

        int code = Linkspan.commandLine().setOut(new PrintWriter(out, true)).execute("demo", "--json");

        List<JsonNode> steps = out.toString()
                .lines()
                .map(line -> Json.parse(line.getBytes(UTF_8)))
                .toList();
        assertThat(steps).hasSizeGreaterThanOrEqualTo(15).allSatisfy(step -> {
            assertThat(step.propertyNames()).containsExactly("step", "expected", "observed", "ok");
            assertThat(step.path("ok").asBoolean()).as("%s", step).isTrue();
        });
        assertThat(code).isZero();
        assertThat(RunFolder.all())
                .filteredOn(folder -> folder.server().isEmpty())
                .isSubsetOf(before);
    }
}
