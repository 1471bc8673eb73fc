package dev.linkspan.server.api.resource.keypair;

import static dev.linkspan.server.api.resource.keypair.KeyFiles.base64;
import static dev.linkspan.server.api.resource.keypair.KeyFiles.encoded;
import static dev.linkspan.server.api.resource.keypair.KeyFiles.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.PublicKey;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTextTest {

    private static final String OPENSSH = text("rsa.pub").strip();

    private static PublicKey read(String base64) {
        return PublicKeyText.read("PublicKey", base64);
    }

    private static String refused(String base64) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> read(base64));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(RefusalCode.PUBLIC_KEY_FORMAT);
        return refusal.getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.pub, RSA",
        "ed25519.pub, ED25519",
        "ecdsa256.pub, ECDSA_256",
        "ecdsa384.pub, ECDSA_384",
        "ecdsa521.pub, ECDSA_521",
    })
    void a_line_of_openssh_comes_back_as_it_was(String file, KeypairType type) {
        PublicKey key = read(base64(file));

        assertThat(key.type()).isEqualTo(type);
        assertThat(key.openSsh()).isEqualTo(text(file).strip());
        assertThat(key.comment()).isEqualTo("ada@example.org");
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.rfc4716, rsa.pub, ada@example.org",
        "rsa.pkcs1.pem, rsa.pub, ''",
        "rsa.x509.pem, rsa.pub, ''",
        "ed25519.rfc4716, ed25519.pub, ada@example.org",
        "ed25519.x509.pem, ed25519.pub, ''",
        "ecdsa256.x509.pem, ecdsa256.pub, ''",
        "ecdsa384.x509.pem, ecdsa384.pub, ''",
        "ecdsa521.x509.pem, ecdsa521.pub, ''",
    })
    void every_format_gives_the_same_key(String file, String same, String comment) {
        PublicKey expected = read(base64(same));

        assertThat(read(base64(file))).isEqualTo(new PublicKey(expected.type(), expected.blob(), comment));
        assertThat(read(encoded(text(file).replace("\n", "\r\n"))).blob()).isEqualTo(expected.blob());
    }

    @Test
    void x509_may_have_no_frame_and_may_have_been_encoded_once_more() {
        String inside = text("rsa.x509.pem").replaceAll("-----.*-----", "");

        assertThat(read(inside).blob()).isEqualTo(read(encoded(OPENSSH)).blob());
        assertThat(read(encoded(inside)).blob()).isEqualTo(read(inside).blob());
    }

    @Test
    void a_comment_may_be_long_or_absent_and_base64_may_be_broken_into_lines() {
        String bare = OPENSSH.substring(0, OPENSSH.lastIndexOf(' '));
        assertThat(read(encoded(bare + "\n")).openSsh()).isEqualTo(bare);
        assertThat(read(encoded(bare + "   two  words é ")).comment()).isEqualTo("two  words é");
        assertThat(read(base64("rsa.pub").replaceAll("(.{76})", "$1\r\n")).openSsh())
                .isEqualTo(OPENSSH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "ssh-rsa",
                "ssh-rsa AAAA",
                "ssh-rsa AAAAB3NzaC1yc2E= ada",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBlp6PhU ada",
                "---- BEGIN SSH2 PUBLIC KEY ----\n---- END SSH2 PUBLIC KEY ----",
                "-----BEGIN PUBLIC KEY-----\nnot base64!\n-----END PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
            })
    void what_is_no_key_is_refused(String text) {
        assertThat(refused(encoded(text))).startsWith("The PublicKey is not a public key that can be used: ");
    }

    @Test
    void what_is_refused_is_told_why() {
        assertThat(refused(OPENSSH)).contains("not Base64");
        assertThat(refused(encoded("no-pty " + OPENSSH))).contains("without options");
        assertThat(refused(encoded(OPENSSH + "\n" + OPENSSH))).contains("one line");
        assertThat(refused(encoded(OPENSSH.replace("ssh-rsa ", "ssh-ed25519 "))))
                .contains("says 'ssh-ed25519'", "type ssh-rsa");
        assertThat(refused(encoded(OPENSSH + " \u0000"))).contains("cannot be seen");
        assertThat(refused(base64("dsa.x509.pem"))).contains("'ssh-dss'", "ssh-ed25519");
        assertThat(refused("A".repeat(PublicKeyText.LONGEST + 4))).contains("16388", "16384");
    }

    @Test
    void a_private_key_is_refused_and_not_repeated() {
        String secret = new KeyMaker()
                .make(new AccountId("123456789012"), "mine", KeypairType.ED25519)
                .privateKey();

        assertThat(refused(encoded(secret)))
                .contains("'OPENSSH PRIVATE KEY'", "'PUBLIC KEY'")
                .doesNotContain(secret.lines().skip(1).findFirst().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(ints = {1016, 1024, 2048})
    void a_key_of_rsa_has_at_least_1024_bits(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        String x509 = Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());

        if (bits < 1024) {
            assertThat(refused(x509)).contains("1024 to 8192");
        } else {
            assertThat(read(x509).type()).isEqualTo(KeypairType.RSA);
        }
    }

    /** Whatever else happens is a bug of the reader's. */
    @Test
    void bytes_that_are_wrong_somewhere_are_refused_or_another_key() {
        Random random = new Random(7);
        for (String file : new String[] {"rsa.pub", "ecdsa256.pub", "rsa.x509.pem", "rsa.pkcs1.pem", "rsa.rfc4716"}) {
            for (int i = 0; i < 300; i++) {
                StringBuilder text = new StringBuilder(text(file));
                text.setCharAt(random.nextInt(text.length()), (char) (random.nextInt(95) + ' '));
                Refusal refusal = catchThrowableOfType(Refusal.class, () -> read(encoded(text.toString())));
                assertThat(refusal == null || refusal.code() == RefusalCode.PUBLIC_KEY_FORMAT)
                        .as(text.toString())
                        .isTrue();
            }
        }
    }
}
