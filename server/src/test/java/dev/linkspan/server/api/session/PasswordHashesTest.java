package dev.linkspan.server.api.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.linkspan.core.Slow;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Slow
class PasswordHashesTest {

    private static final String HERE = "192.0.2.1";

    private final PasswordHashes hashes = new PasswordHashes();

    @Test
    void a_hash_is_that_of_its_password_and_of_no_other() {
        String hash = hashes.hash(HERE, "correct horse");

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
        assertThat(hashes.matches(HERE, "correct horse", hash)).isTrue();
        assertThat(hashes.matches(HERE, "correct Horse", hash)).isFalse();
        assertThat(hashes.matches(HERE, "", hash)).isFalse();
    }

    @Test
    void the_same_password_has_another_hash_each_time() {
        assertThat(hashes.hash(HERE, "correct horse")).isNotEqualTo(hashes.hash(HERE, "correct horse"));
    }

    /** From the tests of the reference implementation (phc-winner-argon2, test.c). */
    @Test
    void hashes_of_other_implementations_and_of_other_costs_are_understood() {
        String hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(hashes.matches(HERE, "password", hash)).isTrue();
        assertThat(hashes.matches(HERE, "passwort", hash)).isFalse();
    }

    @Test
    void a_letter_is_the_same_however_the_keyboard_composes_it() {
        assertThat(hashes.matches(HERE, "Kro\u0308te auf Reisen", hashes.hash(HERE, "Kr\u00f6te auf Reisen")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 257, 100_000})
    void a_password_has_8_to_256_characters_and_is_never_repeated(int length) {
        String password = "\uD83D\uDC08".repeat(length);

        Refusal refused = catchThrowableOfType(Refusal.class, () -> hashes.hash(HERE, password));

        assertThat(refused.code()).isEqualTo(RefusalCode.BAD_VALUE);
        assertThat(refused.getMessage())
                .contains("8 to 256", String.valueOf(length))
                .doesNotContain("\uD83D");
    }

    @Test
    void the_longest_password_is_whole() {
        String hash = hashes.hash(HERE, "\uD83D\uDC08".repeat(256));

        assertThat(hashes.matches(HERE, "\uD83D\uDC08".repeat(256), hash)).isTrue();
        assertThat(hashes.matches(HERE, "\uD83D\uDC08".repeat(255) + "!", hash)).isFalse();
    }

    @Test
    void where_too_many_sign_in_at_once_some_are_refused_and_the_others_served() throws Exception {
        String hash = hashes.hash(HERE, "correct horse");
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> tries = IntStream.range(0, 200)
                    .mapToObj(_ -> crowd.submit(() -> hashes.matches(HERE, "correct horse", hash)))
                    .toList();
            int served = 0;
            int refused = 0;
            for (Future<Boolean> one : tries) {
                try {
                    assertThat(one.get()).isTrue();
                    served++;
                } catch (ExecutionException failed) {
                    assertThat(failed).hasCauseInstanceOf(Refusal.class);
                    assertThat(((Refusal) failed.getCause()).code()).isEqualTo(RefusalCode.THROTTLED);
                    refused++;
                }
            }
            assertThat(served).isPositive();
            assertThat(refused).isPositive();
        }
        assertThat(hashes.matches(HERE, "correct horse", hash)).isTrue();
    }

    @Test
    void a_crowd_from_one_address_keeps_nobody_else_from_signing_in() throws Exception {
        String hash = hashes.hash(HERE, "correct horse");
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> tries = IntStream.range(0, 60)
                    .mapToObj(_ -> crowd.submit(() -> hashes.matches(HERE, "guess", hash)))
                    .toList();

            assertThat(hashes.matches("192.0.2.2", "correct horse", hash)).isTrue();
            assertThat(tries)
                    .as("the crowd has not been served before")
                    .anyMatch(one -> one.state() == Future.State.RUNNING);
        }
    }
}
