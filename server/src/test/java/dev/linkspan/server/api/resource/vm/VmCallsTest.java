package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.operation.Placement;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.server.api.oapi.OapiClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class VmCallsTest extends VmCallsScenario {

    @Nested
    class CreateVms {

        @Test
        void a_vm_is_answered_with_everything_that_clients_read() {
            JsonNode vm =
                    create(",'VmType':'tinav5.c1r1p2','ClientToken':'once'").path(0);

            assertThat(vm.propertyNames())
                    .containsExactlyInAnyOrder(
                            "ActionsOnNextBoot",
                            "Architecture",
                            "BlockDeviceMappings",
                            "BootMode",
                            "BsuOptimized",
                            "ClientToken",
                            "CreationDate",
                            "DeletionProtection",
                            "Hypervisor",
                            "ImageId",
                            "IsSourceDestChecked",
                            "LaunchNumber",
                            "NestedVirtualization",
                            "NetId",
                            "Nics",
                            "OsFamily",
                            "Performance",
                            "Placement",
                            "PrivateDnsName",
                            "PrivateIp",
                            "ProductCodes",
                            "ReservationId",
                            "RootDeviceName",
                            "RootDeviceType",
                            "SecurityGroups",
                            "State",
                            "StateReason",
                            "SubnetId",
                            "Tags",
                            "TpmEnabled",
                            "UserData",
                            "VmId",
                            "VmInitiatedShutdownBehavior",
                            "VmType");
            assertThat(vm.path("State").stringValue()).isEqualTo("running");
            assertThat(vm.path("Performance").stringValue()).isEqualTo("high");
            assertThat(vm.path("ProductCodes").toString()).isEqualTo("[\"0001\"]");
            assertThat(vm.path("PrivateIp").stringValue()).isEqualTo("10.0.1.4");
            assertThat(vm.path("PrivateDnsName").stringValue()).isEqualTo("ip-10-0-1-4.eu-west-2.compute.internal");
            assertThat(vm.path("CreationDate").stringValue()).isEqualTo("2026-11-22T18:44:49.123Z");
            assertThat(vm.path("Placement").toString())
                    .isEqualTo("{\"SubregionName\":\"eu-west-2a\",\"Tenancy\":\"default\"}");
            assertThat(vm.path("SecurityGroups")
                            .path(0)
                            .path("SecurityGroupName")
                            .stringValue())
                    .isEqualTo("default");
        }

        @Test
        void each_nic_of_a_vm_has_its_link() {
            JsonNode nics = create("").path(0).path("Nics");

            assertThat(nics).hasSize(1);
            assertThat(nics.path(0).propertyNames())
                    .containsExactlyInAnyOrder(
                            "AccountId",
                            "Description",
                            "IsSourceDestChecked",
                            "LinkNic",
                            "MacAddress",
                            "NetId",
                            "NicId",
                            "PrivateDnsName",
                            "PrivateIps",
                            "SecurityGroups",
                            "State",
                            "SubnetId");
            JsonNode link = nics.path(0).path("LinkNic");
            assertThat(link.path("LinkNicId").stringValue()).startsWith("eni-attach-");
            assertThat(link.path("DeviceNumber").intValue()).isZero();
            assertThat(link.path("DeleteOnVmDeletion").booleanValue()).isTrue();
            assertThat(link.path("State").stringValue()).isEqualTo("attached");
            assertThat(nics.path(0).path("PrivateIps").toString())
                    .isEqualTo("[{\"IsPrimary\":true,\"PrivateDnsName\":\"ip-10-0-1-4.eu-west-2.compute.internal\","
                            + "\"PrivateIp\":\"10.0.1.4\"}]");
        }

        @Test
        void nics_are_made_and_taken_as_they_are_described() {
            Nic there =
                    fixture.nic(subnet, "10.0.1.50", fixture.defaultGroup(net).id());

            JsonNode vm = client.call("CreateVms", """
                            {'ImageId':'ami-00000001','Nics':[
                              {'DeviceNumber':1,'NicId':'%s'},
                              {'DeviceNumber':0,'SubnetId':'%s','SecondaryPrivateIpCount':1,'DeleteOnVmDeletion':false,
                               'PrivateIps':[{'PrivateIp':'10.0.1.9','IsPrimary':true}]}]}
                            """.formatted(there.id(), subnet.id()))
                    .path("Vms")
                    .path(0);

            assertThat(OapiClient.texts(vm.path("Nics"), "NicId"))
                    .last()
                    .isEqualTo(there.id().value());
            JsonNode primary = vm.path("Nics").path(0);
            assertThat(OapiClient.texts(primary.path("PrivateIps"), "PrivateIp"))
                    .containsExactly("10.0.1.9", "10.0.1.4");
            assertThat(primary.path("LinkNic").path("DeleteOnVmDeletion").booleanValue())
                    .isFalse();
        }

        @Test
        void several_are_made_at_once_and_only_once_by_token() {
            String arguments = ",'MinVmsCount':2,'MaxVmsCount':2,'BootOnCreation':false,'ClientToken':'once'";

            JsonNode made = create(arguments);

            assertThat(made).hasSize(2);
            assertThat(OapiClient.texts(made, "State")).containsOnly("stopped");
            assertThat(create(arguments)).isEqualTo(made);
        }

        @Test
        void a_dry_run_makes_nothing() {
            assertThat(client.call(
                                    "CreateVms",
                                    "{'ImageId':'ami-00000001','SubnetId':'%s','DryRun':true}".formatted(subnet.id()))
                            .propertyNames())
                    .containsExactly("ResponseContext");

            assertThat(idsRead("")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                        'BootMode':'floppy'                                 | 4047
                        'TpmEnabled':true                                   | 4045
                        'ActionsOnNextBoot':{'SecureBoot':'enable'}         | 4045
                        'KeypairName':'mine'                                | 5071
                        'SecurityGroupIds':['sg-0000ffff']                  | 5020
                        'SecurityGroups':['web']                            | 4045
                        'VmType':'huge'                                     | 4047
                        'Performance':'enormous'                            | 4047
                        'UserData':'#!'                                     | 4047
                        'MinVmsCount':0                                     | 4045
                        'MinVmsCount':3,'MaxVmsCount':2                     | 3002
                        'PrivateIps':['10.0.1.2']                           | 4045
                        'PrivateIps':['10.0.1']                             | 4047
                        'Placement':{'SubregionName':'eu-west-2b'}          | 4045
                        'Placement':{'Tenancy':'dedicated'}                 | 4045
                        'Nics':[{'DeviceNumber':0,'NicId':'eni-0000ffff'}]  | 3002
                        'Nics':[{'SubnetId':'subnet-0000ffff'}]             | 7000
                        'Colour':'red'                                      | 3001
                        'BlockDeviceMappings':[{'Bsu':{'Size':1}}]          | 3001
                        """)
        void bad_arguments_are_refused(String argument, String code) {
            client.refused(
                    400,
                    code,
                    "CreateVms",
                    "{'ImageId':'ami-00000001','SubnetId':'%s',%s}".formatted(subnet.id(), argument));
            assertThat(idsRead("")).isEmpty();
        }

        @Test
        void a_vm_outside_every_net_is_refused_with_what_is_missing() {
            assertThat(client.refused(400, "7000", "CreateVms", "{'ImageId':'ami-00000001'}"))
                    .contains("SubnetId");
            assertThat(client.refused(400, "7000", "CreateVms", "{}")).contains("ImageId");
        }

        @Test
        @Rule("H1")
        void a_subregion_without_room_for_another_machine_is_told_in_outscales_words() {
            Vms onHosts = new Vms(PublicIpPools.NONE, Images.OF_HOST, Placement.ON_HOSTS);
            OapiClient crowded = new OapiClient(store, owner, new VmCalls(onHosts).operations());

            assertThat(crowded.refused(
                            400,
                            "10001",
                            "CreateVms",
                            "{'ImageId':'ami-00000001','SubnetId':'%s'}".formatted(subnet.id())))
                    .contains("eu-west-2a")
                    .doesNotContain("host");
        }

        @Test
        void unknown_images_and_subnets_are_named() {
            assertThat(client.refused(
                            400,
                            "5023",
                            "CreateVms",
                            "{'ImageId':'ami-0000ffff','SubnetId':'%s'}".formatted(subnet.id())))
                    .isEqualTo("The ImageId 'ami-0000ffff' doesn't exist.");
            client.refused(400, "5057", "CreateVms", "{'ImageId':'ami-00000001','SubnetId':'subnet-0000ffff'}");
        }
    }

    @Nested
    class States {

        @Test
        void stopping_starting_and_deleting_answer_both_states() {
            String id = createdId("");
            String arguments = "{'VmIds':['%s']}".formatted(id);

            assertThat(client.call("StopVms", arguments).path("Vms").toString())
                    .isEqualTo("[{\"CurrentState\":\"stopped\",\"PreviousState\":\"running\",\"VmId\":\"%s\"}]"
                            .formatted(id));
            assertThat(OapiClient.texts(client.call("StartVms", arguments).path("Vms"), "CurrentState"))
                    .containsExactly("running");
            client.call("RebootVms", arguments);
            assertThat(OapiClient.texts(client.call("DeleteVms", arguments).path("Vms"), "CurrentState"))
                    .containsExactly("terminated");
            client.refused(400, "6004", "StartVms", arguments);
        }

        @ParameterizedTest
        @ValueSource(strings = {"StartVms", "StopVms", "RebootVms", "DeleteVms"})
        void unknown_and_missing_ids_are_refused(String name) {
            assertThat(client.refused(400, "5063", name, "{'VmIds':['i-0000ffff']}"))
                    .isEqualTo("The VmIds 'i-0000ffff' doesn't exist.");
            client.refused(400, "7000", name, "{'VmIds':[]}");
            client.refused(400, "4104", name, "{'VmIds':['vol-00000001']}");
        }

        @Test
        void only_running_vms_have_their_state_read_unless_all_are_asked_for() {
            String running = createdId("");
            String stopped = createdId(",'BootOnCreation':false");

            assertThat(OapiClient.texts(client.call("ReadVmsState", "{}").path("VmStates"), "VmId"))
                    .containsExactly(running);
            JsonNode all = client.call("ReadVmsState", "{'AllVms':true,'Filters':{'VmStates':['stopped']}}");
            assertThat(all.path("VmStates").toString())
                    .isEqualTo("[{\"MaintenanceEvents\":[],\"SubregionName\":\"eu-west-2a\",\"VmId\":\"%s\","
                                    .formatted(stopped)
                            + "\"VmState\":\"stopped\"}]");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'MaintenanceEventCodes':['system-reboot']",
                    "'MaintenanceEventDescriptions':['']",
                    "'MaintenanceEventsNotAfter':['2026-11-22']",
                    "'MaintenanceEventsNotBefore':['2026-11-22']",
                    "'SubregionNames':['eu-west-2b']",
                })
        void filters_over_what_no_vm_has_find_no_state(String filter) {
            createdId("");

            assertThat(client.call("ReadVmsState", "{'Filters':{%s}}".formatted(filter))
                            .path("VmStates"))
                    .isEmpty();
        }

        @Test
        void a_malformed_id_is_an_error_for_states_too() {
            client.refused(400, "4104", "ReadVmsState", "{'Filters':{'VmIds':['x']}}");
        }
    }

    @Nested
    class UpdateVm {

        @Test
        void what_is_given_is_changed_and_answered() {
            String id = createdId("");

            JsonNode vm = client.call(
                            "UpdateVm",
                            "{'VmId':'%s','IsSourceDestChecked':false,'VmInitiatedShutdownBehavior':'restart'}"
                                    .formatted(id))
                    .path("Vm");

            assertThat(vm.path("IsSourceDestChecked").booleanValue()).isFalse();
            assertThat(vm.path("VmInitiatedShutdownBehavior").stringValue()).isEqualTo("restart");
        }

        @Test
        void a_protected_vm_is_deleted_only_after_its_protection_is_off() {
            String id = createdId(",'DeletionProtection':true");

            assertThat(client.refused(400, "6004", "DeleteVms", "{'VmIds':['%s']}".formatted(id)))
                    .contains("DeletionProtection");
            client.call("UpdateVm", "{'VmId':'%s','DeletionProtection':false}".formatted(id));
            client.call("DeleteVms", "{'VmIds':['%s']}".formatted(id));
        }

        @Test
        void what_needs_a_stopped_vm_is_refused_while_it_runs() {
            String id = createdId("");

            client.refused(400, "6004", "UpdateVm", "{'VmId':'%s','VmType':'t2.large'}".formatted(id));
            client.call("StopVms", "{'VmIds':['%s'],'ForceStop':true}".formatted(id));
            client.call("UpdateVm", "{'VmId':'%s','VmType':'t2.large'}".formatted(id));
        }

        @Test
        void bad_arguments_are_refused() {
            String id = createdId("");

            client.refused(400, "5063", "UpdateVm", "{'VmId':'i-0000ffff'}");
            client.refused(400, "5020", "UpdateVm", "{'VmId':'%s','SecurityGroupIds':['sg-0000ffff']}".formatted(id));
            client.refused(
                    400,
                    "4045",
                    "UpdateVm",
                    "{'VmId':'%s','BlockDeviceMappings':[{'DeviceName':'/dev/sdz','Bsu':{'DeleteOnVmDeletion':false}}]}"
                            .formatted(id));
        }
    }
}
