package dev.linkspan.acceptance.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keypairs by the OUTSCALE API, whose description judges every answer. */
class KeypairTest {

    @RegisterExtension
    static final LinkspanServer SERVER = LinkspanServer.with();

    private final Account account = SERVER.account();

    private static String publicKey() throws GeneralSecurityException {
        byte[] x509 = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        return Base64.getEncoder().encodeToString(x509);
    }

    private Answer named(String name) {
        return account.ask("ReadKeypairs", "Filters", Json.object("KeypairNames", List.of(name)));
    }

    @Test
    void a_keypair_is_made_read_given_to_a_vm_and_deleted() {
        Answer made = account.ask("CreateKeypair", "KeypairName", "made");

        assertThat(made.text("Keypair", "PrivateKey")).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(named("made").list("Keypairs").getFirst().path("KeypairFingerprint"))
                .isEqualTo(made.at("Keypair", "KeypairFingerprint"));
        String subnet = account.subnet(account.net("10.0.0.0/16"), "10.0.1.0/24");
        assertThat(account.ask("CreateVms", "ImageId", account.image(), "SubnetId", subnet, "KeypairName", "made")
                        .list("Vms")
                        .getFirst()
                        .path("KeypairName")
                        .asString())
                .isEqualTo("made");
        account.ask("DeleteKeypair", "KeypairId", made.text("Keypair", "KeypairId"));
        assertThat(named("made").list("Keypairs")).isEmpty();
    }

    @Test
    void a_keypair_is_imported_under_a_name_that_is_free() throws GeneralSecurityException {
        Answer imported = account.ask("CreateKeypair", "KeypairName", "imported", "PublicKey", publicKey());

        assertThat(imported.text("Keypair", "KeypairType")).isEqualTo("ssh-ed25519");
        assertThat(imported.at("Keypair").has("PrivateKey")).isFalse();
        Answer again = account.call("CreateKeypair", "KeypairName", "imported", "PublicKey", publicKey());
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.errorCode()).isEqualTo("9029");
        assertThat(account.call("CreateKeypair", "KeypairName", "other", "PublicKey", "AAAA")
                        .errorCode())
                .isEqualTo("4047");
        assertThat(account.call("DeleteKeypair", "KeypairName", "other").errorCode())
                .isEqualTo("5071");
    }
}
