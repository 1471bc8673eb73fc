package dev.linkspan.acceptance.concurrency;

import static dev.linkspan.acceptance.concurrency.HistoryBuilder.ANN;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.BACK;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.BEN;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.FAR;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.FORTH;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.LEFT;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.RIGHT;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.active;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.deleted;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.expired;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.rejectedAutomatically;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.concurrency.Outcome.Indeterminate;
import dev.linkspan.acceptance.concurrency.Outcome.Refused;
import dev.linkspan.acceptance.concurrency.Outcome.Seen;
import dev.linkspan.acceptance.concurrency.Outcome.Shown;
import dev.linkspan.acceptance.concurrency.World.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Histories that the rules explain, and very similar ones that they do not. */
class LifecycleTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Seen ACTIVE = active(FORTH, LEFT, RIGHT);

    @Test
    void of_two_opposite_requests_one_is_accepted_and_the_other_rejected_by_that() {
        HistoryBuilder crossing = new HistoryBuilder().forth(0, 10).back(0, 10).accepted(20, 40, ACTIVE);
        assertThat(crossing.isExplained()).isTrue();
        assertThat(crossing.sees(50, 60, ANN, ACTIVE, rejectedAutomatically(BACK, RIGHT, LEFT))
                        .isExplained())
                .isTrue();

        HistoryBuilder both = new HistoryBuilder().forth(0, 10).back(0, 10).accepted(20, 40, ACTIVE);
        assertThat(both.accepted(20, 40, active(BACK, RIGHT, LEFT)).isExplained())
                .isFalse();
    }

    @Test
    void an_accept_may_be_just_in_time_before_a_delete_but_not_after_it_was_seen() {
        HistoryBuilder racing = new HistoryBuilder().forth(0, 10).deleted(20, 60, ANN, FORTH);
        assertThat(racing.accepted(20, 60, ACTIVE).isExplained()).isTrue();

        HistoryBuilder seen = new HistoryBuilder()
                .forth(0, 10)
                .deleted(20, 60, ANN, FORTH)
                .sees(25, 30, BEN, deleted(FORTH, LEFT, RIGHT, ANN));
        assertThat(seen.refused(35, 60, BEN, new Call.Accept(FORTH), Refused.WRONG_STATE)
                        .isExplained())
                .isTrue();
        assertThat(seen.accepted(35, 60, ACTIVE).isExplained()).isFalse();
    }

    @Test
    void reads_do_not_go_back_in_time() {
        Seen waiting = waiting(FORTH, LEFT, RIGHT, BEN);
        HistoryBuilder forward =
                new HistoryBuilder().forth(0, 10).accepted(20, 90, ACTIVE).sees(30, 40, ANN, waiting);
        assertThat(forward.sees(50, 60, BEN, ACTIVE).isExplained()).isTrue();
        assertThat(forward.sees(70, 80, ANN, waiting).isExplained()).isFalse();
    }

    @Test
    void an_accept_may_race_with_the_expiry_but_not_come_after_it() {
        assertThat(new HistoryBuilder()
                        .forth(0, 10)
                        .advanced(20, 60, WEEK, WEEK)
                        .accepted(30, 50, ACTIVE)
                        .isExplained())
                .isTrue();
        assertThat(new HistoryBuilder()
                        .forth(0, 10)
                        .advanced(20, 30, WEEK, WEEK)
                        .accepted(40, 50, ACTIVE)
                        .isExplained())
                .isFalse();
        assertThat(new HistoryBuilder()
                        .forth(0, 10)
                        .advanced(20, 30, WEEK.minusMillis(1), WEEK.minusMillis(1))
                        .accepted(40, 50, ACTIVE)
                        .isExplained())
                .isTrue();
    }

    @Test
    void what_was_accepted_was_not_expired_before() {
        HistoryBuilder told =
                new HistoryBuilder().forth(0, 10).advanced(20, 80, WEEK, WEEK).accepted(20, 40, ACTIVE);
        assertThat(told.isExplained()).isTrue();
        assertThat(told.sees(30, 70, ANN, expired(FORTH, LEFT, RIGHT)).isExplained())
                .isFalse();
    }

    @Test
    void a_dead_peering_is_seen_for_an_hour() {
        Seen dead = deleted(FORTH, LEFT, RIGHT, ANN);
        Duration hour = Duration.ofHours(1);
        HistoryBuilder almost = new HistoryBuilder().forth(0, 10).deleted(20, 30, ANN, FORTH);
        almost.advanced(40, 50, hour.minusMillis(1), hour.minusMillis(1));
        assertThat(almost.sees(60, 70, ANN, dead).isExplained()).isTrue();
        assertThat(almost.sees(80, 90, ANN).isExplained()).isFalse();

        HistoryBuilder over =
                new HistoryBuilder().forth(0, 10).deleted(20, 30, ANN, FORTH).advanced(40, 50, hour, hour);
        assertThat(over.sees(60, 70, ANN).isExplained()).isTrue();
        assertThat(over.sees(80, 90, ANN, dead).isExplained()).isFalse();
    }

    @Test
    void asking_twice_makes_one_request_and_never_two() {
        assertThat(new HistoryBuilder().forth(0, 20).forth(10, 30).isExplained())
                .isTrue();

        Shown other = new Shown(waiting(BACK, LEFT, RIGHT, BEN));
        assertThat(new HistoryBuilder()
                        .forth(0, 20)
                        .add(10, 30, ANN, new Call.Create(LEFT, RIGHT), other)
                        .isExplained())
                .isFalse();
    }

    @Test
    void quotas_are_kept_whatever_is_done_at_once() {
        Seen farActive = active(BACK, FAR, LEFT);
        Shown farWaiting = new Shown(waiting(BACK, FAR, LEFT, ANN));
        for (int limit = 1; limit <= 2; limit++) {
            HistoryBuilder told = new HistoryBuilder(new Limits(limit, 25)).forth(0, 10);
            told.add(0, 10, BEN, new Call.Create(FAR, LEFT), farWaiting);
            told.accepted(20, 40, ACTIVE).accepted(20, 40, farActive);
            assertThat(told.isExplained()).isEqualTo(limit == 2);
        }
        for (int limit = 1; limit <= 2; limit++) {
            HistoryBuilder told = new HistoryBuilder(new Limits(25, limit)).back(0, 10);
            told.add(0, 10, BEN, new Call.Create(FAR, LEFT), new Shown(waiting(FORTH, FAR, LEFT, ANN)));
            assertThat(told.isExplained()).isEqualTo(limit == 2);
        }
    }

    @Test
    void a_request_whose_answer_was_lost_may_have_been_made() {
        Indeterminate lost = new Indeterminate("connection reset");
        Seen waiting = waiting(FORTH, LEFT, RIGHT, BEN);
        HistoryBuilder told = new HistoryBuilder().add(0, 1, ANN, new Call.Create(LEFT, RIGHT), lost);
        assertThat(told.sees(10, 20, BEN).isExplained()).isTrue();
        assertThat(told.sees(30, 40, BEN, waiting).isExplained()).isTrue();
        assertThat(told.accepted(50, 60, ACTIVE).isExplained()).isTrue();
        assertThat(told.sees(70, 80, BEN, waiting).isExplained()).isFalse();
        assertThat(new HistoryBuilder().sees(10, 20, BEN, waiting).isExplained())
                .isFalse();
    }

    @Test
    void a_part_has_what_happens_between_two_nets() {
        HistoryBuilder told = new HistoryBuilder().forth(0, 10);
        Seen far = waiting(BACK, FAR, LEFT, ANN);
        told.add(0, 10, BEN, new Call.Create(FAR, LEFT), new Shown(far));
        told.advanced(20, 30, Duration.ZERO, Duration.ZERO);
        told.sees(40, 50, BEN, waiting(FORTH, LEFT, RIGHT, BEN), far);

        assertThat(told.history().byPair())
                .hasSize(2)
                .allSatisfy(part -> assertThat(part.operations())
                        .hasSize(3)
                        .last()
                        .satisfies(read ->
                                assertThat(read.operation().outcome().shown()).hasSize(1)));
    }
}
