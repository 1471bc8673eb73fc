package dev.linkspan.server.api.resource.keypair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.PublicKey;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.resource.keypair.KeyMaker.Made;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyMakerTest {

    private static final AccountId OWNER = new AccountId("123456789012");

    private final KeyMaker maker = new KeyMaker();

    private static PemObject pem(Made made) throws IOException {
        return new PemReader(new StringReader(made.privateKey())).readPemObject();
    }

    private static byte[] pkcs8(Made made) throws IOException {
        AsymmetricKeyParameter secret =
                OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(pem(made).getContent());
        return PrivateKeyInfoFactory.createPrivateKeyInfo(secret).getEncoded();
    }

    private static java.security.PublicKey x509(PublicKey key, String algorithm)
            throws IOException, GeneralSecurityException {
        byte[] blob = Base64.getDecoder().decode(key.blob());
        byte[] x509 = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(OpenSSHPublicKeyUtil.parsePublicKey(blob))
                .getEncoded();
        return KeyFactory.getInstance(algorithm).generatePublic(new java.security.spec.X509EncodedKeySpec(x509));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, RSA, SHA256withRSA, RSA PRIVATE KEY",
        "ED25519, Ed25519, Ed25519, OPENSSH PRIVATE KEY",
    })
    void what_the_private_key_signs_the_public_key_verifies(
            KeypairType type, String algorithm, String signature, String label) throws Exception {
        Made made = maker.make(OWNER, "mine", type);
        PrivateKey secret = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8(made)));

        Signature signer = Signature.getInstance(signature);
        signer.initSign(secret);
        signer.update(new byte[] {1, 2, 3});
        Signature verifier = Signature.getInstance(signature);
        verifier.initVerify(x509(made.keypair().publicKey(), algorithm));
        verifier.update(new byte[] {1, 2, 3});

        assertThat(verifier.verify(signer.sign())).isTrue();
        assertThat(pem(made).getType()).isEqualTo(label);
        assertThat(made.privateKey()).endsWith("-----\n").doesNotContain("\r");
        assertThat(made.keypair().publicKey().type()).isEqualTo(type);
        assertThat(made.keypair().publicKey().comment()).isEqualTo("mine");
    }

    @Test
    void the_digest_of_an_rsa_key_is_of_its_pkcs_8_form() throws Exception {
        Made made = maker.make(OWNER, "mine", KeypairType.RSA);
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(pkcs8(made));

        assertThat(made.keypair().privateKeyDigest())
                .contains(HexFormat.ofDelimiter(":").formatHex(digest));
        assertThat(maker.make(OWNER, "mine", KeypairType.ED25519).keypair().privateKeyDigest())
                .isEmpty();
    }

    @Test
    void no_two_are_alike_and_none_tells_its_private_key() {
        Made made = maker.make(OWNER, "mine", KeypairType.ED25519);

        assertThat(maker.make(OWNER, "mine", KeypairType.ED25519).keypair()).isNotEqualTo(made.keypair());
        assertThat(made.toString()).contains("mine").doesNotContain("PRIVATE KEY");
    }

    @Test
    void a_name_is_looked_at_first() {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> maker.make(OWNER, "", KeypairType.RSA));

        assertThat(refusal.code()).isEqualTo(RefusalCode.BAD_VALUE);
    }
}
