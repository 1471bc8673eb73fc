package dev.linkspan.server.api.resource.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.EventType;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.vm.InstanceScenario;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes by themselves and with their instances. */
class VolumeActionsTest extends InstanceScenario {

    private String volume(String... further) {
        return create(further).text("/CreateVolumeResponse/volumeId");
    }

    private Answer create(String... further) {
        String[] usual = {"AvailabilityZone", "eu-west-2a", "Size", "10"};
        String[] all = new String[usual.length + further.length];
        System.arraycopy(usual, 0, all, 0, usual.length);
        System.arraycopy(further, 0, all, usual.length, further.length);
        return client.done("CreateVolume", all);
    }

    private Answer described(String... parameters) {
        return client.done("DescribeVolumes", parameters);
    }

    private EventType lastEvent() {
        return fixture.read(snapshot -> snapshot.events().after(0, 1000))
                .getLast()
                .fact()
                .type();
    }

    @Test
    void a_volume_is_answered_as_it_was_asked_for() {
        Answer made = create(
                "VolumeType", "io1",
                "Iops", "500",
                "Encrypted", "true",
                "KmsKeyId", "mine",
                "TagSpecification.1.ResourceType", "volume",
                "TagSpecification.1.Tag.1.Key", "Name",
                "TagSpecification.1.Tag.1.Value", "disk");
        assertThat(lastEvent()).isEqualTo(EventType.TAGS_CHANGED);
        String id = made.text("/CreateVolumeResponse/volumeId");
        Answer seen = described("VolumeId.1", id);
        for (Answer answer : new Answer[] {made, seen}) {
            assertThat(answer.text("//size")).isEqualTo("10");
            assertThat(answer.text("//volumeType")).isEqualTo("io1");
            assertThat(answer.text("//iops")).isEqualTo("500");
            assertThat(answer.text("//encrypted")).isEqualTo("true");
            assertThat(answer.text("//kmsKeyId")).isEqualTo("mine");
            assertThat(answer.text("//status")).isEqualTo("available");
            assertThat(answer.text("//availabilityZone")).isEqualTo("eu-west-2a");
            assertThat(answer.text("//tagSet/item[key='Name']/value")).isEqualTo("disk");
        }
        assertThat(stranger.refused("InvalidVolume.NotFound", "DescribeVolumes", "VolumeId.1", id))
                .contains(id);
    }

    @Test
    void what_a_type_is_sold_with_is_filled_in() {
        assertThat(create().text("//volumeType")).isEqualTo("gp2");
        assertThat(create().text("//iops")).isEqualTo("100");
        Answer gp3 = create("VolumeType", "gp3");
        assertThat(gp3.text("//iops")).isEqualTo("3000");
        assertThat(gp3.text("//throughput")).isEqualTo("125");
        assertThat(create("VolumeType", "standard").texts("//iops")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Size, 0",
        "Size, 20000",
        "VolumeType, floppy",
        "VolumeType, io1",
        "Iops, 100",
        "Throughput, 200",
        "SnapshotId, snap-12345678",
        "MultiAttachEnabled, true",
        "AvailabilityZone, mars-1a",
        "ClientToken, ''",
    })
    void what_no_volume_can_be_is_refused(String parameter, String value) {
        String[] order = {"AvailabilityZone", "eu-west-2a", "Size", "10", parameter, value};
        if (parameter.equals("AvailabilityZone") || parameter.equals("Size")) {
            order = parameter.equals("Size")
                    ? new String[] {"AvailabilityZone", "eu-west-2a", "Size", value}
                    : new String[] {"AvailabilityZone", value, "Size", "10"};
        }
        client.refused("InvalidParameterValue", "CreateVolume", order);
        assertThat(described().texts("//volumeSet/item")).isEmpty();
    }

    @Test
    void a_repeated_order_makes_and_tags_nothing_anew() {
        String id = volume("ClientToken", "once");
        assertThat(volume("ClientToken", "once")).isEqualTo(id);
        assertThat(described().texts("//volumeSet/item")).hasSize(1);
    }

