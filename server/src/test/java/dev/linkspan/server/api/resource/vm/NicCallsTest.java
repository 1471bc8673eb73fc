package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.operation.NicAddresses;
import dev.linkspan.core.operation.Nics;
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

class NicCallsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
    private final String group = fixture.defaultGroup(net).id().value();
    private final OapiClient client = clientOf(owner);

    private OapiClient clientOf(AccountId account) {
        return new OapiClient(store, account, new NicCalls(new Nics(), new NicAddresses()).operations());
    }

    private JsonNode create(String further) {
        return client.call("CreateNic", "{'SubnetId':'%s'%s}".formatted(subnet.id(), further))
                .path("Nic");
    }

    private String createdId(String further) {
        return create(further).path("NicId").stringValue();
    }

    private JsonNode read(String filters) {
        return client.call("ReadNics", "{'Filters':{%s}}".formatted(filters)).path("Nics");
    }

    private List<String> addressesOf(String nic) {
        return OapiClient.texts(read("'NicIds':['%s']".formatted(nic)).path(0).path("PrivateIps"), "PrivateIp");
    }

    private Vm vm() {
        return fixture.vm(subnet, "10.0.1.100", fixture.defaultGroup(net).id());
    }

    private String linkedTo(Vm vm, String nic) {
        return client.call("LinkNic", "{'NicId':'%s','VmId':'%s','DeviceNumber':1}".formatted(nic, vm.id()))
                .path("LinkNicId")
                .stringValue();
    }

    @Nested
    class CreateNic {

        @Test
        void a_nic_is_answered_without_a_link() {
            JsonNode nic = create(",'Description':'front'");

            assertThat(nic.propertyNames())
                    .containsExactlyInAnyOrder(
                            "AccountId",
                            "Description",
                            "IsSourceDestChecked",
                            "MacAddress",
                            "NetId",
                            "NicId",
                            "PrivateDnsName",
                            "PrivateIps",
                            "SecurityGroups",
                            "State",
                            "SubnetId",
                            "SubregionName",
                            "Tags");
            assertThat(nic.path("State").stringValue()).isEqualTo("available");
            assertThat(nic.path("Description").stringValue()).isEqualTo("front");
            assertThat(nic.path("MacAddress").stringValue()).startsWith("06:00:");
            assertThat(OapiClient.texts(nic.path("SecurityGroups"), "SecurityGroupId"))
                    .containsExactly(group);
        }

        @Test
        void addresses_are_primary_as_they_say() {
            JsonNode nic = create(",'PrivateIps':[{'PrivateIp':'10.0.1.7'},{'PrivateIp':'10.0.1.9','IsPrimary':true}]");

            assertThat(OapiClient.texts(nic.path("PrivateIps"), "PrivateIp")).containsExactly("10.0.1.9", "10.0.1.7");
            assertThat(OapiClient.texts(nic.path("PrivateIps"), "IsPrimary")).containsExactly("true", "false");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                        'PrivateIps':[{'PrivateIp':'10.0.1.1'}]                                | 4045
                        'PrivateIps':[{'PrivateIp':'10.0.1'}]                                  | 4047
                        'PrivateIps':[{'IsPrimary':true}]                                      | 7000
                        'PrivateIps':['10.0.1.9']                                              | 4110
                        'PrivateIps':[{'PrivateIp':'10.0.1.9'},{'PrivateIp':'10.0.1.9'}]       | 4045
                        'SecurityGroupIds':['sg-0000ffff']                                     | 5020
                        'SecurityGroupIds':['eni-0000ffff']                                    | 4104
                        'DeviceNumber':1                                                       | 3001
                        """)
        void bad_arguments_are_refused(String argument, String code) {
            client.refused(400, code, "CreateNic", "{'SubnetId':'%s',%s}".formatted(subnet.id(), argument));
            assertThat(read("")).isEmpty();
        }

        @Test
        void two_primary_addresses_exclude_each_other() {
            client.refused(
                    400,
                    "3002",
                    "CreateNic",
                    "{'SubnetId':'%s','PrivateIps':[{'PrivateIp':'10.0.1.8','IsPrimary':true},{'PrivateIp':'10.0.1.9','IsPrimary':true}]}"
                            .formatted(subnet.id()));
        }

        @Test
        void an_address_in_use_is_in_the_way() {
            create(",'PrivateIps':[{'PrivateIp':'10.0.1.9','IsPrimary':true}]");

            client.refused(
                    400,
                    "9029",
                    "CreateNic",
                    "{'SubnetId':'%s','PrivateIps':[{'PrivateIp':'10.0.1.9'}]}".formatted(subnet.id()));
        }

        @Test
        @Rule("A4")
        void the_subnet_of_another_account_is_unknown() {
            assertThat(clientOf(fixture.account())
                            .refused(400, "5057", "CreateNic", "{'SubnetId':'%s'}".formatted(subnet.id())))
                    .isEqualTo("The SubnetId '%s' doesn't exist.".formatted(subnet.id()));
        }
    }

    @Nested
    class Link {

        @Test
        void a_linked_nic_shows_its_link() {
            Vm vm = vm();
            String nic = createdId("");

            String link = linkedTo(vm, nic);

            JsonNode read = read("'NicIds':['%s']".formatted(nic)).path(0);
            assertThat(read.path("State").stringValue()).isEqualTo("in-use");
            assertThat(read.path("LinkNic").toString())
                    .isEqualTo(("{\"DeleteOnVmDeletion\":false,\"DeviceNumber\":1,\"LinkNicId\":\"%s\","
                                    + "\"State\":\"attached\",\"VmAccountId\":\"%s\",\"VmId\":\"%s\"}")
                            .formatted(link, owner, vm.id()));
        }

        @Test
        void an_unlinked_nic_can_be_deleted() {
            String nic = createdId("");
            String link = linkedTo(vm(), nic);

            client.refused(400, "9029", "DeleteNic", "{'NicId':'%s'}".formatted(nic));
            client.call("UnlinkNic", "{'LinkNicId':'%s'}".formatted(link));
            client.call("DeleteNic", "{'NicId':'%s'}".formatted(nic));

            client.refused(400, "5036", "DeleteNic", "{'NicId':'%s'}".formatted(nic));
            client.refused(400, "5007", "UnlinkNic", "{'LinkNicId':'%s'}".formatted(link));
        }

        @Test
        void bad_arguments_are_refused() {
            Vm vm = vm();
            String nic = createdId("");

            client.refused(
                    400, "4045", "LinkNic", "{'NicId':'%s','VmId':'%s','DeviceNumber':8}".formatted(nic, vm.id()));
            client.refused(400, "7000", "LinkNic", "{'NicId':'%s','VmId':'%s'}".formatted(nic, vm.id()));
            client.refused(
                    400, "5063", "LinkNic", "{'NicId':'%s','VmId':'i-0000ffff','DeviceNumber':1}".formatted(nic));
            client.refused(
                    400, "5036", "LinkNic", "{'NicId':'eni-0000ffff','VmId':'%s','DeviceNumber':1}".formatted(vm.id()));
        }
    }

    @Nested
    class UpdateNic {

        @Test
        void description_and_link_are_changed() {
            String nic = createdId("");
            String link = linkedTo(vm(), nic);

            JsonNode updated = client.call(
                            "UpdateNic",
                            "{'NicId':'%s','Description':'back','LinkNic':{'LinkNicId':'%s','DeleteOnVmDeletion':true}}"
                                    .formatted(nic, link))
                    .path("Nic");

            assertThat(updated.path("Description").stringValue()).isEqualTo("back");
            assertThat(updated.path("LinkNic").path("DeleteOnVmDeletion").booleanValue())
                    .isTrue();
        }

        @Test
        void bad_arguments_are_refused() {
            String nic = createdId("");

            client.refused(400, "5036", "UpdateNic", "{'NicId':'eni-0000ffff','Description':'x'}");
            client.refused(
                    400, "7000", "UpdateNic", "{'NicId':'%s','LinkNic':{'DeleteOnVmDeletion':true}}".formatted(nic));
            client.refused(
                    400,
                    "5007",
                    "UpdateNic",
                    "{'NicId':'%s','LinkNic':{'LinkNicId':'eni-attach-0000ffff','DeleteOnVmDeletion':true}}"
                            .formatted(nic));
            client.refused(
                    400, "5020", "UpdateNic", "{'NicId':'%s','SecurityGroupIds':['sg-0000ffff']}".formatted(nic));
        }
    }

    @Nested
    class PrivateIps {

        private final String nic = createdId("");

        @Test
        void addresses_are_linked_by_name_by_number_and_one_by_default() {
            client.call("LinkPrivateIps", "{'NicId':'%s','PrivateIps':['10.0.1.9']}".formatted(nic));
            client.call("LinkPrivateIps", "{'NicId':'%s','SecondaryPrivateIpCount':2}".formatted(nic));
            client.call("LinkPrivateIps", "{'NicId':'%s'}".formatted(nic));

            assertThat(addressesOf(nic)).containsExactly("10.0.1.4", "10.0.1.9", "10.0.1.5", "10.0.1.6", "10.0.1.7");
        }

        @Test
        void an_address_moves_where_that_is_allowed() {
            String other = createdId("");
            client.call("LinkPrivateIps", "{'NicId':'%s','PrivateIps':['10.0.1.9']}".formatted(other));
            String arguments = "{'NicId':'%s','PrivateIps':['10.0.1.9'],'AllowRelink':%s}";

            client.refused(400, "9029", "LinkPrivateIps", arguments.formatted(nic, false));
            client.call("LinkPrivateIps", arguments.formatted(nic, true));

            assertThat(addressesOf(nic)).containsExactly("10.0.1.4", "10.0.1.9");
            assertThat(addressesOf(other)).containsExactly("10.0.1.5");
        }

        @Test
        void secondary_addresses_are_unlinked() {
            client.call("LinkPrivateIps", "{'NicId':'%s','PrivateIps':['10.0.1.9']}".formatted(nic));
            client.call("UnlinkPrivateIps", "{'NicId':'%s','PrivateIps':['10.0.1.9']}".formatted(nic));

            assertThat(addressesOf(nic)).containsExactly("10.0.1.4");
            client.refused(400, "4045", "UnlinkPrivateIps", "{'NicId':'%s','PrivateIps':['10.0.1.4']}".formatted(nic));
            client.refused(400, "7000", "UnlinkPrivateIps", "{'NicId':'%s'}".formatted(nic));
        }

        @Test
        void addresses_and_a_number_exclude_each_other() {
            client.refused(
                    400,
                    "3002",
                    "LinkPrivateIps",
                    "{'NicId':'%s','PrivateIps':['10.0.1.9'],'SecondaryPrivateIpCount':1}".formatted(nic));
        }
    }

    @Nested
    class ReadNics {

        private final String front = createdId(
                ",'Description':'front','PrivateIps':[{'PrivateIp':'10.0.1.9','IsPrimary':true},{'PrivateIp':'10.0.1.10'}]");
        private final Vm vm = vm();

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'Descriptions':['front']",
                    "'PrivateDnsNames':['ip-10-0-1-9.eu-west-2.compute.internal']",
                    "'PrivateIpsPrimaryIp':false",
                    "'PrivateIpsPrivateIps':['10.0.1.10']",
                    "'States':['available']",
                })
        void filters_that_fit_only_the_free_nic_find_it(String filter) {
            assertThat(OapiClient.texts(read(filter), "NicId")).containsExactly(front);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'LinkNicDeleteOnVmDeletion':true",
                    "'LinkNicDeviceNumbers':[0]",
                    "'LinkNicStates':['attached']",
                    "'States':['in-use']",
                })
        void filters_that_fit_only_the_linked_nic_find_it(String filter) {
            assertThat(read(filter)).hasSize(1);
            assertThat(read(filter).path(0).path("LinkNic").path("VmId").stringValue())
                    .isEqualTo(vm.id().value());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'IsSourceDestCheck':true",
                    "'PrivateIpsPrimaryIp':true",
                    "'SecurityGroupNames':['default']",
                    "'SubregionNames':['eu-west-2a']",
                })
        void filters_that_fit_both_find_both(String filter) {
            assertThat(read(filter)).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'IsSourceDestCheck':false",
                    "'LinkNicDeleteOnVmDeletion':false",
                    "'LinkPublicIpAccountIds':['123456789012']",
                    "'LinkPublicIpLinkPublicIpIds':['eipassoc-12345678']",
                    "'LinkPublicIpPublicDnsNames':['x']",
                    "'LinkPublicIpPublicIpIds':['eipalloc-12345678']",
                    "'LinkPublicIpPublicIps':['192.0.2.1']",
                    "'PrivateIpsLinkPublicIpAccountIds':['123456789012']",
                    "'PrivateIpsLinkPublicIpPublicIps':['192.0.2.1']",
                    "'NicIds':['x']",
                    "'Tags':['name=web']",
                })
        void filters_that_fit_neither_find_none(String filter) {
            assertThat(read(filter)).isEmpty();
        }

        @Test
        void ids_of_what_belongs_to_a_nic_find_it() {
            JsonNode linked = read("'LinkNicVmIds':['%s']".formatted(vm.id())).path(0);

            assertThat(read("'LinkNicLinkNicIds':[%s]"
                            .formatted(linked.path("LinkNic").path("LinkNicId"))))
                    .hasSize(1);
            assertThat(read("'LinkNicVmAccountIds':[%s]".formatted(owner))).hasSize(1);
            assertThat(read("'MacAddresses':[%s]".formatted(linked.path("MacAddress"))))
                    .hasSize(1);
            assertThat(read("'NetIds':['%s']".formatted(net.id()))).hasSize(2);
            assertThat(read("'SubnetIds':['%s']".formatted(subnet.id()))).hasSize(2);
            assertThat(read("'SecurityGroupIds':['%s']".formatted(group))).hasSize(2);
        }

        @Test
        @Rule("A4")
        void the_nics_of_another_account_are_not_read() {
            OapiClient stranger = clientOf(fixture.account());

            assertThat(stranger.call("ReadNics", "{}").path("Nics")).isEmpty();
            assertThat(stranger.call("ReadNics", "{'Filters':{'NicIds':['%s']}}".formatted(front))
                            .path("Nics"))
                    .isEmpty();
        }
    }
}
