package dev.linkspan.server.api.resource.subnet;

import static dev.linkspan.server.api.oapi.OapiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.Subnets;
import dev.linkspan.core.operation.Subregions;
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

class SubnetCallsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final Subregions subregions = new Subregions(
            List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION, new SubregionName("eu-west-2b")))));
    private final OapiClient client =
            new OapiClient(store, owner, new SubnetCalls(new Subnets(subregions)).operations());
    private final Net net = fixture.net(owner, "10.0.0.0/16");

    private List<String> read(String filters) {
        return texts(
                client.call("ReadSubnets", "{'Filters':%s}".formatted(filters)).path("Subnets"), "SubnetId");
    }

    private String arguments(String others) {
        return "{'NetId':'%s',%s}".formatted(net.id(), others);
    }

    @Test
    void a_created_subnet_is_answered_with_every_field() {
        JsonNode subnet = client.call("CreateSubnet", arguments("'IpRange':'10.0.1.0/24'"))
                .path("Subnet");

        assertThat(subnet.toString())
                .isEqualTo(("{\"AvailableIpsCount\":251,\"IpRange\":\"10.0.1.0/24\",\"MapPublicIpOnLaunch\":false,"
                                + "\"NetId\":\"%s\",\"State\":\"available\",\"SubnetId\":\"%s\","
                                + "\"SubregionName\":\"eu-west-2a\",\"Tags\":[]}")
                        .formatted(net.id(), subnet.path("SubnetId").stringValue()));
        assertThat(client.call("ReadSubnets", "{}").path("Subnets").path(0)).isEqualTo(subnet);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'SubregionName':'eu-west-2a'|400|7000",
                "'IpRange':'10.0.1.1/24'|400|4047",
                "'IpRange':'10.0.1.0/30'|400|4045",
                "'IpRange':'10.1.0.0/24'|400|4045",
                "'IpRange':'10.0.9.0/25'|409|9058",
                "'IpRange':'10.0.1.0/24','SubregionName':'us-east-2a'|400|5009",
                "'IpRange':'10.0.1.0/24','MapPublicIpOnLaunch':true|400|3001",
            })
    void what_cannot_become_a_subnet_is_refused(String others, int status, String code) {
        Subnet there = fixture.subnet(net, "10.0.9.0/24");

        client.refused(status, code, "CreateSubnet", arguments(others));

        assertThat(read("{}")).containsExactly(there.id().value());
    }

    @Test
    void a_subnet_of_an_unknown_net_is_refused() {
        client.refused(400, "5065", "CreateSubnet", "{'NetId':'vpc-ffffffff','IpRange':'10.0.1.0/24'}");
        client.refused(400, "4104", "CreateSubnet", "{'NetId':'subnet-ffffffff','IpRange':'10.0.1.0/24'}");
        client.refused(400, "4105", "CreateSubnet", "{'NetId':'vpc-x','IpRange':'10.0.1.0/24'}");
    }

    @Test
    void an_update_is_read_back() {
        String id = fixture.subnet(net, "10.0.1.0/24").id().value();

        client.call("UpdateSubnet", "{'SubnetId':'%s','MapPublicIpOnLaunch':true}".formatted(id));

        assertThat(client.call("ReadSubnets", "{}")
                        .path("Subnets")
                        .path(0)
                        .path("MapPublicIpOnLaunch")
                        .booleanValue())
                .isTrue();
        client.refused(400, "7000", "UpdateSubnet", "{'SubnetId':'%s'}".formatted(id));
        client.refused(400, "5057", "UpdateSubnet", "{'SubnetId':'subnet-ffffffff','MapPublicIpOnLaunch':true}");
    }

    @Test
    void a_deleted_subnet_is_gone() {
        String id = fixture.subnet(net, "10.0.1.0/24").id().value();

        client.call("DeleteSubnet", "{'SubnetId':'%s'}".formatted(id));

        assertThat(read("{}")).isEmpty();
        client.refused(400, "5057", "DeleteSubnet", "{'SubnetId':'%s'}".formatted(id));
    }

    @Test
    void a_subnet_with_a_nic_in_it_cannot_be_deleted() {
        Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
        String nic = fixture.nic(subnet, "10.0.1.4").id().value();

        assertThat(client.refused(409, "9095", "DeleteSubnet", "{'SubnetId':'%s'}".formatted(subnet.id())))
                .contains(nic);
    }

    @Test
    @Rule("A4")
    void subnets_of_others_are_neither_listed_nor_found() {
        Subnet theirs = fixture.subnet(fixture.net(fixture.account(), "10.0.0.0/16"), "10.0.1.0/24");

        assertThat(read("{}")).isEmpty();
        assertThat(read("{'SubnetIds':['%s']}".formatted(theirs.id()))).isEmpty();
        client.refused(400, "5057", "DeleteSubnet", "{'SubnetId':'%s'}".formatted(theirs.id()));
    }

    @Test
    void every_filter_chooses() {
        Subnet first = fixture.subnet(net, "10.0.1.0/24");
        Subnet second = fixture.subnet(net, "10.0.2.0/24");
        fixture.nic(first, "10.0.1.4");
        fixture.change(unit -> {
            new Tags().create(unit, owner, List.of(first.id()), Map.of("name", "one"));
            return first;
        });
        String one = first.id().value();
        String two = second.id().value();

        assertThat(read("{'SubnetIds':['%s']}".formatted(two))).containsExactly(two);
        assertThat(read("{'NetIds':['%s']}".formatted(net.id()))).containsExactly(one, two);
        assertThat(read("{'NetIds':['vpc-ffffffff']}")).isEmpty();
        assertThat(read("{'IpRanges':['10.0.1.0/24']}")).containsExactly(one);
        assertThat(read("{'SubregionNames':['eu-west-2a']}")).containsExactly(one, two);
        assertThat(read("{'SubregionNames':['eu-west-2b']}")).isEmpty();
        assertThat(read("{'States':['available']}")).containsExactly(one, two);
        assertThat(read("{'States':['deleted']}")).isEmpty();
        assertThat(read("{'AvailableIpsCounts':[250]}")).containsExactly(one);
        assertThat(read("{'AvailableIpsCounts':[251]}")).containsExactly(two);
        assertThat(read("{'TagKeys':['name']}")).containsExactly(one);
        client.refused(400, "4110", "ReadSubnets", "{'Filters':{'AvailableIpsCounts':['250']}}");
    }
}
