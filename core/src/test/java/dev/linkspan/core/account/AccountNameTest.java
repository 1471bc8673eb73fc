package dev.linkspan.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"A", "Payments", "Bob & sons, 2nd floor", "Ærø 東京", "<b>"})
    void one_line_of_text_is_a_name(String text) {
        assertThat(new AccountName(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "a\tb", "a\nb", "a\u00a0b", "a\u202eb", "a\ud800"})
    void what_looks_like_something_else_is_none(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new AccountName(text));
    }

    @Test
    void a_name_has_64_characters_at_most() {
        assertThat(new AccountName("n".repeat(64)).value()).hasSize(64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AccountName("n".repeat(65)))
                .withMessageContaining("64");
    }
}
