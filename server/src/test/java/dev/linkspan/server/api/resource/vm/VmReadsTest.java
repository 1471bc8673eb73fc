package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.server.api.oapi.OapiClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class VmReadsTest extends VmCallsScenario {

    @Nested
    class ReadVms {

        @Test
        void a_terminated_vm_is_read_for_an_hour_without_its_network() {
            String id = createdId("");
            fixture.change(unit -> {
                unit.tags().save(new Tag(new VmId(id), owner, "name", "web"));
                return id;
            });
            client.call("DeleteVms", "{'VmIds':['%s']}".formatted(id));

            JsonNode vm = client.call("ReadVms", "{'Filters':{'VmIds':['%s']}}".formatted(id))
                    .path("Vms")
                    .path(0);
            assertThat(vm.path("State").stringValue()).isEqualTo("terminated");
            assertThat(vm.path("Tags").path(0).path("Value").stringValue()).isEqualTo("web");
            assertThat(vm.path("Nics")).isEmpty();
            assertThat(vm.path("SecurityGroups")).isEmpty();
            assertThat(vm.propertyNames())
                    .doesNotContain("NetId", "SubnetId", "PrivateIp", "PrivateDnsName", "IsSourceDestChecked");

            store.advance(Duration.ofHours(1));
            assertThat(idsRead("")).isEmpty();
        }

        @Test
        void many_vms_are_read_with_their_nics_in_pages() {
            create(",'MinVmsCount':25");

            JsonNode page = client.call("ReadVms", "{'ResultsPerPage':20}");
            JsonNode rest = client.call(
                    "ReadVms",
                    "{'ResultsPerPage':20,'NextPageToken':'%s'}"
                            .formatted(page.path("NextPageToken").stringValue()));

            assertThat(page.path("Vms")).hasSize(20);
            assertThat(rest.path("Vms")).hasSize(5);
            assertThat(OapiClient.elements(page.path("Vms"))
                            .map(vm -> vm.path("Nics").size()))
                    .containsOnly(1);
        }

        @Test
        @Rule("A4")
        void the_vms_of_another_account_are_not_read() {
            String id = createdId("");

            assertThat(clientOf(fixture.account())
                            .call("ReadVms", "{'Filters':{'VmIds':['%s']}}".formatted(id))
                            .path("Vms"))
                    .isEmpty();
        }

        @Test
        void a_malformed_id_is_an_error() {
            client.refused(400, "4104", "ReadVms", "{'Filters':{'VmIds':['vm-12345678']}}");
            client.refused(400, "4104", "ReadVms", "{'Filters':{'VmIds':['i-1234']}}");
        }

        @Test
        void an_unknown_filter_is_an_error() {
            client.refused(400, "3001", "ReadVms", "{'Filters':{'Colours':['red']}}");
        }
    }

    @Nested
    class Filters {

        private final String web = createdId(",'PrivateIps':['10.0.1.9'],'VmType':'t2.micro','ClientToken':'web'");
        private final Vm other =
                fixture.vm(subnet, "10.0.1.20", fixture.defaultGroup(net).id());

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'PrivateIps':['10.0.1.9']",
                    "'NicPrivateIpsPrivateIps':['10.0.1.9','10.0.1.10']",
                    "'VmTypes':['t2.micro']",
                    "'ClientTokens':['web']",
                    "'NicDescriptions':['Primary network interface']",
                })
        void those_that_tell_the_two_apart_find_one(String filter) {
            assertThat(idsRead(filter)).containsExactly(web);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'Architectures':['x86_64','i386']",
                    "'BootModes':['legacy']",
                    "'CreationDates':['2026-11-22T18:44:49.123Z']",
                    "'ImageIds':['ami-00000001']",
                    "'IsSourceDestChecked':true",
                    "'LaunchNumbers':[0]",
                    "'NicIsSourceDestChecked':true",
                    "'NicLinkNicDeleteOnVmDeletion':true",
                    "'NicLinkNicDeviceNumbers':[0]",
                    "'NicLinkNicStates':['attached']",
                    "'NicPrivateIpsPrimaryIp':true",
                    "'NicSecurityGroupNames':['default']",
                    "'NicStates':['in-use']",
                    "'NicSubregionNames':['eu-west-2a']",
                    "'ProductCodes':['0001']",
                    "'RootDeviceNames':['/dev/sda1']",
                    "'RootDeviceTypes':['ebs']",
                    "'SecurityGroupNames':['default']",
                    "'StateReasons':['']",
                    "'StateReasonMessages':['']",
                    "'SubregionNames':['eu-west-2a']",
                    "'Tenancies':['default']",
                    "'TpmEnabled':false",
                    "'VmSecurityGroupNames':['default']",
                    "'VmStateCodes':[16]",
                    "'VmStateNames':['running']",
                })
        void those_that_fit_both_find_both(String filter) {
            assertThat(idsRead(filter))
                    .containsExactlyInAnyOrder(web, other.id().value());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'Architectures':['i386']",
                    "'BlockDeviceMappingDeleteOnVmDeletion':false",
                    "'BlockDeviceMappingDeviceNames':['/dev/sdz']",
                    "'BlockDeviceMappingLinkDates':['2026-11-22']",
                    "'BlockDeviceMappingStates':['detached']",
                    "'BlockDeviceMappingVolumeIds':['vol-12345678']",
                    "'IsSourceDestChecked':false",
                    "'KeypairNames':['mine']",
                    "'Lifecycles':['spot']",
                    "'NicIsSourceDestChecked':false",
                    "'NicLinkNicLinkNicDates':['2026-11-22']",
                    "'NicLinkPublicIpAccountIds':['123456789012']",
                    "'NicLinkPublicIpLinkPublicIpIds':['eipassoc-12345678']",
                    "'NicLinkPublicIpPublicIpIds':['eipalloc-12345678']",
                    "'NicLinkPublicIpPublicIps':['192.0.2.1']",
                    "'NicPrivateIpsLinkPublicIpAccountIds':['123456789012']",
                    "'NicPrivateIpsLinkPublicIpIds':['192.0.2.1']",
                    "'NicPrivateIpsPrimaryIp':false",
                    "'Platforms':['windows']",
                    "'PublicIps':['192.0.2.1']",
                    "'StateReasonCodes':[0]",
                    "'TpmEnabled':true",
                    "'VmStateNames':['Running']",
                    "'NetIds':['no-such-net']",
                    "'TagKeys':['name']",
                })
        void those_that_fit_neither_find_none(String filter) {
            assertThat(idsRead(filter)).isEmpty();
        }

        @Test
        void ids_of_what_belongs_to_a_vm_find_it() {
            JsonNode vm = client.call("ReadVms", "{'Filters':{'VmIds':['%s']}}".formatted(web))
                    .path("Vms")
                    .path(0);
            JsonNode nic = vm.path("Nics").path(0);

            assertThat(idsRead("'ReservationIds':[%s]".formatted(vm.path("ReservationId"))))
                    .containsExactly(web);
            assertThat(idsRead("'NicNicIds':[%s]".formatted(nic.path("NicId")))).containsExactly(web);
            assertThat(idsRead("'NicMacAddresses':[%s]".formatted(nic.path("MacAddress"))))
                    .containsExactly(web);
            assertThat(idsRead("'NicLinkNicLinkNicIds':[%s]"
                            .formatted(nic.path("LinkNic").path("LinkNicId"))))
                    .containsExactly(web);
            assertThat(idsRead("'NicLinkNicVmIds':['%s']".formatted(web))).containsExactly(web);
        }

        @Test
        void ids_of_what_both_share_find_both() {
            String group = fixture.defaultGroup(net).id().value();
            for (String filter : List.of(
                    "'NetIds':['%s']".formatted(net.id()),
                    "'NicNetIds':['%s']".formatted(net.id()),
                    "'SubnetIds':['%s']".formatted(subnet.id()),
                    "'NicSubnetIds':['%s']".formatted(subnet.id()),
                    "'SecurityGroupIds':['%s']".formatted(group),
                    "'VmSecurityGroupIds':['%s']".formatted(group),
                    "'NicSecurityGroupIds':['%s']".formatted(group),
                    "'NicAccountIds':['%s']".formatted(owner),
                    "'NicLinkNicVmAccountIds':[%s]".formatted(owner))) {
                assertThat(idsRead(filter)).as(filter).hasSize(2);
            }
        }
    }
}
