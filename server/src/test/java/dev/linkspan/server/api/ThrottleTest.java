package dev.linkspan.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final AtomicLong time = new AtomicLong(42);
    private final Throttle throttle = new Throttle("account", 5, time::get);

    private int admitted(String whose, int calls) {
        int admitted = 0;
        for (int i = 0; i < calls; i++) {
            Refusal refused = catchThrowableOfType(Refusal.class, () -> throttle.count(whose));
            if (refused == null) {
                admitted++;
            } else {
                assertThat(refused.code()).isEqualTo(RefusalCode.THROTTLED);
                assertThat(refused).hasMessageContaining("5 calls a second").hasMessageContaining("account");
            }
        }
        return admitted;
    }

    @Test
    void who_was_quiet_may_make_ten_seconds_worth_at_once_and_then_so_many_a_second() {
        assertThat(admitted("loud", 200)).isEqualTo(50);

        time.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(admitted("loud", 200)).isEqualTo(5);

        time.addAndGet(Duration.ofMillis(200).toNanos());
        assertThat(admitted("loud", 200)).isEqualTo(1);
    }

    @Test
    void calls_that_were_refused_cost_nothing_and_waiting_earns_no_more_than_the_most() {
        admitted("loud", 1_000);
        time.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(admitted("loud", 200)).isEqualTo(50);
    }

    @Test
    void others_are_not_concerned() {
        admitted("loud", 200);

        assertThat(admitted("quiet", 10)).isEqualTo(10);
    }

    @Test
    void none_is_no_limit() {
        Throttle off = new Throttle("account", 0, time::get);

        assertThatCode(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        off.count("anybody");
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void whoever_is_throttled_is_as_known_as_before_and_asking_that_is_no_call() {
        Authenticator everybodys = new Authenticator() {
            @Override
            public Caller authenticate(ApiRequest request) {
                throw new AssertionError("nobody authenticates here");
            }

            @Override
            public boolean knows(ApiRequest head) {
                return head.path().equals("/known");
            }
        };
        Throttle addresses = new Throttle("address", 5, time::get);
        Authenticator throttled = new ThrottledAuthenticator(everybodys, addresses, throttle);

        for (int i = 0; i < 200; i++) {
            assertThat(throttled.knows(head("/known"))).isTrue();
        }
        assertThat(throttled.knows(head("/unknown"))).isFalse();
        assertThatCode(() -> addresses.count("here")).doesNotThrowAnyException();
    }

    private static ApiRequest head(String path) {
        return new ApiRequest("r", "POST", path, "", Headers.of(Map.of()), new byte[0], false, "here");
    }
}
