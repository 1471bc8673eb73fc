package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rule("A2")
final class SecretBoxTest {

    private final SecretBox box = new SecretBox(key(1));

    private static byte[] key(int first) {
        byte[] key = new byte[SecretBox.KEY_LENGTH];
        key[0] = (byte) first;
        return key;
    }

    @Test
    void a_sealed_secret_opens_again() {
        assertThat(box.open(box.seal("sécret", "KEY"), "KEY")).isEqualTo("sécret");
    }

    @Test
    void sealing_twice_gives_different_texts_without_the_secret() {
        String sealed = box.seal("secret", "KEY");

        assertThat(sealed).doesNotContain("secret").isNotEqualTo(box.seal("secret", "KEY"));
    }

    @Test
    void a_secret_does_not_open_for_another_name() {
        String sealed = box.seal("secret", "KEY");

        assertThatThrownBy(() -> box.open(sealed, "OTHER")).hasMessageContaining("'OTHER' cannot be read");
    }

    @Test
    void a_secret_does_not_open_with_another_key() {
        String sealed = box.seal("secret", "KEY");
        SecretBox other = new SecretBox(key(2));

        assertThatThrownBy(() -> other.open(sealed, "KEY")).hasMessageContaining("master.key");
    }

    @Test
    void what_is_sealed_for_one_purpose_opens_for_no_other() {
        String sealed = box.derived("tokens").seal("secret", "KEY");

        assertThat(box.derived("tokens").tryOpen(sealed, "KEY")).contains("secret");
        assertThat(box.derived("other").tryOpen(sealed, "KEY")).isEmpty();
        assertThat(box.tryOpen(sealed, "KEY")).isEmpty();
        assertThat(box.derived("tokens").tryOpen(box.seal("secret", "KEY"), "KEY"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAA", "not Base64"})
    void what_was_never_sealed_does_not_open(String text) {
        assertThat(box.tryOpen(text, "KEY")).isEmpty();
    }

    @Test
    void a_key_of_another_length_is_refused() {
        byte[] tooShort = new byte[16];

        assertThatThrownBy(() -> new SecretBox(tooShort)).hasMessageContaining("32 bytes");
    }
}
