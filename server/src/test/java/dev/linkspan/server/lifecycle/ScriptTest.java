package dev.linkspan.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {

    @Test
    void its_text_is_a_line_for_each_step() {
        Script script = new Script(
                false,
                true,
                List.of(
                        new Step.CreateNet("n0", "10.0.0.0/16", "ann", "west"),
                        new Step.WaitUntil("p0", Step.Moment.EXPIRY, -1),
                        new Step.AcceptNetPeering("p0", "bob", "west", true),
                        Step.ReadNetPeerings.ofId("cyd", "east", "p0"),
                        new Step.Sweep()));
        assertThat(script.text()).isEqualTo("""
                Settings overlappingPeers=true
                CreateNet net=n0 range=10.0.0.0/16 by=ann in=west
                WaitUntil peering=p0 moment=EXPIRY millis=-1
                AcceptNetPeering peering=p0 by=bob in=west dryRun=true
                ReadNetPeerings by=cyd in=east peerings=p0
                Sweep
                """);
    }

    @Test
    void what_was_written_is_read_again() {
        for (long seed = 0; seed < 100; seed++) {
            Script script = Generator.script(seed);
            assertThat(Script.parse(script.text())).isEqualTo(script);
        }
    }

    @Test
    void what_is_no_step_is_refused() {
        assertThatThrownBy(() -> Script.parse("Settings\nAcceptEverything by=ann"))
                .hasMessage("no step is called AcceptEverything");
        assertThatThrownBy(() -> Script.parse("Settings\nSetQuota account=ann limit=NONE"))
                .hasMessageContaining("NONE");
    }
}
