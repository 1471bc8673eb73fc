package dev.linkspan.server.api.own;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProbeAllowanceTest {

    private static final AccountId ANN = new AccountId("100000000001");
    private static final AccountId BOB = new AccountId("100000000002");

    private final AtomicLong now = new AtomicLong(-5);
    private final ProbeAllowance allowance = new ProbeAllowance(now::get);

    private void send(AccountId account) {
        allowance.enter(account);
        allowance.leave(account);
    }

    @Test
    void an_account_sends_twenty_within_ten_seconds_and_others_are_not_concerned() {
        for (int i = 0; i < 20; i++) {
            send(ANN);
        }

        assertRefused(RefusalCode.THROTTLED, () -> send(ANN)).contains("20 probes within 10 s");
        assertThatCode(() -> send(BOB)).doesNotThrowAnyException();

        now.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertRefused(RefusalCode.THROTTLED, () -> send(ANN));
        now.addAndGet(1);
        assertThatCode(() -> send(ANN)).doesNotThrowAnyException();
    }

    @Test
    void sixteen_wait_for_an_answer_at_once_and_four_of_one_account() {
        for (int i = 0; i < 4; i++) {
            allowance.enter(ANN);
        }
        assertRefused(RefusalCode.THROTTLED, () -> allowance.enter(ANN)).contains("Too many");
        for (int i = 0; i < 12; i++) {
            allowance.enter(new AccountId("20000000000" + i / 4));
        }

        assertRefused(RefusalCode.THROTTLED, () -> allowance.enter(BOB)).contains("Too many");
        allowance.leave(ANN);
        assertThatCode(() -> allowance.enter(BOB)).doesNotThrowAnyException();
    }
}