    @Test
    void nothing_remains_of_a_dry_run() {
        Answer answer = client.call("CreateVolume", "AvailabilityZone", "eu-west-2a", "Size", "1", "DryRun", "true");
        assertThat(answer.code()).isEqualTo("DryRunOperation");
        assertThat(described().texts("//volumeSet/item")).isEmpty();
    }

    @Test
    void an_account_has_so_many_and_no_more() {
        fixture.change(unit -> {
            Account account = unit.accounts().find(owner).orElseThrow();
            unit.accounts().save(new Account(owner, account.email(), Map.of(Quota.VOLUMES, 1), account.createdAt()));
            return account;
        });
        volume();
        client.refused("VolumeLimitExceeded", "CreateVolume", "AvailabilityZone", "eu-west-2a", "Size", "1");
        client.refused("InstanceLimitExceeded", "RunInstances", order());
    }

    @Test
    void a_volume_is_attached_detached_and_deleted() {
        String instance = instance();
        String id = volume();
        Answer attached = client.done("AttachVolume", "VolumeId", id, "InstanceId", instance, "Device", "/dev/sdf");
        assertThat(attached.text("/AttachVolumeResponse/status")).isEqualTo("attached");
        assertThat(lastEvent()).isEqualTo(EventType.VOLUME_LINKED);
        assertThat(described("VolumeId.1", id).text("//volumeSet/item/status")).isEqualTo("in-use");
        assertThat(client.done("DescribeInstances").texts("//blockDeviceMapping/item/deviceName"))
                .containsExactly("/dev/sda1", "/dev/sdf");

        client.refused("VolumeInUse", "DeleteVolume", "VolumeId", id);
        client.refused("VolumeInUse", "AttachVolume", "VolumeId", id, "InstanceId", instance, "Device", "/dev/sdg");
        client.refused(
                "InvalidParameterValue",
                "AttachVolume",
                "VolumeId",
                volume(),
                "InstanceId",
                instance,
                "Device",
                "/dev/sdf");
        client.refused("InvalidParameterValue", "DetachVolume", "VolumeId", id, "Device", "/dev/sdz");

        Answer detached = client.done("DetachVolume", "VolumeId", id, "InstanceId", instance);
        assertThat(detached.text("/DetachVolumeResponse/status")).isEqualTo("detached");
        assertThat(lastEvent()).isEqualTo(EventType.VOLUME_UNLINKED);
        client.refused("IncorrectState", "DetachVolume", "VolumeId", id);
        client.done("DeleteVolume", "VolumeId", id);
        assertThat(lastEvent()).isEqualTo(EventType.VOLUME_DELETED);
        client.refused("InvalidVolume.NotFound", "DeleteVolume", "VolumeId", id);
    }

    @Test
    void a_volume_of_another_zone_or_of_a_system_that_runs_stays_where_it_is() {
        String instance = instance();
        String far = client.done("CreateVolume", "AvailabilityZone", "eu-west-2b", "Size", "1")
                .text("/CreateVolumeResponse/volumeId");
        client.refused(
                "InvalidParameterValue", "AttachVolume", "VolumeId", far, "InstanceId", instance, "Device", "/dev/sdf");
        String root = described("Filter.1.Name", "attachment.device", "Filter.1.Value.1", "/dev/sda1")
                .text("//volumeSet/item/volumeId");
        client.refused("IncorrectState", "DetachVolume", "VolumeId", root);
        client.done("StopInstances", "InstanceId.1", instance);
        client.done("DetachVolume", "VolumeId", root);
    }

