package dev.linkspan.server.api.resource.keypair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.vm.InstanceScenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPairActionsTest extends InstanceScenario {

    private static final String ITEM = "/DescribeKeyPairsResponse/keySet/item";

    private String imported(String name, String file) {
        return client.done("ImportKeyPair", "KeyName", name, "PublicKeyMaterial", KeyFiles.base64(file))
                .text("/ImportKeyPairResponse/keyPairId");
    }

    private List<String> described(String... parameters) {
        return client.done("DescribeKeyPairs", parameters).texts(ITEM + "/keyName");
    }

    private List<Keypair> stored() {
        return fixture.read(snapshot -> snapshot.keypairs().ofOwner(owner));
    }

    @Test
    void an_imported_key_pair_is_answered_and_described_with_every_field() {
        Answer answer = client.done(
                "ImportKeyPair",
                "KeyName",
                "mine",
                "PublicKeyMaterial",
                KeyFiles.base64("rsa.pub"),
                "TagSpecification.1.ResourceType",
                "key-pair",
                "TagSpecification.1.Tag.1.Key",
                "team",
                "TagSpecification.1.Tag.1.Value",
                "net");
        Keypair kept = stored().getFirst();

        assertThat(answer.text("/ImportKeyPairResponse/keyPairId"))
                .isEqualTo(kept.id().value());
        assertThat(answer.text("/ImportKeyPairResponse/keyName")).isEqualTo("mine");
        assertThat(answer.text("/ImportKeyPairResponse/keyFingerprint"))
                .isEqualTo("a1:3a:9c:b7:1a:1d:06:69:4f:ff:df:43:02:10:52:8f");
        assertThat(answer.text("/ImportKeyPairResponse/tagSet/item[key='team']/value"))
                .isEqualTo("net");
        assertThat(answer.texts("//keyMaterial")).isEmpty();

        Answer described = client.done("DescribeKeyPairs", "IncludePublicKey", "true");
        assertThat(described.text(ITEM + "/keyPairId")).isEqualTo(kept.id().value());
        assertThat(described.text(ITEM + "/keyName")).isEqualTo("mine");
        assertThat(described.text(ITEM + "/keyType")).isEqualTo("rsa");
        assertThat(described.text(ITEM + "/keyFingerprint"))
                .isEqualTo(answer.text("/ImportKeyPairResponse/keyFingerprint"));
        assertThat(described.text(ITEM + "/publicKey"))
                .isEqualTo(KeyFiles.text("rsa.pub").strip());
        assertThat(described.text(ITEM + "/createTime")).matches("20..-..-..T..:..:..\\....Z");
        assertThat(described.text(ITEM + "/tagSet/item[key='team']/value")).isEqualTo("net");
        assertThat(client.done("DescribeKeyPairs").texts("//publicKey")).isEmpty();
        assertThat(client.done("DescribeTags").text("//tagSet/item/resourceType"))
                .isEqualTo("key-pair");
    }

    @ParameterizedTest
    @CsvSource({
        "rsa, -----BEGIN RSA PRIVATE KEY-----, '([0-9a-f]{2}:){19}[0-9a-f]{2}', ssh-rsa",
        "ed25519, -----BEGIN OPENSSH PRIVATE KEY-----, '[A-Za-z0-9+/]{43}=', ssh-ed25519",
    })
    void a_made_key_pair_is_answered_with_its_private_key_and_never_again(
            String type, String begins, String fingerprint, String ssh) {
        Answer answer = client.done("CreateKeyPair", "KeyName", "mine", "KeyType", type, "KeyFormat", "pem");

        assertThat(answer.text("/CreateKeyPairResponse/keyMaterial")).startsWith(begins + "\n");
        assertThat(answer.text("/CreateKeyPairResponse/keyFingerprint")).matches(fingerprint);
        assertThat(answer.text("/CreateKeyPairResponse/keyName")).isEqualTo("mine");
        Answer described = client.done("DescribeKeyPairs", "IncludePublicKey", "true");
        assertThat(described.text(ITEM + "/keyFingerprint"))
                .isEqualTo(answer.text("/CreateKeyPairResponse/keyFingerprint"));
        assertThat(described.text(ITEM + "/keyPairId")).isEqualTo(answer.text("/CreateKeyPairResponse/keyPairId"));
        assertThat(described.text(ITEM + "/keyType")).isEqualTo(type);
        assertThat(described.text(ITEM + "/publicKey")).startsWith(ssh + " ").endsWith(" mine");
        assertThat(described.texts("//keyMaterial")).isEmpty();
    }

    @Test
    void keys_that_the_other_api_takes_are_shown_for_what_they_are() {
        imported("mine", "ecdsa521.pub");

        assertThat(client.done("DescribeKeyPairs").text(ITEM + "/keyType")).isEqualTo("ecdsa");
    }

    @Test
    void what_cannot_become_a_key_pair_is_refused() {
        imported("mine", "rsa.pub");
        String key = KeyFiles.base64("rsa.pub");

        assertThat(client.refused("InvalidKeyPair.Duplicate", "CreateKeyPair", "KeyName", "mine"))
                .contains("KeyName 'mine'");
        client.refused("InvalidKeyPair.Duplicate", "ImportKeyPair", "KeyName", "mine", "PublicKeyMaterial", key);
        assertThat(client.refused(
                        "InvalidKey.Format", "ImportKeyPair", "KeyName", "new", "PublicKeyMaterial", "c3NoLXJzYQ=="))
                .contains("PublicKeyMaterial");
        client.refused("MissingParameter", "ImportKeyPair", "KeyName", "new");
        client.refused("MissingParameter", "CreateKeyPair");
        client.refused("InvalidParameterValue", "CreateKeyPair", "KeyName", "x".repeat(256));
        assertThat(client.refused("InvalidParameterValue", "CreateKeyPair", "KeyName", "new", "KeyType", "dsa"))
                .contains("'dsa'", "rsa, ed25519");
        assertThat(client.refused("InvalidParameterValue", "CreateKeyPair", "KeyName", "new", "KeyFormat", "ppk"))
                .contains("'ppk'", "pem");
        client.refused(
                "InvalidParameterValue",
                "CreateKeyPair",
                "KeyName",
                "new",
                "TagSpecification.1.ResourceType",
                "instance");
        assertThat(described()).containsExactly("mine");
    }

    @Test
    void a_dry_run_makes_none() {
        Answer answer = client.call("CreateKeyPair", "KeyName", "mine", "DryRun", "true");

        assertThat(answer.code()).isEqualTo("DryRunOperation");
        assertThat(stored()).isEmpty();
    }

    @Test
    void key_pairs_are_described_by_name_id_or_filter() {
        String one = imported("one", "rsa.pub");
        String two = imported("two*", "ed25519.pub");
        client.done("CreateTags", "ResourceId.1", two, "Tag.1.Key", "team", "Tag.1.Value", "net");

        assertThat(described()).containsExactly("one", "two*");
        assertThat(described("KeyName.1", "two*")).containsExactly("two*");
        assertThat(described("KeyPairId.1", one)).containsExactly("one");
        assertThat(described("KeyName.1", "two*", "KeyPairId.1", one)).containsExactly("one", "two*");
        assertThat(described("Filter.1.Name", "key-pair-id", "Filter.1.Value.1", two))
                .containsExactly("two*");
        assertThat(described("Filter.1.Name", "key-name", "Filter.1.Value.1", "o*"))
                .containsExactly("one");
        assertThat(described("Filter.1.Name", "fingerprint", "Filter.1.Value.1", "a1:*"))
                .containsExactly("one");
        assertThat(described("Filter.1.Name", "tag:team", "Filter.1.Value.1", "net"))
                .containsExactly("two*");
        assertThat(described("Filter.1.Name", "tag-key", "Filter.1.Value.1", "x"))
                .isEmpty();

        assertThat(client.refused("InvalidKeyPair.NotFound", "DescribeKeyPairs", "KeyName.1", "one", "KeyName.2", "x"))
                .isEqualTo("The KeyName 'x' doesn't exist.");
        client.refused("InvalidKeyPair.NotFound", "DescribeKeyPairs", "KeyPairId.1", "key-00000001");
        client.refused("InvalidKeyPair.Malformed", "DescribeKeyPairs", "KeyPairId.1", "key-x");
    }

    @Test
    void a_key_pair_is_deleted_by_its_name_or_id() {
        String one = imported("one", "rsa.pub");
        String two = imported("two", "rsa.pub");

        client.refused("MissingParameter", "DeleteKeyPair");
        client.refused("InvalidParameterCombination", "DeleteKeyPair", "KeyName", "one", "KeyPairId", two);
        Answer answer = client.done("DeleteKeyPair", "KeyName", "one");
        assertThat(answer.text("/DeleteKeyPairResponse/return")).isEqualTo("true");
        assertThat(answer.text("/DeleteKeyPairResponse/keyPairId")).isEqualTo(one);
        client.done("DeleteKeyPair", "KeyPairId", two);
        assertThat(described()).isEmpty();
    }

    @Test
    void deleting_a_name_that_nothing_has_does_nothing_and_an_id_is_not_found() {
        Answer answer = client.done("DeleteKeyPair", "KeyName", "one");

        assertThat(answer.text("/DeleteKeyPairResponse/return")).isEqualTo("true");
        assertThat(answer.texts("//keyPairId")).isEmpty();
        client.refused("InvalidKeyPair.NotFound", "DeleteKeyPair", "KeyPairId", "key-00000001");
    }

    @Test
    void an_instance_is_given_a_key_pair_that_is_there_and_keeps_its_name() {
        client.refused("InvalidKeyPair.NotFound", "RunInstances", order("KeyName", "mine"));
        imported("mine", "rsa.pub");

        assertThat(run("KeyName", "mine").text("//instancesSet/item/keyName")).isEqualTo("mine");
        client.done("DeleteKeyPair", "KeyName", "mine");
        assertThat(client.done("DescribeInstances", "Filter.1.Name", "key-name", "Filter.1.Value.1", "mine")
                        .text("//instancesSet/item/keyName"))
                .isEqualTo("mine");
        assertThat(run().texts("//instancesSet/item/keyName")).isEmpty();
    }

    @Test
    @Rule("A4")
    void a_key_pair_of_another_account_is_not_found() {
        String id = imported("mine", "rsa.pub");

        assertThat(stranger.done("DescribeKeyPairs").texts(ITEM)).isEmpty();
        stranger.refused("InvalidKeyPair.NotFound", "DescribeKeyPairs", "KeyName.1", "mine");
        stranger.refused("InvalidKeyPair.NotFound", "DescribeKeyPairs", "KeyPairId.1", id);
        stranger.refused("InvalidKeyPair.NotFound", "DeleteKeyPair", "KeyPairId", id);
        stranger.refused(
                "InvalidKeyPair.NotFound", "CreateTags", "ResourceId.1", id, "Tag.1.Key", "team", "Tag.1.Value", "x");
        stranger.done("DeleteKeyPair", "KeyName", "mine");
        assertThat(stored()).hasSize(1);
    }
}
