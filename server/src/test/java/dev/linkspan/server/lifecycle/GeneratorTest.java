package dev.linkspan.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

@Slow
class GeneratorTest {

    private static final int SCRIPTS = 400;

    /** On the model alone: a case that no script leads to would be a dead one. */
    @Test
    void scripts_lead_to_every_case() {
        Coverage coverage = new Coverage();
        Random random = new Random(1);
        for (int i = 0; i < SCRIPTS; i++) {
            play(Generator.script(random.nextLong()), coverage);
        }
        assertThat(coverage.holes()).isEmpty();
    }

    private static void play(Script script, Coverage coverage) {
        Model model = new Model(script, Instant.EPOCH);
        for (Step step : script.steps()) {
            coverage.about(step, model.world());
            coverage.answered(step, model.answer(step, "a request"));
        }
    }

    @Test
    void the_same_seed_draws_the_same_script() {
        assertThat(Generator.script(7)).isEqualTo(Generator.script(7)).isNotEqualTo(Generator.script(8));
    }

    @Test
    void what_was_never_tried_is_told() {
        assertThat(new Coverage().holes())
                .contains("accept, ACCEPTER: PENDING", "reject, expiry: +1 ms", "outstanding requests: above")
                .contains("AcceptNetPeering: 9029");
    }
}
