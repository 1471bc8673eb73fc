package dev.linkspan.server.api.resource.keypair;

import static dev.linkspan.server.api.oapi.OapiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.Keypairs;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.oapi.OapiClient;
import dev.linkspan.server.api.resource.tag.TagCalls;
import dev.linkspan.server.api.resource.vm.VmCalls;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class KeypairCallsTest {

    private static final String FINGERPRINT = "c7:ef:16:2d:15:3a:56:ad:8f:9b:3f:e4:bb:60:9c:64";

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final OapiClient client = as(owner);

    private OapiClient as(AccountId account) {
        return new OapiClient(
                store,
                account,
                Stream.of(
                                new KeypairCalls(new Keypairs(), new KeyMaker()).operations(),
                                new VmCalls(new Vms(PublicIpPools.NONE)).operations(),
                                new TagCalls(new Tags()).operations())
                        .flatMap(List::stream)
                        .toList());
    }

    private static String importing(String name, String file) {
        return "{'KeypairName':'%s','PublicKey':'%s'}".formatted(name, KeyFiles.base64(file));
    }

    private String imported(String name, String file) {
        return client.call("CreateKeypair", importing(name, file))
                .path("Keypair")
                .path("KeypairId")
                .stringValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa.pub", "ed25519.pub", "ecdsa256.pub"})
    void a_public_key_is_taken_as_its_file_has_it(String file) {
        JsonNode encoded =
                client.call("CreateKeypair", importing("encoded", file)).path("Keypair");
        JsonNode plain = client.call(
                        "CreateKeypair",
                        "{'KeypairName':'plain','PublicKey':'%s'}"
                                .formatted(KeyFiles.text(file).replace("\n", "\\n")))
                .path("Keypair");

        assertThat(plain.path("KeypairFingerprint")).isEqualTo(encoded.path("KeypairFingerprint"));
        assertThat(client.refused(400, "4047", "CreateKeypair", "{'KeypairName':'bad','PublicKey':'ssh-rsa AAAA'}"))
                .contains("PublicKey");
    }

    private List<String> read(String filters) {
        return texts(
                client.call("ReadKeypairs", "{'Filters':%s}".formatted(filters)).path("Keypairs"), "KeypairName");
    }

    private List<Keypair> stored() {
        return fixture.read(snapshot -> snapshot.keypairs().ofOwner(owner));
    }

    @Test
    void an_imported_keypair_is_answered_and_read_with_every_field() {
        JsonNode keypair =
                client.call("CreateKeypair", importing("mine", "rsa.pub")).path("Keypair");

        assertThat(keypair.toString())
                .isEqualTo(("{\"KeypairFingerprint\":\"%s\",\"KeypairId\":\"%s\",\"KeypairName\":\"mine\","
                                + "\"KeypairType\":\"ssh-rsa\",\"Tags\":[]}")
                        .formatted(FINGERPRINT, stored().getFirst().id()));
        assertThat(client.call("ReadKeypairs", "{}").path("Keypairs").path(0)).isEqualTo(keypair);
    }

    @Test
    void a_made_keypair_is_answered_with_its_private_key_and_never_again() {
        JsonNode keypair =
                client.call("CreateKeypair", "{'KeypairName':'mine'}").path("Keypair");

        assertThat(keypair.path("PrivateKey").stringValue())
                .startsWith("-----BEGIN RSA PRIVATE KEY-----\n")
                .endsWith("-----END RSA PRIVATE KEY-----\n");
        assertThat(keypair.path("KeypairType").stringValue()).isEqualTo("ssh-rsa");
        assertThat(keypair.path("KeypairFingerprint").stringValue()).matches("([0-9a-f]{2}:){15}[0-9a-f]{2}");
        assertThat(client.call("ReadKeypairs", "{}").path("Keypairs").path(0).propertyNames())
                .containsExactly("KeypairFingerprint", "KeypairId", "KeypairName", "KeypairType", "Tags");
        assertThat(stored().toString()).doesNotContain("PRIVATE KEY");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|400|7000",
                "{'KeypairName':''}|400|7000",
                "{'KeypairName':'caf\u00e9'}|400|4047",
                "{'KeypairName':5}|400|4110",
                "{'KeypairName':'mine','PublicKey':'ssh-rsa AAAA'}|400|4047",
                "{'KeypairName':'mine','PublicKey':''}|400|4047",
                "{'KeypairName':'mine','Colour':'red'}|400|3001",
                "{'KeypairName':'theirs'}|409|9029",
            })
    void what_cannot_become_a_keypair_is_refused(String arguments, int status, String code) {
        imported("theirs", "rsa.pub");

        client.refused(status, code, "CreateKeypair", arguments);

        assertThat(read("{}")).containsExactly("theirs");
    }

    @Test
    void a_dry_run_makes_none() {
        assertThat(client.call("CreateKeypair", "{'KeypairName':'mine','DryRun':true}")
                        .propertyNames())
                .containsExactly("ResponseContext");
        assertThat(stored()).isEmpty();
    }

    @Test
    void filters_narrow() {
        String one = imported("one", "rsa.pub");
        String two = imported("two", "ecdsa384.pub");
        client.call("CreateTags", "{'ResourceIds':['%s'],'Tags':[{'Key':'team','Value':'net'}]}".formatted(two));

        assertThat(read("{}")).containsExactly("one", "two");
        assertThat(read("{'KeypairIds':['%s','key-00000002','x']}".formatted(one)))
                .containsExactly("one");
        assertThat(read("{'KeypairNames':['two','three']}")).containsExactly("two");
        assertThat(read("{'KeypairFingerprints':['%s']}".formatted(FINGERPRINT)))
                .containsExactly("one");
        assertThat(read("{'KeypairTypes':['ecdsa-sha2-nistp384']}")).containsExactly("two");
        assertThat(read("{'Tags':['team=net']}")).containsExactly("two");
        assertThat(read("{'TagKeys':['team'],'TagValues':['net']}")).containsExactly("two");
        client.refused(400, "3001", "ReadKeypairs", "{'Filters':{'Names':['one']}}");
        assertThat(client.call("ReadTags", "{}").path("Tags").path(0).path("ResourceType"))
                .hasToString("\"keypair\"");
    }

    @Test
    void a_page_leads_to_the_next_one() {
        imported("one", "rsa.pub");
        imported("two", "ed25519.pub");

        JsonNode first = client.call("ReadKeypairs", "{'ResultsPerPage':1}");
        JsonNode second = client.call(
                "ReadKeypairs",
                "{'ResultsPerPage':1,'NextPageToken':'%s'}"
                        .formatted(first.path("NextPageToken").stringValue()));

        assertThat(texts(first.path("Keypairs"), "KeypairName")).containsExactly("one");
        assertThat(texts(second.path("Keypairs"), "KeypairName")).containsExactly("two");
        assertThat(second.has("NextPageToken")).isFalse();
    }

    @Test
    void a_keypair_is_deleted_by_its_id_or_its_name() {
        String one = imported("one", "rsa.pub");
        String two = imported("two", "rsa.pub");
        imported("three", "rsa.pub");

        assertThat(client.refused(400, "7000", "DeleteKeypair", "{}")).contains("KeypairId", "KeypairName");
        client.refused(400, "3002", "DeleteKeypair", "{'KeypairId':'%s','KeypairName':'one'}".formatted(two));
        client.call("DeleteKeypair", "{'KeypairId':'%s'}".formatted(one));
        client.call("DeleteKeypair", "{'KeypairId':'%s','KeypairName':'two'}".formatted(two));
        client.call("DeleteKeypair", "{'KeypairName':'three'}");

        assertThat(read("{}")).isEmpty();
        client.refused(400, "5071", "DeleteKeypair", "{'KeypairName':'three'}");
        client.refused(400, "5071", "DeleteKeypair", "{'KeypairId':'%s'}".formatted(one));
        client.refused(400, "4104", "DeleteKeypair", "{'KeypairId':'vpc-00000001'}");
        client.refused(400, "4105", "DeleteKeypair", "{'KeypairId':'key-x'}");
    }

    @Test
    void a_vm_is_given_a_keypair_that_is_there() {
        imported("one", "rsa.pub");
        imported("two", "rsa.pub");
        Subnet subnet = fixture.subnet(fixture.net(owner, "10.0.0.0/16"), "10.0.1.0/24");
        String order = "{'ImageId':'ami-00000001','SubnetId':'%s','KeypairName':'%s'}";

        client.refused(400, "5071", "CreateVms", order.formatted(subnet.id(), "three"));
        JsonNode vm = client.call("CreateVms", order.formatted(subnet.id(), "one"))
                .path("Vms")
                .path(0);
        assertThat(vm.path("KeypairName").stringValue()).isEqualTo("one");

        String id = vm.path("VmId").stringValue();
        client.call("UpdateVm", "{'VmId':'%s','KeypairName':'two'}".formatted(id));
        client.refused(400, "5071", "UpdateVm", "{'VmId':'%s','KeypairName':'three'}".formatted(id));
        client.call("DeleteKeypair", "{'KeypairName':'two'}");
        assertThat(texts(
                        client.call("ReadVms", "{'Filters':{'KeypairNames':['two']}}")
                                .path("Vms"),
                        "VmId"))
                .containsExactly(id);
    }

    @Test
    @Rule("A4")
    void a_keypair_of_another_account_is_unknown() {
        String id = imported("mine", "rsa.pub");
        OapiClient stranger = as(fixture.account());

        assertThat(stranger.call("ReadKeypairs", "{}").path("Keypairs")).isEmpty();
        stranger.refused(400, "5071", "DeleteKeypair", "{'KeypairId':'%s'}".formatted(id));
        stranger.refused(400, "5071", "DeleteKeypair", "{'KeypairName':'mine'}");
        stranger.refused(
                400,
                "5071",
                "CreateTags",
                "{'ResourceIds':['%s'],'Tags':[{'Key':'team','Value':'net'}]}".formatted(id));
        stranger.call("CreateKeypair", importing("mine", "rsa.pub"));
        assertThat(stored()).hasSize(1);
    }
}
