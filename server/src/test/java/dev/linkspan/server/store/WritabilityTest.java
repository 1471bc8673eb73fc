package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import org.junit.jupiter.api.Test;

class WritabilityTest {

    private static final Refusal FULL = new Refusal(RefusalCode.UNAVAILABLE, "the disk is full");

    private final Writability writability = new Writability();

    @Test
    void while_all_goes_well_nothing_is_tried() {
        assertThat(writability.failure(() -> fail("not needed"))).isEmpty();
    }

    @Test
    void a_change_that_is_refused_for_its_own_sake_is_no_trouble() {
        writability.note(Refusal.badValue("IpRange", "x", "a range is expected"));
        assertThat(writability.failure(() -> fail("not needed"))).isEmpty();
    }

    @Test
    void after_a_failure_it_tries_until_that_succeeds() {
        writability.note(FULL);
        for (int i = 0; i < 2; i++) {
            assertThat(writability.failure(() -> {
                        throw FULL;
                    }))
                    .contains("the disk is full");
        }
        assertThat(writability.failure(() -> {})).isEmpty();
        assertThat(writability.failure(() -> fail("not needed any more"))).isEmpty();
    }
}
