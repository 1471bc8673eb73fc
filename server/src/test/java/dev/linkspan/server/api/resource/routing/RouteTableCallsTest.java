package dev.linkspan.server.api.resource.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.oapi.OapiClient;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RouteTableCallsTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final AccountId other = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Net peer = fixture.net(other, "10.1.0.0/16");
    private final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
    private final NetPeering peering = fixture.activePeering(net, peer);
    private final String main = fixture.mainTable(net).id().value();
    private final OapiClient client = clientOf(owner);

    private OapiClient clientOf(AccountId account) {
        return new OapiClient(store, account, new RouteTableCalls(new RouteTables()).operations());
    }

    private String created() {
        return client.call("CreateRouteTable", "{'NetId':'%s'}".formatted(net.id()))
                .path("RouteTable")
                .path("RouteTableId")
                .stringValue();
    }

    private String linked(String table) {
        return client.call("LinkRouteTable", "{'RouteTableId':'%s','SubnetId':'%s'}".formatted(table, subnet.id()))
                .path("LinkRouteTableId")
                .stringValue();
    }

    private JsonNode route(String destination) {
        return client.call("CreateRoute", routeTo(destination)).path("RouteTable");
    }

    private String routeTo(String destination) {
        return "{'RouteTableId':'%s','DestinationIpRange':'%s','NetPeeringId':'%s'}"
                .formatted(main, destination, peering.id());
    }

    private JsonNode read(String filters) {
        return client.call("ReadRouteTables", "{'Filters':{%s}}".formatted(filters))
                .path("RouteTables");
    }

    private List<String> idsRead(String filters) {
        return OapiClient.texts(read(filters), "RouteTableId");
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    @Nested
    class CreateRouteTable {

        @Test
        @Rule("R1")
        void the_table_is_answered_with_its_local_route() {
            JsonNode answer = client.call("CreateRouteTable", "{'NetId':'%s'}".formatted(net.id()));
            String id = answer.path("RouteTable").path("RouteTableId").stringValue();

            assertThat(answer.path("RouteTable")).isEqualTo(json("""
                                    {'LinkRouteTables':[],'NetId':'%s','RoutePropagatingVirtualGateways':[],
                                     'RouteTableId':'%s',
                                     'Routes':[{'CreationMethod':'CreateRouteTable','DestinationIpRange':'10.0.0.0/16',
                                                'GatewayId':'local','State':'active'}],
                                     'Tags':[]}
                                    """.formatted(net.id(), id)));
        }

        @Test
        void a_net_is_required_and_must_be_ones_own() {
            client.refused(400, "7000", "CreateRouteTable", "{}");
            client.refused(400, "4104", "CreateRouteTable", "{'NetId':'subnet-12345678'}");
            client.refused(400, "5065", "CreateRouteTable", "{'NetId':'%s'}".formatted(peer.id()));
        }

        @Test
        void a_rehearsal_changes_nothing() {
            client.call("CreateRouteTable", "{'NetId':'%s','DryRun':true}".formatted(net.id()));

            assertThat(idsRead("")).containsExactly(main);
        }
    }

    @Nested
    class ReadRouteTables {

        @Test
        @Rule("R1")
        void the_main_link_stands_first_with_the_net_and_the_others_with_their_subnet() {
            String mainLink = fixture.mainTable(net).links().getFirst().id().value();
            String link = linked(main);

            assertThat(read("").path(0).path("LinkRouteTables"))
                    .isEqualTo(json("""
                                    [{'LinkRouteTableId':'%s','Main':true,'NetId':'%s','RouteTableId':'%s'},
                                     {'LinkRouteTableId':'%s','Main':false,'RouteTableId':'%s','SubnetId':'%s'}]
                                    """.formatted(mainLink, net.id(), main, link, main, subnet.id())));
        }

        @Test
        void routes_are_sorted_by_destination() {
            route("192.168.0.0/16");
            route("10.1.0.0/16");
            route("9.0.0.0/8");

            assertThat(OapiClient.texts(read("").path(0).path("Routes"), "DestinationIpRange"))
                    .containsExactly("9.0.0.0/8", "10.0.0.0/16", "10.1.0.0/16", "192.168.0.0/16");
        }

        @Test
        @Rule("R4")
        void a_route_turns_into_a_blackhole_with_its_peering() {
            route("10.1.0.0/16");
            assertThat(OapiClient.texts(read("").path(0).path("Routes"), "State"))
                    .containsExactly("active", "active");

            fixture.change(unit -> {
                unit.peerings().save(peering.delete(other, unit.now()));
                return peering;
            });
            assertThat(OapiClient.texts(read("").path(0).path("Routes"), "State"))
                    .containsExactly("active", "blackhole");
        }

        @Test
        void every_filter_selects() {
            String table = created();
            String link = linked(table);
            route("10.1.0.0/16");
            List<String> selectingMain = List.of(
                    "'RouteTableIds':['%s']".formatted(main),
                    "'LinkRouteTableMain':true",
                    "'RouteNetPeeringIds':['%s']".formatted(peering.id()),
                    "'RouteDestinationIpRanges':['10.1.0.0/16']",
                    "'RouteCreationMethods':['CreateRoute']",
                    "'NetIds':['%s'],'LinkRouteTableMain':true".formatted(net.id()));
            List<String> selectingTheOther = List.of(
                    "'RouteTableIds':['%s']".formatted(table),
                    "'LinkRouteTableMain':false",
                    "'LinkSubnetIds':['%s']".formatted(subnet.id()),
                    "'LinkRouteTableLinkRouteTableIds':['%s']".formatted(link),
                    "'LinkRouteTableIds':['%s']".formatted(table));
            List<String> selectingBoth = List.of(
                    "'NetIds':['%s']".formatted(net.id()),
                    "'RouteGatewayIds':['local']",
                    "'RouteStates':['active','blackhole']",
                    "'RouteCreationMethods':['CreateRouteTable']",
                    "'RouteTableIds':['%s','%s']".formatted(main, table));

            assertThat(selectingMain)
                    .allSatisfy(filters -> assertThat(idsRead(filters)).containsExactly(main));
            assertThat(selectingTheOther)
                    .allSatisfy(filters -> assertThat(idsRead(filters)).containsExactly(table));
            assertThat(selectingBoth)
                    .allSatisfy(filters -> assertThat(idsRead(filters)).containsExactly(main, table));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'RouteStates':['blackhole']",
                    "'RouteVmIds':['i-12345678']",
                    "'RouteNatServiceIds':['nat-12345678']",
                    "'RouteDestinationServiceIds':['pl-12345678']",
                    "'RouteGatewayIds':['igw-12345678']",
                    "'RouteTableIds':['rtb-12345678','nonsense']",
                    "'NetIds':['vpc-12345678']",
                    "'TagKeys':['Name']"
                })
        void what_matches_nothing_answers_an_empty_list(String filters) {
            assertThat(read(filters).isArray()).isTrue();
            assertThat(idsRead(filters)).isEmpty();
        }

        @Test
        @Rule("A4")
        void anothers_table_is_not_shown_even_by_its_id() {
            String theirs = fixture.mainTable(peer).id().value();

            assertThat(idsRead("'RouteTableIds':['%s']".formatted(theirs))).isEmpty();
            assertThat(idsRead("")).doesNotContain(theirs);
        }

        @Test
        void an_unknown_filter_is_refused() {
            client.refused(400, "3001", "ReadRouteTables", "{'Filters':{'RouteTables':['x']}}");
        }
    }

    @Nested
    class DeleteRouteTable {

        @Test
        void the_table_is_gone() {
            String table = created();
            client.call("DeleteRouteTable", "{'RouteTableId':'%s'}".formatted(table));

            assertThat(idsRead("")).containsExactly(main);
            client.refused(400, "5046", "DeleteRouteTable", "{'RouteTableId':'%s'}".formatted(table));
        }

        @Test
        void a_table_in_use_or_the_main_one_is_refused() {
            String table = created();
            linked(table);

            client.refused(400, "9029", "DeleteRouteTable", "{'RouteTableId':'%s'}".formatted(table));
            client.refused(400, "9029", "DeleteRouteTable", "{'RouteTableId':'%s'}".formatted(main));
        }
    }

    @Nested
    class Links {

        @Test
        void a_link_is_made_replaced_by_one_with_another_id_and_removed() {
            String first = created();
            String second = created();
            String link = linked(first);
            assertThat(link).startsWith("rtbassoc-");

            String replaced = client.call(
                            "UpdateRouteTableLink",
                            "{'RouteTableId':'%s','LinkRouteTableId':'%s'}".formatted(second, link))
                    .path("LinkRouteTableId")
                    .stringValue();
            assertThat(replaced).isNotEqualTo(link);
            assertThat(idsRead("'LinkRouteTableLinkRouteTableIds':['%s']".formatted(replaced)))
                    .containsExactly(second);

            client.call("UnlinkRouteTable", "{'LinkRouteTableId':'%s'}".formatted(replaced));
            assertThat(idsRead("'LinkSubnetIds':['%s']".formatted(subnet.id()))).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "LinkRouteTable | 7000 | {'RouteTableId':'rtb-12345678'}",
                    "LinkRouteTable | 5046 | {'RouteTableId':'rtb-12345678','SubnetId':'subnet-12345678'}",
                    "LinkRouteTable | 4105 | {'RouteTableId':'rtb-1','SubnetId':'subnet-12345678'}",
                    "UnlinkRouteTable | 7000 | {}",
                    "UnlinkRouteTable | 5047 | {'LinkRouteTableId':'rtbassoc-12345678'}",
                    "UnlinkRouteTable | 4104 | {'LinkRouteTableId':'rtb-12345678'}",
                    "UpdateRouteTableLink | 7000 | {'LinkRouteTableId':'rtbassoc-12345678'}",
                    "UpdateRouteTableLink | 5046 | "
                            + "{'LinkRouteTableId':'rtbassoc-12345678','RouteTableId':'rtb-12345678'}"
                })
        void bad_arguments_are_refused(String call, String code, String arguments) {
            client.refused(400, code, call, arguments);
        }

        @Test
        void a_linked_subnet_and_an_unknown_one_are_refused() {
            linked(created());

            client.refused(
                    400,
                    "9029",
                    "LinkRouteTable",
                    "{'RouteTableId':'%s','SubnetId':'%s'}".formatted(main, subnet.id()));
            client.refused(
                    400,
                    "5057",
                    "LinkRouteTable",
                    "{'RouteTableId':'%s','SubnetId':'subnet-12345678'}".formatted(main));
        }
    }

    @Nested
    class Routes {

        @Test
        @Rule("R3")
        void create_answers_the_whole_table_in_the_order_of_creation() {
            route("192.168.0.0/16");

            assertThat(route("10.1.0.0/16").path("Routes")).isEqualTo(json("""
                                    [{'CreationMethod':'CreateRouteTable','DestinationIpRange':'10.0.0.0/16',
                                      'GatewayId':'local','State':'active'},
                                     {'CreationMethod':'CreateRoute','DestinationIpRange':'192.168.0.0/16',
                                      'NetPeeringId':'%1$s','State':'active'},
                                     {'CreationMethod':'CreateRoute','DestinationIpRange':'10.1.0.0/16',
                                      'NetPeeringId':'%1$s','State':'active'}]
                                    """.formatted(peering.id())));
        }

        @Test
        void update_leads_a_route_elsewhere_and_delete_removes_it() {
            NetPeering second = fixture.activePeering(net, fixture.net(owner, "10.2.0.0/16"));
            route("10.1.0.0/16");

            JsonNode updated = client.call(
                            "UpdateRoute",
                            "{'RouteTableId':'%s','DestinationIpRange':'10.1.0.0/16','NetPeeringId':'%s'}"
                                    .formatted(main, second.id()))
                    .path("RouteTable");
            assertThat(OapiClient.texts(updated.path("Routes"), "NetPeeringId"))
                    .containsExactly("", second.id().value());

            JsonNode left = client.call(
                            "DeleteRoute", "{'RouteTableId':'%s','DestinationIpRange':'10.1.0.0/16'}".formatted(main))
                    .path("RouteTable");
            assertThat(OapiClient.texts(left.path("Routes"), "DestinationIpRange"))
                    .containsExactly("10.0.0.0/16");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "7000 | 'DestinationIpRange':'10.2.0.0/16'",
                    "7000 | 'NetPeeringId':'pcx-12345678'",
                    "3002 | 'DestinationIpRange':'10.2.0.0/16','NetPeeringId':'pcx-12345678','NicId':'eni-12345678'",
                    "4047 | 'DestinationIpRange':'10.2.0.1/16','NetPeeringId':'pcx-12345678'",
                    "4047 | 'DestinationIpRange':'everywhere','NetPeeringId':'pcx-12345678'",
                    "4045 | 'DestinationIpRange':'10.0.3.0/24','NetPeeringId':'pcx-12345678'",
                    "5035 | 'DestinationIpRange':'10.2.0.0/16','NetPeeringId':'pcx-12345678'",
                    "5001 | 'DestinationIpRange':'0.0.0.0/0','GatewayId':'igw-12345678'",
                    "5032 | 'DestinationIpRange':'0.0.0.0/0','NatServiceId':'nat-12345678'",
                    "5036 | 'DestinationIpRange':'0.0.0.0/0','NicId':'eni-12345678'",
                    "5063 | 'DestinationIpRange':'0.0.0.0/0','VmId':'i-12345678'",
                    "3001 | 'DestinationIpRange':'0.0.0.0/0','VirtualGatewayId':'vgw-12345678'"
                })
        @Rule({"R3", "R5"})
        void bad_arguments_are_refused(String code, String arguments) {
            client.refused(400, code, "CreateRoute", "{'RouteTableId':'%s',%s}".formatted(main, arguments));
            assertThat(fixture.mainTable(net).routes()).hasSize(1);
        }

        @Test
        @Rule("R5")
        void a_second_route_to_the_same_destination_is_refused() {
            route("10.1.0.0/16");

            client.refused(400, "9029", "CreateRoute", routeTo("10.1.0.0/16"));
        }

        @Test
        @Rule("R3")
        void a_dead_peering_is_refused_with_a_status_that_clients_can_read() {
            fixture.change(unit -> {
                unit.peerings().save(peering.delete(owner, unit.now()));
                return peering;
            });

            client.refused(400, "6004", "CreateRoute", routeTo("10.1.0.0/16"));
        }

        @Test
        void a_route_that_is_not_there_is_unknown_and_the_local_one_stays() {
            String local = "{'RouteTableId':'%s','DestinationIpRange':'10.0.0.0/16'}".formatted(main);
            String missing = "{'RouteTableId':'%s','DestinationIpRange':'10.7.0.0/16'}".formatted(main);

            client.refused(400, "5046", "DeleteRoute", missing);
            client.refused(400, "4045", "DeleteRoute", local);
            client.refused(400, "5046", "UpdateRoute", routeTo("10.7.0.0/16"));
            client.refused(400, "4045", "UpdateRoute", routeTo("10.0.0.0/16"));
            client.refused(400, "7000", "DeleteRoute", "{'RouteTableId':'%s'}".formatted(main));
        }
    }
}
