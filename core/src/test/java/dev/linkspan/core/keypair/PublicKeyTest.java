package dev.linkspan.core.keypair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTest {

    @ParameterizedTest
    @EnumSource(KeypairType.class)
    void it_is_written_as_openssh_writes_it(KeypairType type) {
        PublicKey commented = PublicKeys.of(type, "ada@example.org's second");
        PublicKey bare = PublicKeys.of(type, "");

        assertThat(commented.openSsh()).isEqualTo(type.label() + " " + commented.blob() + " ada@example.org's second");
        assertThat(bare.openSsh()).isEqualTo(type.label() + " " + bare.blob());
        assertThat(KeypairType.tryParse(type.label())).contains(type);
    }

    @Test
    void its_type_is_the_one_that_the_key_names() {
        String blob = PublicKeys.of(KeypairType.RSA, "").blob();

        assertThatThrownBy(() -> new PublicKey(KeypairType.ED25519, blob, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ssh-ed25519");
        assertThat(KeypairType.tryParse("ssh-dss")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAAB3NzaC1yc2E=", "not Base64!"})
    void what_has_no_key_in_it_is_none(String blob) {
        assertThatThrownBy(() -> new PublicKey(KeypairType.RSA, blob, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nssh-rsa AAAA", "a\u0000", "\t"})
    void a_comment_is_one_line_of_text(String comment) {
        String blob = PublicKeys.of(KeypairType.RSA, "").blob();

        assertThatThrownBy(() -> new PublicKey(KeypairType.RSA, blob, comment))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
