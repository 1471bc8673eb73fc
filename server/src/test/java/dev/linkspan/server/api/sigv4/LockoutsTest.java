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
    private static final String HERE = "192.0.2.7";
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final Lockouts<AccessKeyId> lockouts = new Lockouts<>();

    private void fail(int times, Instant at) {
        for (int i = 0; i < times; i++) {
            lockouts.failed(KEY, HERE, at);
        }
    }

    @Test
    void three_failures_do_not_lock() {
        fail(3, START);
        assertThat(lockouts.locked(KEY, HERE, START)).isFalse();
    }

    @Test
    void four_failures_in_a_row_lock_for_one_minute() {
        fail(4, START);
        assertThat(lockouts.locked(KEY, HERE, START.plusSeconds(59))).isTrue();
        assertThat(lockouts.locked(KEY, HERE, START.plusSeconds(60))).isFalse();
    }

    @Test
    void four_more_lock_for_a_minute_longer() {
        fail(8, START);
        assertThat(lockouts.locked(KEY, HERE, START.plusSeconds(119))).isTrue();
        assertThat(lockouts.locked(KEY, HERE, START.plusSeconds(120))).isFalse();
    }

    @Test
    void ten_minutes_are_the_longest() {
        fail(400, START);
        assertThat(lockouts.locked(KEY, HERE, START.plus(Duration.ofMinutes(10)).minusMillis(1)))
                .isTrue();
        assertThat(lockouts.locked(KEY, HERE, START.plus(Duration.ofMinutes(10))))
                .isFalse();
    }

    @Test
    void a_success_in_between_begins_anew() {
        fail(3, START);
        lockouts.succeeded(KEY, HERE);
        fail(3, START);
        assertThat(lockouts.locked(KEY, HERE, START)).isFalse();
    }

    @Test
    void other_keys_are_not_locked() {
        fail(4, START);
        assertThat(lockouts.locked(new AccessKeyId("OTHER"), HERE, START)).isFalse();
    }

    @Test
    void guessing_at_many_costs_little_to_remember_and_unlocks_none() {
        Lockouts<Integer> guessed = new Lockouts<>();
        for (int i = 0; i < 4; i++) {
            guessed.failed(-1, HERE, START);
        }
        for (int key = 0; key < 30_000; key++) {
            guessed.failed(key, HERE, START);
        }

        assertThat(guessed.remembered()).isLessThanOrEqualTo(10_000);
        assertThat(guessed.locked(-1, HERE, START)).isTrue();
    }

    @Test
    void whoever_is_elsewhere_is_not_locked_out() {
        fail(4, START);
        assertThat(lockouts.locked(KEY, "192.0.2.8", START)).isFalse();
    }

    @Test
    void the_right_one_from_elsewhere_does_not_unlock_here() {
        fail(4, START);
        lockouts.succeeded(KEY, "192.0.2.8");
        assertThat(lockouts.locked(KEY, HERE, START)).isTrue();
    }

    @Test
    void an_ipv6_client_is_its_network_of_64_bits() {
        for (int host = 1; host <= 4; host++) {
            lockouts.failed(KEY, "2001:db8:0:1::" + host, START);
        }
        assertThat(lockouts.locked(KEY, "2001:db8:0:1:ffff::9", START)).isTrue();
        assertThat(lockouts.locked(KEY, "2001:db8:0:2::1", START)).isFalse();
    }

    @Test
    void an_ipv4_client_is_the_same_one_however_it_is_written() {
        fail(4, START);
        assertThat(lockouts.locked(KEY, "::ffff:192.0.2.7", START)).isTrue();
    }

    @Test
    void more_places_than_can_be_remembered_cost_no_more() {
        for (int i = 0; i < 3 * Lockouts.MOST_REMEMBERED; i++) {
            String peer = "10.%d.%d.1".formatted(i / 250, i % 250);
            for (int j = 0; j < 4; j++) {
                lockouts.failed(KEY, peer, START);
            }
        }
        assertThat(lockouts.remembered()).isLessThanOrEqualTo(Lockouts.MOST_REMEMBERED);
    }
}
