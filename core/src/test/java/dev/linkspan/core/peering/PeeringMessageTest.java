package dev.linkspan.core.peering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeeringMessageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"Hello", "Two\nlines", "<script>", "naïve 東京", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
            })
    void plain_text_is_a_message(String text) {
        assertThat(new PeeringMessage(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "a\u0000b", "a\tb", "a\rb", "a\u202eb", "a\ud800"})
    void what_changes_how_text_looks_is_none(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PeeringMessage(text));
    }

    @Test
    void a_message_has_500_characters_at_most() {
        assertThat(new PeeringMessage("m".repeat(500)).value()).hasSize(500);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PeeringMessage("m".repeat(501)))
                .withMessageContaining("500");
    }
}
