package dev.linkspan.server.api.resource.dhcp;

import static dev.linkspan.server.api.oapi.OapiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.operation.DhcpOptionsSets;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.oapi.OapiClient;
import dev.linkspan.server.api.resource.net.NetCalls;
import dev.linkspan.server.api.resource.tag.TagCalls;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DhcpOptionsCallsTest {

    private static final String DEFAULT = "dopt-00000001";

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final OapiClient client = as(owner);

    private OapiClient as(AccountId account) {
        return new OapiClient(
                store,
                account,
                Stream.of(
                                new DhcpOptionsCalls(new DhcpOptionsSets()).operations(),
                                new NetCalls(new Nets()).operations(),
                                new TagCalls(new Tags()).operations())
                        .flatMap(List::stream)
                        .toList());
    }

    private String create(String arguments) {
        return client.call("CreateDhcpOptions", arguments)
                .path("DhcpOptionsSet")
                .path("DhcpOptionsSetId")
                .stringValue();
    }

    private List<String> read(String filters) {
        return texts(
                client.call("ReadDhcpOptions", "{'Filters':%s}".formatted(filters))
                        .path("DhcpOptionsSets"),
                "DhcpOptionsSetId");
    }

    @Test
    void everybody_has_the_default_set() {
        assertThat(client.call("ReadDhcpOptions", "{}").path("DhcpOptionsSets").toString())
                .isEqualTo("[{\"Default\":true,\"DhcpOptionsSetId\":\"dopt-00000001\",\"DomainNameServers\":[],"
                        + "\"LogServers\":[],\"NtpServers\":[],\"Tags\":[]}]");
        client.refused(400, "9029", "DeleteDhcpOptions", "{'DhcpOptionsSetId':'dopt-00000001'}");
    }

    @Test
    void a_created_set_is_answered_and_read_with_every_field() {
        JsonNode set = client.call(
                        "CreateDhcpOptions",
                        "{'DomainName':'example.com','NtpServers':['10.0.0.9','10.0.0.8'],'LogServers':['10.0.0.7']}")
                .path("DhcpOptionsSet");

        assertThat(set.toString())
                .isEqualTo(("{\"Default\":false,\"DhcpOptionsSetId\":\"%s\",\"DomainName\":\"example.com\","
                                + "\"DomainNameServers\":[\"OutscaleProvidedDNS\"],\"LogServers\":[\"10.0.0.7\"],"
                                + "\"NtpServers\":[\"10.0.0.9\",\"10.0.0.8\"],\"Tags\":[]}")
                        .formatted(set.path("DhcpOptionsSetId").stringValue()));
        assertThat(client.call("ReadDhcpOptions", "{'Filters':{'Default':false}}")
                        .path("DhcpOptionsSets")
                        .path(0))
                .isEqualTo(set);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|7000",
                "{'NtpServers':[]}|7000",
                "{'NtpServers':['here']}|4047",
                "{'NtpServers':['1.1.1.1','1.1.1.2','1.1.1.3','1.1.1.4','1.1.1.5']}|4045",
                "{'NtpServers':'10.0.0.9'}|4110",
                "{'DomainName':'a','Name':'first'}|3001",
            })
    void what_cannot_become_a_set_is_refused(String arguments, String code) {
        client.refused(400, code, "CreateDhcpOptions", arguments);

        assertThat(read("{}")).containsExactly(DEFAULT);
    }

    @Test
    void filters_narrow() {
        String one = create("{'DomainName':'one.example','NtpServers':['10.0.0.9']}");
        String two = create("{'DomainNameServers':['10.0.0.2'],'LogServers':['10.0.0.7']}");
        client.call("CreateTags", "{'ResourceIds':['%s'],'Tags':[{'Key':'name','Value':'x'}]}".formatted(two));

        assertThat(read("{}")).startsWith(DEFAULT).containsExactlyInAnyOrder(DEFAULT, one, two);
        assertThat(read("{'DhcpOptionsSetIds':['%s','dopt-00000002']}".formatted(one)))
                .containsExactly(one);
        assertThat(read("{'DomainNames':['one.example']}")).containsExactly(one);
        assertThat(read("{'DomainNameServers':['OutscaleProvidedDNS']}")).containsExactly(one);
        assertThat(read("{'NtpServers':['10.0.0.9']}")).containsExactly(one);
        assertThat(read("{'LogServers':['10.0.0.7']}")).containsExactly(two);
        assertThat(read("{'Default':true}")).containsExactly(DEFAULT);
        assertThat(read("{'Tags':['name=x']}")).containsExactly(two);
        assertThat(texts(client.call("ReadTags", "{}").path("Tags"), "ResourceType"))
                .containsExactly("dhcpoptions");
    }

    @Test
    void a_net_gets_a_set_which_then_stays() {
        String set = create("{'DomainName':'one.example'}");
        String net = fixture.net(owner, "10.0.0.0/16").id().value();
        String update = "{'NetId':'%s','DhcpOptionsSetId':'%s'}";

        JsonNode updated = client.call("UpdateNet", update.formatted(net, set)).path("Net");

        assertThat(updated.path("DhcpOptionsSetId").stringValue()).isEqualTo(set);
        assertThat(texts(
                        client.call("ReadNets", "{'Filters':{'DhcpOptionsSetIds':['%s']}}".formatted(set))
                                .path("Nets"),
                        "NetId"))
                .containsExactly(net);
        client.refused(400, "9029", "DeleteDhcpOptions", "{'DhcpOptionsSetId':'%s'}".formatted(set));
        client.call("UpdateNet", update.formatted(net, "default"));
        client.call("DeleteDhcpOptions", "{'DhcpOptionsSetId':'%s'}".formatted(set));
        client.refused(400, "5018", "DeleteDhcpOptions", "{'DhcpOptionsSetId':'%s'}".formatted(set));
    }

    @Test
    @Rule("A4")
    void a_set_of_another_account_is_unknown() {
        String set = create("{'DomainName':'one.example'}");
        AccountId stranger = fixture.account();
        String net = fixture.net(stranger, "10.0.0.0/16").id().value();

        as(stranger).refused(400, "5018", "DeleteDhcpOptions", "{'DhcpOptionsSetId':'%s'}".formatted(set));
        as(stranger).refused(400, "5018", "UpdateNet", "{'NetId':'%s','DhcpOptionsSetId':'%s'}".formatted(net, set));
    }
}
