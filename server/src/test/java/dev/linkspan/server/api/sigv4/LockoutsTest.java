package dev.linkspan.server.api.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccessKeyId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@Rule("A3")
class LockoutsTest {

    private static final AccessKeyId KEY = new AccessKeyId("KEY");
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final Lockouts<AccessKeyId> lockouts = new Lockouts<>();

    private void fail(int times, Instant at) {
        for (int i = 0; i < times; i++) {
            lockouts.failed(KEY, at);
        }
    }

    @Test
    void three_failures_do_not_lock() {
        fail(3, START);
        assertThat(lockouts.locked(KEY, START)).isFalse();
    }

    @Test
    void four_failures_in_a_row_lock_for_one_minute() {
        fail(4, START);
        assertThat(lockouts.locked(KEY, START.plusSeconds(59))).isTrue();
        assertThat(lockouts.locked(KEY, START.plusSeconds(60))).isFalse();
    }

    @Test
    void four_more_lock_for_a_minute_longer() {
        fail(8, START);
        assertThat(lockouts.locked(KEY, START.plusSeconds(119))).isTrue();
        assertThat(lockouts.locked(KEY, START.plusSeconds(120))).isFalse();
    }

    @Test
    void ten_minutes_are_the_longest() {
        fail(400, START);
        assertThat(lockouts.locked(KEY, START.plus(Duration.ofMinutes(10)).minusMillis(1)))
                .isTrue();
        assertThat(lockouts.locked(KEY, START.plus(Duration.ofMinutes(10)))).isFalse();
    }

    @Test
    void a_success_in_between_begins_anew() {
        fail(3, START);
        lockouts.succeeded(KEY);
        fail(3, START);
        assertThat(lockouts.locked(KEY, START)).isFalse();
    }

    @Test
    void other_keys_are_not_locked() {
        fail(4, START);
        assertThat(lockouts.locked(new AccessKeyId("OTHER"), START)).isFalse();
    }

    @Test
    void guessing_at_many_costs_little_to_remember_and_unlocks_none() {
        Lockouts<Integer> guessed = new Lockouts<>();
        for (int i = 0; i < 4; i++) {
            guessed.failed(-1, START);
        }
        for (int key = 0; key < 30_000; key++) {
            guessed.failed(key, START);
        }

        assertThat(guessed.remembered()).isLessThanOrEqualTo(10_000);
        assertThat(guessed.locked(-1, START)).isTrue();
    }
}
