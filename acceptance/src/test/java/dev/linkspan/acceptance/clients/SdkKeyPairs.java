package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static dev.linkspan.acceptance.clients.Sdk.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.KeyType;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** Key pairs, made and imported, and the instances that are given one. */
abstract class SdkKeyPairs extends SdkFamily {

    private static KeyPairInfo seen(String name) {
        return alice.ec2()
                .describeKeyPairs(request -> request.keyNames(name).includePublicKey(true))
                .keyPairs()
                .getFirst();
    }

    @Test
    void a_key_pair_is_made_tagged_found_and_deleted_and_both_apis_show_it() {
        CreateKeyPairResponse made = alice.ec2()
                .createKeyPair(request -> request.keyName("made")
                        .keyType(KeyType.ED25519)
                        .tagSpecifications(tagged(ResourceType.KEY_PAIR, tag("Team", "net"))));

        assertThat(made.keyMaterial()).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
        KeyPairInfo seen = seen("made");
        assertThat(seen.keyPairId()).isEqualTo(made.keyPairId());
        assertThat(seen.keyType()).isEqualTo(KeyType.ED25519);
        assertThat(seen.keyFingerprint()).isEqualTo(made.keyFingerprint());
        assertThat(seen.publicKey()).startsWith("ssh-ed25519 ").endsWith(" made");
        assertThat(seen.createTime()).isNotNull();
        assertThat(seen.tags()).containsExactly(tag("Team", "net"));
        assertThat(alice.ec2()
                        .describeKeyPairs(request -> request.filters(filter("tag:Team", "net")))
                        .keyPairs())
                .extracting(KeyPairInfo::publicKey)
                .containsOnlyNulls()
                .hasSize(1);
        assertThat(alice.oapi().ask("ReadKeypairs").list("Keypairs")).hasSize(1);
        refused(
                "InvalidKeyPair.NotFound",
                () -> bob.ec2().describeKeyPairs(request -> request.keyPairIds(made.keyPairId())));

        assertThat(alice.ec2()
                        .deleteKeyPair(request -> request.keyPairId(made.keyPairId()))
                        .returnValue())
                .isTrue();
        refused("InvalidKeyPair.NotFound", () -> seen("made"));
        alice.ec2().deleteKeyPair(request -> request.keyName("made"));
    }

    @Test
    void a_key_pair_is_imported_and_given_to_an_instance() throws NoSuchAlgorithmException {
        byte[] x509 = KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                .formatted(Base64.getMimeEncoder().encodeToString(x509));
        String subnet = alice.subnet(alice.vpc("10.96.0.0/16").vpcId(), "10.96.1.0/24");

        ImportKeyPairResponse imported = alice.ec2()
                .importKeyPair(request -> request.keyName("imported").publicKeyMaterial(SdkBytes.fromUtf8String(pem)));
        Instance instance = alice.ec2()
                .runInstances(request -> request.imageId(SdkInstances.image())
                        .minCount(1)
                        .maxCount(1)
                        .subnetId(subnet)
                        .keyName("imported"))
                .instances()
                .getFirst();

        assertThat(imported.keyFingerprint()).matches("([0-9a-f]{2}:){15}[0-9a-f]{2}");
        assertThat(instance.keyName()).isEqualTo("imported");
        assertThat(seen("imported").keyType()).isEqualTo(KeyType.RSA);
        refused(
                "InvalidKeyPair.Duplicate",
                () -> alice.ec2()
                        .importKeyPair(request ->
                                request.keyName("imported").publicKeyMaterial(SdkBytes.fromUtf8String(pem))));
        refused(
                "InvalidKey.Format",
                () -> alice.ec2()
                        .importKeyPair(request ->
                                request.keyName("other").publicKeyMaterial(SdkBytes.fromUtf8String("ssh-rsa AAAA"))));
        alice.ec2().terminateInstances(request -> request.instanceIds(instance.instanceId()));
        alice.ec2().deleteKeyPair(request -> request.keyName("imported"));
    }
}
