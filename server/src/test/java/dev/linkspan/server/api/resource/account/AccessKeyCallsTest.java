package dev.linkspan.server.api.resource.account;

import static dev.linkspan.server.api.oapi.OapiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.operation.AccessKeys;
import dev.linkspan.core.operation.CountingCredentials;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.oapi.OapiClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AccessKeyCallsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final CountingCredentials credentials = new CountingCredentials();
    private final AccountId owner = fixture.account();
    private final OapiClient client = as(owner);

    private OapiClient as(AccountId account) {
        return new OapiClient(store, account, new AccessKeyCalls(new AccessKeys(credentials)).operations());
    }

    private JsonNode create(String arguments) {
        return client.call("CreateAccessKey", arguments).path("AccessKey");
    }

    private List<String> read(String arguments) {
        return texts(client.call("ReadAccessKeys", arguments).path("AccessKeys"), "AccessKeyId");
    }

    private static String id(JsonNode key) {
        return key.path("AccessKeyId").stringValue();
    }

    @Test
    void a_new_key_shows_its_secret_once() {
        JsonNode key = create("{'ExpirationDate':'2027-01-01','Tag':'laptop'}");

        assertThat(key.propertyNames())
                .containsExactlyInAnyOrder(
                        "AccessKeyId",
                        "CreationDate",
                        "ExpirationDate",
                        "LastModificationDate",
                        "SecretKey",
                        "State",
                        "Tag");
        assertThat(key.path("State").stringValue()).isEqualTo("ACTIVE");
        assertThat(key.path("ExpirationDate").stringValue()).isEqualTo("2027-01-01T00:00:00.000Z");
        JsonNode read = client.call("ReadAccessKeys", "{}").path("AccessKeys").path(0);
        assertThat(read.has("SecretKey")).isFalse();
        assertThat(id(read)).isEqualTo(id(key));
    }

    @Test
    void a_key_without_an_end_and_a_tag_shows_neither() {
        JsonNode key = create("");

        assertThat(key.propertyNames()).doesNotContain("ExpirationDate", "Tag");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'ExpirationDate':'2020-01-01'}|4045",
                "{'ExpirationDate':'tomorrow'}|4047",
                "{'UserName':'jane'}|4045",
                "{'State':'ACTIVE'}|3001",
            })
    void what_cannot_become_a_key_is_refused(String arguments, String code) {
        client.refused(400, code, "CreateAccessKey", arguments);

        assertThat(read("{}")).isEmpty();
    }

    @Test
    void a_key_can_be_switched_off_and_on_and_changed() {
        String id = id(create("{'Tag':'laptop','ExpirationDate':'2027-01-01'}"));

        JsonNode off = client.call("UpdateAccessKey", "{'AccessKeyId':'%s','State':'INACTIVE'}".formatted(id));
        assertThat(off.path("AccessKey").path("State").stringValue()).isEqualTo("INACTIVE");

        JsonNode changed = client.call(
                "UpdateAccessKey",
                "{'AccessKeyId':'%s','State':'ACTIVE','ClearTag':true,'ClearExpirationDate':true}".formatted(id));
        assertThat(changed.path("AccessKey").propertyNames())
                .containsExactlyInAnyOrder("AccessKeyId", "CreationDate", "LastModificationDate", "State");
        assertThat(changed.path("AccessKey").path("State").stringValue()).isEqualTo("ACTIVE");
        client.refused(400, "4047", "UpdateAccessKey", "{'AccessKeyId':'%s','State':'OFF'}".formatted(id));
        client.refused(400, "7000", "UpdateAccessKey", "{'State':'ACTIVE'}");
        client.refused(
                400,
                "3002",
                "UpdateAccessKey",
                "{'AccessKeyId':'%s','ExpirationDate':'2027-01-01','ClearExpirationDate':true}".formatted(id));
    }

    @Test
    void a_key_whose_end_has_come_is_inactive() {
        create("{'ExpirationDate':'2027-01-01'}");

        store.advance(Duration.ofDays(365));

        assertThat(read("{'Filters':{'States':['ACTIVE']}}")).isEmpty();
        assertThat(read("{'Filters':{'States':['INACTIVE']}}")).hasSize(1);
    }

    @Test
    void a_deleted_key_is_gone() {
        String id = id(create("{}"));

        client.call("DeleteAccessKey", "{'AccessKeyId':'%s'}".formatted(id));

        assertThat(read("{}")).isEmpty();
        client.refused(400, "5076", "DeleteAccessKey", "{'AccessKeyId':'%s'}".formatted(id));
    }

    @Test
    @Rule("A4")
    void keys_of_others_are_neither_listed_nor_found() {
        String id = id(create("{}"));
        OapiClient other = as(fixture.account());

        assertThat(other.call("ReadAccessKeys", "{}").path("AccessKeys")).isEmpty();
        other.refused(400, "5076", "UpdateAccessKey", "{'AccessKeyId':'%s','State':'INACTIVE'}".formatted(id));
    }

    @Test
    void every_filter_chooses() {
        String first = id(create("{'Tag':'laptop'}"));
        String second = id(create("{}"));

        assertThat(read("{}")).containsExactly(first, second);
        assertThat(read("{'Filters':{'AccessKeyIds':['%s']}}".formatted(second)))
                .containsExactly(second);
        assertThat(read("{'Filters':{'States':['INACTIVE']}}")).isEmpty();
        assertThat(read("{'Tag':'laptop'}")).containsExactly(first);
        client.refused(400, "4045", "ReadAccessKeys", "{'UserName':'jane'}");
        client.refused(400, "3001", "ReadAccessKeys", "{'ResultsPerPage':5}");
    }
}
