package dev.linkspan.server.api.resource.net;

import static dev.linkspan.server.api.oapi.OapiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.oapi.OapiClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class NetCallsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final OapiClient client = new OapiClient(store, owner, new NetCalls(new Nets()).operations());

    private List<String> read(String filters) {
        return texts(
                client.call("ReadNets", "{'Filters':%s}".formatted(filters)).path("Nets"), "NetId");
    }

    @Test
    void a_created_net_is_answered_with_every_field() {
        JsonNode net = client.call("CreateNet", "{'IpRange':'10.0.0.0/16'}").path("Net");

        assertThat(net.path("NetId").stringValue()).startsWith("vpc-");
        assertThat(net.toString())
                .isEqualTo(("{\"DhcpOptionsSetId\":\"dopt-00000001\",\"IpRange\":\"10.0.0.0/16\",\"NetId\":\"%s\","
                                + "\"State\":\"available\",\"Tags\":[],\"Tenancy\":\"default\"}")
                        .formatted(net.path("NetId").stringValue()));
        assertThat(client.call("ReadNets", "{}").path("Nets").path(0)).isEqualTo(net);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|7000",
                "{'IpRange':''}|7000",
                "{'IpRange':'10.0.0.1/16'}|4047",
                "{'IpRange':'ten'}|4047",
                "{'IpRange':7}|4110",
                "{'IpRange':'10.0.0.0/8'}|4014",
                "{'IpRange':'127.0.0.0/16'}|4045",
                "{'IpRange':'10.0.0.0/16','Tenancy':'shared'}|4047",
                "{'IpRange':'10.0.0.0/16','Name':'first'}|3001",
            })
    void what_cannot_become_a_net_is_refused(String arguments, String code) {
        client.refused(400, code, "CreateNet", arguments);

        assertThat(read("{}")).isEmpty();
    }

    @Test
    void a_rehearsed_net_is_not_there() {
        JsonNode answer = client.call("CreateNet", "{'IpRange':'10.0.0.0/16','DryRun':true}");

        assertThat(answer.propertyNames()).containsExactly("ResponseContext");
        assertThat(read("{}")).isEmpty();
    }

    @Test
    void the_dhcp_options_are_the_default_ones_or_unknown() {
        String id = fixture.net(owner, "10.0.0.0/16").id().value();

        JsonNode updated = client.call("UpdateNet", "{'NetId':'%s','DhcpOptionsSetId':'default'}".formatted(id));

        assertThat(updated.path("Net").path("DhcpOptionsSetId").stringValue()).isEqualTo("dopt-00000001");
        client.refused(400, "5018", "UpdateNet", "{'NetId':'%s','DhcpOptionsSetId':'dopt-12345678'}".formatted(id));
        client.refused(400, "4104", "UpdateNet", "{'NetId':'%s','DhcpOptionsSetId':'vpc-12345678'}".formatted(id));
        client.refused(400, "7000", "UpdateNet", "{'NetId':'%s'}".formatted(id));
    }

    @Test
    void a_deleted_net_is_gone() {
        Net net = fixture.net(owner, "10.0.0.0/16");

        client.call("DeleteNet", "{'NetId':'%s'}".formatted(net.id()));

        assertThat(read("{'NetIds':['%s']}".formatted(net.id()))).isEmpty();
        assertThat(client.refused(400, "5065", "DeleteNet", "{'NetId':'%s'}".formatted(net.id())))
                .isEqualTo("The NetId '%s' doesn't exist.".formatted(net.id()));
    }

    @Test
    void a_net_with_something_in_it_cannot_be_deleted() {
        Net net = fixture.net(owner, "10.0.0.0/16");
        String subnet = fixture.subnet(net, "10.0.1.0/24").id().value();

        assertThat(client.refused(400, "9029", "DeleteNet", "{'NetId':'%s'}".formatted(net.id())))
                .contains(subnet);
    }

    @Test
    @Rule("A4")
    void nets_of_others_are_neither_listed_nor_found() {
        Net theirs = fixture.net(fixture.account(), "10.0.0.0/16");

        assertThat(read("{}")).isEmpty();
        assertThat(read("{'NetIds':['%s']}".formatted(theirs.id()))).isEmpty();
        client.refused(400, "5065", "DeleteNet", "{'NetId':'%s'}".formatted(theirs.id()));
    }

    @Test
    void every_filter_chooses() {
        Net first = fixture.net(owner, "10.0.0.0/16");
        Net second = fixture.net(owner, "10.1.0.0/16");
        fixture.change(unit -> {
            new Tags().create(unit, owner, List.of(first.id()), Map.of("name", "one"));
            return first;
        });
        String one = first.id().value();
        String two = second.id().value();

        assertThat(read("{'NetIds':['%s','vpc-ffffffff','nonsense']}".formatted(two)))
                .containsExactly(two);
        assertThat(read("{'IpRanges':['10.1.0.0/16']}")).containsExactly(two);
        assertThat(read("{'DhcpOptionsSetIds':['dopt-00000001']}")).containsExactly(one, two);
        assertThat(read("{'DhcpOptionsSetIds':['dopt-12345678']}")).isEmpty();
        assertThat(read("{'States':['available']}")).containsExactly(one, two);
        assertThat(read("{'States':['pending','deleting']}")).isEmpty();
        assertThat(read("{'IsDefault':true}")).isEmpty();
        assertThat(read("{'IsDefault':false}")).containsExactly(one, two);
        assertThat(read("{'Tags':['name=one']}")).containsExactly(one);
        assertThat(read("{'TagKeys':['name'],'TagValues':['two']}")).isEmpty();
        client.refused(400, "3001", "ReadNets", "{'Filters':{'Colours':['red']}}");
        client.refused(400, "4110", "ReadNets", "{'Filters':{'NetIds':'%s'}}".formatted(one));
    }

    @Test
    void pages_follow_each_other() {
        fixture.net(owner, "10.0.0.0/16");
        String second = fixture.net(owner, "10.1.0.0/16").id().value();
        JsonNode page = client.call("ReadNets", "{'ResultsPerPage':1}");
        String token = page.path("NextPageToken").stringValue();

        JsonNode next = client.call("ReadNets", "{'ResultsPerPage':1,'NextPageToken':'%s'}".formatted(token));

        assertThat(texts(next.path("Nets"), "NetId")).containsExactly(second);
        assertThat(next.has("NextPageToken")).isFalse();
        client.refused(400, "4113", "ReadNets", "{'ResultsPerPage':0}");
        client.refused(400, "4117", "ReadNets", "{'NextPageToken':'nonsense'}");
    }
}
