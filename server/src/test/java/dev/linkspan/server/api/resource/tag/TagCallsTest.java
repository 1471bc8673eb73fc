package dev.linkspan.server.api.resource.tag;

import static dev.linkspan.server.api.oapi.OapiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.oapi.OapiClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagCallsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final AccountId peer = fixture.account();
    private final OapiClient client = as(owner);
    private final Net net = fixture.net(owner, "10.0.0.0/16");

    private OapiClient as(AccountId account) {
        return new OapiClient(store, account, new TagCalls(new Tags()).operations());
    }

    private List<String> read(String filters) {
        return texts(
                client.call("ReadTags", "{'Filters':%s}".formatted(filters)).path("Tags"), "Value");
    }

    private void tag(Object id, String key, String value) {
        client.call(
                "CreateTags", "{'ResourceIds':['%s'],'Tags':[{'Key':'%s','Value':'%s'}]}".formatted(id, key, value));
    }

    @Test
    void a_tag_is_read_back_with_every_field() {
        tag(net.id(), "name", "first");

        assertThat(client.call("ReadTags", "{}").path("Tags").toString())
                .isEqualTo("[{\"Key\":\"name\",\"ResourceId\":\"%s\",\"ResourceType\":\"vpc\",\"Value\":\"first\"}]"
                        .formatted(net.id()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Tags':[{'Key':'name','Value':'first'}]|7000",
                "'ResourceIds':['NET']|7000",
                "'ResourceIds':[],'Tags':[{'Key':'name','Value':'first'}]|7000",
                "'ResourceIds':['NET'],'Tags':[{'Value':'first'}]|7000",
                "'ResourceIds':['NET'],'Tags':[{'Key':'','Value':'first'}]|7000",
                "'ResourceIds':['NET'],'Tags':[{'Key':'name'}]|7000",
                "'ResourceIds':['NET'],'Tags':[{'Key':'name','Value':'first','Colour':'red'}]|3001",
                "'ResourceIds':['thing-12345678'],'Tags':[{'Key':'name','Value':'first'}]|4104",
                "'ResourceIds':['vpc-zz'],'Tags':[{'Key':'name','Value':'first'}]|4105",
                "'ResourceIds':['NET','vpc-ffffffff'],'Tags':[{'Key':'name','Value':'first'}]|5065",
                "'ResourceIds':'NET','Tags':[{'Key':'name','Value':'first'}]|4110",
                "'ResourceIds':['NET'],'Tags':{'Key':'name','Value':'first'}|4110",
            })
    void what_cannot_be_a_tag_is_refused(String arguments, String code) {
        client.refused(
                400,
                code,
                "CreateTags",
                "{%s}".formatted(arguments.replace("NET", net.id().value())));

        assertThat(read("{}")).isEmpty();
    }

    @Test
    void a_value_may_be_empty() {
        tag(net.id(), "name", "");

        assertThat(read("{}")).containsExactly("");
    }

    @Test
    void tags_go_by_key_and_value_or_by_key_alone() {
        tag(net.id(), "name", "first");
        tag(net.id(), "stage", "test");
        String ids = "'ResourceIds':['%s']".formatted(net.id());

        client.call("DeleteTags", "{%s,'Tags':[{'Key':'name','Value':'other'}]}".formatted(ids));
        assertThat(read("{}")).containsExactly("first", "test");

        client.call("DeleteTags", "{%s,'Tags':[{'Key':'name','Value':'first'}]}".formatted(ids));
        client.call("DeleteTags", "{%s,'Tags':[{'Key':'stage'}]}".formatted(ids));
        assertThat(read("{}")).isEmpty();
        client.refused(400, "7000", "DeleteTags", "{%s}".formatted(ids));
    }

    @Test
    @Rule("A4")
    void the_owners_of_a_peering_see_their_own_tags_only() {
        NetPeering peering = fixture.activePeering(net, fixture.net(peer, "10.1.0.0/16"));
        tag(peering.id(), "name", "to the peer");

        assertThat(read("{'ResourceTypes':['vpc-peering-connection']}")).containsExactly("to the peer");
        assertThat(as(peer).call("ReadTags", "{}").path("Tags")).isEmpty();
    }

    @Test
    void every_filter_chooses() {
        Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
        tag(net.id(), "name", "first");
        tag(subnet.id(), "name", "second");
        tag(subnet.id(), "stage", "test");

        assertThat(read("{'Keys':['name']}")).containsExactlyInAnyOrder("first", "second");
        assertThat(read("{'Values':['test']}")).containsExactly("test");
        assertThat(read("{'ResourceIds':['%s']}".formatted(net.id()))).containsExactly("first");
        assertThat(read("{'ResourceTypes':['subnet'],'Keys':['name']}")).containsExactly("second");
        assertThat(read("{'ResourceTypes':['volume']}")).isEmpty();
        client.refused(400, "3001", "ReadTags", "{'Filters':{'TagKeys':['name']}}");
    }
}
