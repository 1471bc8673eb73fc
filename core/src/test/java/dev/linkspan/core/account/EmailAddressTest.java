package dev.linkspan.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @Test
    void the_case_of_letters_makes_no_difference() {
        assertThat(EmailAddress.parse("Ada@Example.ORG")).isEqualTo(EmailAddress.parse("ada@example.org"));
        assertThat(EmailAddress.parse("Ada@Example.ORG")).hasToString("ada@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "@example.org", "ada@", "a@b@c", "a b@c", " a@b", "a@b\n", "a\u0000@b"})
    void other_texts_are_no_addresses(String text) {
        assertThat(EmailAddress.tryParse(text)).isEmpty();
    }

    @Test
    void an_address_has_254_characters_at_most() {
        assertThat(EmailAddress.tryParse("a".repeat(252) + "@b")).isPresent();
        assertThat(EmailAddress.tryParse("a".repeat(253) + "@b")).isEmpty();
    }
}
