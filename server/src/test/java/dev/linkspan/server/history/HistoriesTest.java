package dev.linkspan.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.server.reachability.Scenario;
import org.junit.jupiter.api.Test;

@Slow
class HistoriesTest {

    private static final int HISTORIES = 300;

    /** By the reference alone: a case that no history leads to would be a dead one. */
    @Test
    void histories_lead_to_every_case_and_hardly_a_change_is_refused() {
        HistoryCoverage coverage = new HistoryCoverage();
        for (long seed = 0; seed < HISTORIES; seed++) {
            assertThat(History.rehearse(Histories.history(seed), coverage)).isEmpty();
        }
        System.out.println(coverage.text());
        assertThat(coverage.holes()).isEmpty();
        assertThat(coverage.packets()).isGreaterThan(HISTORIES * 1_000L);
        assertThat(coverage.changes()).isGreaterThan(HISTORIES * 40L);
        assertThat(coverage.refused()).isLessThan(coverage.changes() / 10);
    }

    @Test
    void the_same_seed_draws_the_same_history() {
        Scenario history = Histories.history(7);

        assertThat(history).isEqualTo(Histories.history(7)).isNotEqualTo(Histories.history(8));
        assertThat(Scenario.parse(history.text())).isEqualTo(history);
    }
}
