package dev.linkspan.acceptance.packets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

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
        PlayedDemo demo = PlayedDemo.in(scratch, List.of("--mount"), ALONE);

        assertThat(demo.steps()).hasSizeGreaterThanOrEqualTo(15).allSatisfy(step -> {
            assertThat(step.propertyNames()).containsExactly("step", "expected", "observed", "ok");
            assertThat(step.path("ok").asBoolean()).as("%s", step).isTrue();
        });
        demo.demandNothingLeft();
    }
}
