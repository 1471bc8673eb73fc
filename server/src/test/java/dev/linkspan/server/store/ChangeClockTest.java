package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.port.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@Rule({"L10", "T1"})
final class ChangeClockTest {

    private static final Instant START = TestClock.START;
    private static final Instant LATER = START.plus(Duration.ofDays(7));

    private final TestClock source = new TestClock();
    private final ChangeClock clock = new ChangeClock(source);

    @Test
    void a_read_is_not_later_than_a_change_that_it_does_not_see_yet() {
        assertThat(clock.forChange()).isEqualTo(START);
        source.set(LATER);
        assertThat(clock.forChange()).isEqualTo(LATER);

        assertThat(clock.forRead()).isEqualTo(START);

        clock.committed();
        assertThat(clock.forRead()).isEqualTo(LATER);
    }

    @Test
    void a_time_that_was_never_committed_never_was() {
        clock.notBefore(clock.forChange().plus(Duration.ofDays(7)));

        clock.undone();

        assertThat(clock.forRead()).isEqualTo(START);
    }

    @Test
    void a_change_is_not_earlier_than_a_read_or_change_before_it() {
        Instant[] now = {LATER};
        ChangeClock stepping = new ChangeClock(() -> now[0]);
        assertThat(stepping.forRead()).isEqualTo(LATER);

        now[0] = START;

        assertThat(stepping.forChange()).isEqualTo(LATER);
        stepping.committed();
        assertThat(stepping.forRead()).isEqualTo(LATER);
    }
}
