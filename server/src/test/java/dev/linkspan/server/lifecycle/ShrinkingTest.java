package dev.linkspan.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.server.lifecycle.ModelPeering.State;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@Slow
class ShrinkingTest {

    /** Stands for a bug: somebody may accept, but time is up. */
    private static boolean acceptsTooLate(Script script) {
        Model model = new Model(script, Instant.EPOCH);
        for (Step step : script.steps()) {
            if (step instanceof Step.AcceptNetPeering accept && isTooLate(accept, model.world())) {
                return true;
            }
            model.answer(step, "a request");
        }
        return false;
    }

    private static boolean isTooLate(Step.AcceptNetPeering accept, ModelWorld world) {
        Optional<ModelPeering> asked = world.visible(accept.peering(), accept.by(), accept.in());
        return asked.filter(it -> it.accepter.owner.equals(accept.by()) && it.stateAt(world.now()) == State.EXPIRED)
                .isPresent();
    }

    @Test
    void what_is_left_is_all_that_it_takes() {
        LongStream.range(0, 10)
                .mapToObj(Generator::script)
                .filter(ShrinkingTest::acceptsTooLate)
                .map(script -> Shrinking.of(script, ShrinkingTest::acceptsTooLate))
                .forEach(smallest -> {
                    assertThat(acceptsTooLate(smallest)).isTrue();
                    assertThat(smallest.requiresVm()).isFalse();
                    assertThat(smallest.overlappingPeers()).isTrue();
                    assertThat(smallest.steps().stream()
                                    .map(step -> step.getClass().getSimpleName()))
                            .containsExactly(
                                    "CreateNet", "CreateNet", "CreateNetPeering", "WaitUntil", "AcceptNetPeering");
                    assertThat(smallest.text()).contains("moment=EXPIRY\n").doesNotContain("dryRun");
                });
        assertThat(LongStream.range(0, 10).mapToObj(Generator::script)).anyMatch(ShrinkingTest::acceptsTooLate);
    }

    @Test
    void a_script_of_which_all_is_needed_stays() {
        Script script = Generator.script(3);
        assertThat(Shrinking.of(script, script::equals)).isEqualTo(script);
    }
}