    @Test
    void instances_have_the_volumes_that_were_ordered_and_leave_those_behind_that_are_to_stay() {
        Answer run = run(
                "BlockDeviceMapping.1.DeviceName", "/dev/sda1",
                "BlockDeviceMapping.1.Ebs.VolumeSize", "20",
                "BlockDeviceMapping.1.Ebs.VolumeType", "gp3",
                "BlockDeviceMapping.2.DeviceName", "/dev/sdf",
                "BlockDeviceMapping.2.Ebs.VolumeSize", "5",
                "BlockDeviceMapping.2.Ebs.DeleteOnTermination", "false",
                "BlockDeviceMapping.3.DeviceName", "/dev/sdz",
                "BlockDeviceMapping.3.VirtualName", "ephemeral0",
                "TagSpecification.1.ResourceType", "volume",
                "TagSpecification.1.Tag.1.Key", "Name",
                "TagSpecification.1.Tag.1.Value", "disk");
        String instance = run.text("//instancesSet/item/instanceId");
        assertThat(run.texts("//blockDeviceMapping/item/deviceName")).containsExactly("/dev/sda1", "/dev/sdf");
        assertThat(run.texts("//blockDeviceMapping/item/ebs/deleteOnTermination"))
                .containsExactly("true", "false");
        Answer volumes = described("Filter.1.Name", "attachment.instance-id", "Filter.1.Value.1", instance);
        assertThat(volumes.texts("//volumeSet/item/size")).containsExactly("20", "5");
        assertThat(volumes.texts("//volumeSet/item/volumeType")).containsExactly("gp3", "gp2");
        assertThat(volumes.texts("//volumeSet/item/snapshotId")).containsExactly("snap-00000001", "");
        assertThat(described("Filter.1.Name", "tag:Name", "Filter.1.Value.1", "disk")
                        .texts("//volumeSet/item"))
                .hasSize(2);

        client.done("TerminateInstances", "InstanceId.1", instance);

        Answer left = described();
        assertThat(left.texts("//volumeSet/item/size")).containsExactly("5");
        assertThat(left.text("//volumeSet/item/status")).isEqualTo("available");
    }

    @ParameterizedTest
    @CsvSource({
        "BlockDeviceMapping.1.DeviceName=/dev/sda1 BlockDeviceMapping.1.Ebs.VolumeSize=1, needs 10 GiB",
        "BlockDeviceMapping.1.DeviceName=/dev/b BlockDeviceMapping.2.DeviceName=/dev/b, its own",
        "BlockDeviceMapping.1.DeviceName=/dev/b BlockDeviceMapping.1.Ebs.SnapshotId=snap-00000002, no snapshots",
    })
    void volumes_that_no_instance_can_have_are_refused(String parameters, String told) {
        String[] given = parameters.split("[= ]", -1);
        assertThat(client.refused("InvalidParameterValue", "RunInstances", order(given)))
                .contains(told);
    }

    @Test
    void a_volume_grows_and_never_shrinks() {
        String id = volume();
        assertThat(client.done("DescribeVolumesModifications").texts("//volumeModificationSet/item"))
                .isEmpty();
        Answer modified = client.done("ModifyVolume", "VolumeId", id, "Size", "20", "VolumeType", "gp3");
        assertThat(modified.text("//modificationState")).isEqualTo("completed");
        assertThat(lastEvent()).isEqualTo(EventType.VOLUME_CHANGED);
        Answer seen = client.done("DescribeVolumesModifications", "VolumeId.1", id);
        assertThat(seen.text("//volumeModificationSet/item/targetSize")).isEqualTo("20");
        assertThat(seen.text("//volumeModificationSet/item/progress")).isEqualTo("100");
        Answer volume = described("VolumeId.1", id);
        assertThat(volume.text("//size")).isEqualTo("20");
        assertThat(volume.text("//iops")).isEqualTo("3000");
        client.refused("InvalidParameterValue", "ModifyVolume", "VolumeId", id, "Size", "19");
        client.done("ModifyVolume", "VolumeId", id, "Throughput", "300");
        assertThat(described("VolumeId.1", id).text("//throughput")).isEqualTo("300");
    }

    @ParameterizedTest
    @CsvSource({
        "availability-zone, eu-west-2a",
        "attachment.delete-on-termination, true",
        "attachment.status, attached",
        "encrypted, false",
        "size, 10",
        "snapshot-id, snap-00000001",
        "status, in-use",
        "volume-type, standard",
        "multi-attach-enabled, false",
    })
    void volumes_are_found_by_filters(String filter, String value) {
        instance();
        assertThat(described("Filter.1.Name", filter, "Filter.1.Value.1", value).texts("//volumeSet/item"))
                .hasSize(1);
        assertThat(described("Filter.1.Name", filter, "Filter.1.Value.1", "other")
                        .texts("//volumeSet/item"))
                .isEmpty();
    }
}
