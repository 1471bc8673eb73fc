package dev.linkspan.server.api.resource.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.operation.Volumes;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.oapi.OapiClient;
import dev.linkspan.server.api.resource.tag.TagCalls;
import dev.linkspan.server.api.resource.vm.VmCalls;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Volumes in the OUTSCALE API. */
class VolumeCallsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final Subnet subnet = fixture.subnet(fixture.net(owner, "10.0.0.0/16"), "10.0.1.0/24");
    private final OapiClient client = as(owner);

    private OapiClient as(AccountId who) {
        Subregions subregions = new Subregions(
                List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION, new SubregionName("eu-west-2b")))));
        List<Operation> operations = Stream.of(
                        new VolumeCalls(new Volumes(subregions)).operations(),
                        new VmCalls(new Vms(PublicIpPools.NONE)).operations(),
                        new TagCalls(new Tags()).operations())
                .flatMap(List::stream)
                .toList();
        return new OapiClient(store, who, operations);
    }

    private JsonNode create(String further) {
        return client.call("CreateVolume", "{'SubregionName':'eu-west-2a','Size':10%s}".formatted(further))
                .path("Volume");
    }

    private String vm(String further) {
        return client.call("CreateVms", "{'ImageId':'ami-00000001','SubnetId':'%s'%s}".formatted(subnet.id(), further))
                .path("Vms")
                .path(0)
                .path("VmId")
                .stringValue();
    }

    private JsonNode read(String filters) {
        return client.call("ReadVolumes", "{'Filters':{%s}}".formatted(filters)).path("Volumes");
    }

    @Test
    void a_volume_is_answered_with_every_field() {
        JsonNode volume = create(",'ClientToken':'once'");
        String id = volume.path("VolumeId").stringValue();

        assertThat(volume.toString())
                .isEqualTo(
                        "{\"ClientToken\":\"once\",\"CreationDate\":\"2026-11-22T18:44:49.123Z\",\"LinkedVolumes\":[],\"Size\":10,"
                                + "\"State\":\"available\",\"SubregionName\":\"eu-west-2a\",\"Tags\":[],\"VolumeId\":\"%s\",\"VolumeType\":\"standard\"}"
                                        .formatted(id));
        assertThat(read("'VolumeIds':['%s']".formatted(id)).path(0)).isEqualTo(volume);
        assertThat(create(",'ClientToken':'once'").path("VolumeId").stringValue())
                .isEqualTo(id);
        assertThat(as(fixture.account()).call("ReadVolumes", "{}").path("Volumes"))
                .isEmpty();
        as(fixture.account()).refused(400, "5064", "DeleteVolume", "{'VolumeId':'%s'}".formatted(id));
    }

    @Test
    void a_volume_is_linked_updated_unlinked_and_deleted() {
        String vm = vm("");
        String id = create("").path("VolumeId").stringValue();
        client.call("CreateTags", "{'ResourceIds':['%s'],'Tags':[{'Key':'name','Value':'disk'}]}".formatted(id));
        client.call("LinkVolume", "{'VolumeId':'%s','VmId':'%s','DeviceName':'/dev/sdb'}".formatted(id, vm));

        JsonNode linked = read("'LinkVolumeDeviceNames':['/dev/sdb'],'Tags':['name=disk']")
                .path(0);
        assertThat(linked.path("LinkedVolumes").path(0).toString())
                .isEqualTo(
                        "{\"DeleteOnVmDeletion\":false,\"DeviceName\":\"/dev/sdb\",\"State\":\"attached\",\"VmId\":\"%s\",\"VolumeId\":\"%s\"}"
                                .formatted(vm, id));
        client.refused(400, "9029", "DeleteVolume", "{'VolumeId':'%s'}".formatted(id));

        JsonNode updated = client.call("UpdateVolume", "{'VolumeId':'%s','Size':12,'VolumeType':'gp2'}".formatted(id))
                .path("Volume");
        assertThat(updated.path("Size").intValue()).isEqualTo(12);
        assertThat(updated.path("Iops").intValue()).isEqualTo(100);
        client.refused(400, "4045", "UpdateVolume", "{'VolumeId':'%s','Size':11}".formatted(id));

        client.call("UnlinkVolume", "{'VolumeId':'%s'}".formatted(id));
        client.call("DeleteVolume", "{'VolumeId':'%s'}".formatted(id));
        assertThat(read("'VolumeIds':['%s']".formatted(id))).isEmpty();
    }

    @Test
    void vms_have_their_volumes_and_say_which_go_with_them() {
        String vm = vm(
                ",'BlockDeviceMappings':[{'DeviceName':'/dev/sdb','Bsu':{'VolumeSize':7,'VolumeType':'gp2','DeleteOnVmDeletion':true}}]");
        assertThat(read(
                        "'LinkVolumeVmIds':['%s'],'VolumeSizes':[7],'VolumeTypes':['gp2'],'LinkVolumeDeleteOnVmDeletion':true"
                                .formatted(vm)))
                .hasSize(1);
        client.call(
                "UpdateVm",
                "{'VmId':'%s','BlockDeviceMappings':[{'DeviceName':'/dev/sdb','Bsu':{'DeleteOnVmDeletion':false}}]}"
                        .formatted(vm));
        JsonNode mappings = client.call("ReadVms", "{'Filters':{'BlockDeviceMappingDeviceNames':['/dev/sdb']}}")
                .path("Vms")
                .path(0)
                .path("BlockDeviceMappings");
        assertThat(mappings).hasSize(2);
        assertThat(mappings.path(1).path("Bsu").path("DeleteOnVmDeletion").booleanValue())
                .isFalse();

        client.call("DeleteVms", "{'VmIds':['%s']}".formatted(vm));

        assertThat(read("'VolumeStates':['available']")).hasSize(1);
        assertThat(read("")).hasSize(1);
    }

    @Test
    void a_boot_mode_that_is_chosen_is_told() {
        vm(",'BootMode':'uefi'");
        assertThat(client.call("ReadVms", "{'Filters':{'BootModes':['uefi']}}").path("Vms"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'ClientTokens':['once']",
                "'CreationDates':['2026-11-22T18:44:49.123Z']",
                "'SubregionNames':['eu-west-2a']",
                "'VolumeSizes':[10]",
                "'VolumeStates':['available']",
                "'VolumeTypes':['standard']",
            })
    void a_filter_that_a_volume_meets_chooses_it(String filter) {
        create(",'ClientToken':'once'");
        client.call("CreateVolume", "{'SubregionName':'eu-west-2b','Size':11,'VolumeType':'gp2'}");

        assertThat(read(filter)).isNotEmpty();
        assertThat(read(filter + ",'SnapshotIds':['snap-12345678']")).isEmpty();
    }
}
