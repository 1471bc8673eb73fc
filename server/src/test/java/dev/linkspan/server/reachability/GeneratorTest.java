package dev.linkspan.server.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.core.id.VmId;
import dev.linkspan.server.network.LiveFlow;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.ProbeResult;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

@Slow
class GeneratorTest {

    private static final int SCENARIOS = 300;

    /** Packets fare as expected, and connections are not made. */
    private static final class Agreeing implements Carrier {
        @Override
        public void settle(Set<VmId> passingOn) {}

        @Override
        public Map<Probe, ProbeResult> surprises(Map<Probe, ProbeResult> expected) {
            return Map.of();
        }

        @Override
        public Optional<LiveFlow> connect(Probe.Tcp first, VmId to) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    /** By the analysis alone: a case that no scenario leads to would be a dead one. */
    @Test
    void scenarios_lead_to_every_case_and_hardly_a_step_is_refused() {
        Coverage coverage = new Coverage();
        long steps = 0;
        for (long seed = 0; seed < SCENARIOS; seed++) {
            Scenario scenario = Generator.scenario(seed);
            steps += scenario.steps().size();
            assertThat(Trial.of(scenario, _ -> new Agreeing(), coverage)).isEmpty();
        }
        assertThat(coverage.holes())
                .allMatch(hole -> hole.startsWith("tcp: ") && hole.matches(".*(goes|cut|revived).*"));
        assertThat(coverage.refused()).isLessThan(steps / 50);
    }

    @Test
    void the_same_seed_draws_the_same_scenario() {
        assertThat(Generator.scenario(7)).isEqualTo(Generator.scenario(7)).isNotEqualTo(Generator.scenario(8));
    }
}
