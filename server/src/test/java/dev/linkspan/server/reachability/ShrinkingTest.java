package dev.linkspan.server.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import org.junit.jupiter.api.Test;

@Slow
class ShrinkingTest {

    private static boolean pings(Scenario scenario) {
        return scenario.steps().stream()
                .anyMatch(step ->
                        step instanceof Step.Send send && send.protocol().equals("icmp"));
    }

    private static Step aPing(Scenario scenario) {
        return scenario.steps().stream()
                .filter(step ->
                        step instanceof Step.Send send && send.protocol().equals("icmp"))
                .findFirst()
                .orElseThrow();
    }

    /** Stands for a bug: somebody pings after a Net was made. */
    private static boolean fails(Scenario scenario) {
        return pings(scenario) && scenario.steps().getFirst() instanceof Step.CreateNet;
    }

    @Test
    void what_is_left_is_all_that_it_takes() {
        Scenario scenario = Generator.scenario(1);
        Step ping = aPing(scenario);

        Scenario smallest = Shrinking.of(scenario, ping, ShrinkingTest::fails);

        assertThat(smallest.steps()).hasSize(2).contains(ping);
        assertThat(smallest.steps().getFirst()).isInstanceOf(Step.CreateNet.class);
    }

    @Test
    void a_scenario_of_which_all_is_needed_stays() {
        Scenario scenario = Generator.scenario(3);

        assertThat(Shrinking.of(scenario, scenario.steps().getFirst(), scenario::equals))
                .isEqualTo(scenario);
    }
}
