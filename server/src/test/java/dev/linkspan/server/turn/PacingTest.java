package dev.linkspan.server.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacingTest {

    private long now = Long.MAX_VALUE - 1_000;

    private final RecentActivity activity = new RecentActivity(() -> now);
    private final Pacing pacing = new Pacing(activity, () -> now);

    private void pass(long milliseconds) {
        now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    private void takes(String whose, long milliseconds) {
        pass(milliseconds);
        pacing.took(whose, TimeUnit.MILLISECONDS.toNanos(milliseconds));
    }

    private Duration left(String whose) {
        return Duration.ofNanos(pacing.left(whose));
    }

    @Test
    void whoever_is_alone_never_pauses() {
        pacing.seen("alice");
        takes("alice", 5_000);
        pacing.seen("alice");
        takes("alice", 5_000);

        assertThat(pacing.isPausing("alice")).isFalse();
    }

    @Test
    void beside_others_whoever_takes_long_pauses_three_times_as_long() {
        pacing.seen("bob");
        pacing.seen("alice");
        takes("alice", 120);

        assertThat(left("alice")).isEqualTo(Duration.ofMillis(300));
        assertThat(pacing.isPausing("bob")).isFalse();
        pass(300);
        assertThat(pacing.isPausing("alice")).isFalse();
    }

    @Test
    void what_everybody_does_costs_no_pause() {
        pacing.seen("bob");
        pacing.seen("alice");
        takes("alice", 20);

        assertThat(pacing.isPausing("alice")).isFalse();
    }

    @Test
    void no_pause_is_longer_than_two_seconds() {
        pacing.seen("bob");
        pacing.seen("alice");
        takes("alice", 4_000);

        assertThat(left("alice")).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void others_who_have_asked_for_nothing_lately_are_no_company() {
        pacing.seen("bob");
        pass(4_900);
        pacing.seen("alice");
        assertThat(activity.hasOthersThan("alice")).isTrue();
        takes("alice", 200);

        assertThat(pacing.isPausing("alice")).isFalse();
    }

    @Test
    void it_makes_no_difference_how_many_others_there_are_and_how_often_one_asks() {
        pacing.seen("bob");
        pacing.seen("carol");
        pacing.seen("alice");
        pacing.seen("alice");

        assertThat(List.of("alice", "bob", "carol", "dave")).allMatch(activity::hasOthersThan);
    }

    @Test
    void nobody_is_kept_waiting_by_its_own_work_or_pause() {
        pacing.seen("bob");
        pacing.seen("alice");
        long since = now;
        takes("alice", 120);
        pass(200);
        assertThat(pacing.keptWaiting("alice", since)).isZero();
        assertThat(pacing.keptWaiting("bob", since))
                .isEqualTo(Duration.ofMillis(320).toNanos());

        pass(110);
        assertThat(pacing.keptWaiting("alice", since))
                .isEqualTo(Duration.ofMillis(10).toNanos());
    }

    @Test
    void the_first_of_several_is_told() {
        pacing.seen("bob");
        pacing.seen("alice");
        takes("alice", 120);
        takes("bob", 50);

        assertThat(pacing.shortest(List.of("alice", "bob")))
                .hasValue(Duration.ofMillis(90).toNanos());
        assertThat(pacing.shortest(List.of())).isEmpty();
    }
}
