package dev.linkspan.server.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.core.securitygroup.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

@Slow
class ScenarioTest {

    @Test
    void its_text_is_a_line_for_each_step() {
        Scenario scenario = new Scenario(List.of(
                new Step.CreateNet("n0", "10.0.0.0/16", "ann"),
                new Step.CreateVm("v0", "n0.s0", List.of("10.0.1.4", "10.0.1.5"), List.of("n0.default")),
                new Step.Allow("n0.g0", Direction.INBOUND, "icmp", 8, -1, "n1.default"),
                new Step.SetSourceDestCheck("v0", false),
                new Step.Send("v0", "", "10.1.1.4", "tcp", 22)));

        assertThat(scenario.text()).isEqualTo("""
                CreateNet net=n0 range=10.0.0.0/16 owner=ann
                CreateVm vm=v0 subnet=n0.s0 addresses=10.0.1.4,10.0.1.5 groups=n0.default
                Allow group=n0.g0 direction=INBOUND protocol=icmp from=8 to=-1 whom=n1.default
                SetSourceDestCheck nic=v0
                Send from=v0 to=10.1.1.4 protocol=tcp port=22
                """);
    }

    @Test
    void what_was_written_is_read_again() {
        for (long seed = 0; seed < 50; seed++) {
            Scenario scenario = Generator.scenario(seed);
            assertThat(Scenario.parse(scenario.text())).isEqualTo(scenario);
        }
    }
}
