package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.operation.Placement;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of instances, as EC2's clients lead it. */
class InstanceActionsTest extends InstanceScenario {

    private Answer described(String... parameters) {
        return client.done("DescribeInstances", parameters);
    }

    private List<String> found(String filter, String value) {
        return described("Filter.1.Name", filter, "Filter.1.Value.1", value).texts("//instancesSet/item/instanceId");
    }

    @Test
    void an_instance_runs_at_once_with_an_interface_in_its_subnet() {
        Answer answer = run("InstanceType", "t3.micro", "UserData", "aGVsbG8=");
        String instance = "/RunInstancesResponse/instancesSet/item";

        assertThat(answer.text("/RunInstancesResponse/reservationId")).startsWith("r-");
        assertThat(answer.text("/RunInstancesResponse/ownerId")).isEqualTo(owner.value());
        assertThat(answer.texts("//instancesSet/item")).hasSize(1);
        assertThat(answer.text(instance + "/instanceState/name")).isEqualTo("running");
        assertThat(answer.text(instance + "/instanceState/code")).isEqualTo("16");
        assertThat(answer.text(instance + "/instanceType")).isEqualTo("t3.micro");
        assertThat(answer.text(instance + "/imageId")).isEqualTo("ami-00000001");
        assertThat(answer.text(instance + "/vpcId")).isEqualTo(net.id().value());
        assertThat(answer.text(instance + "/subnetId")).isEqualTo(subnet.id().value());
        assertThat(answer.text(instance + "/privateIpAddress")).isEqualTo("10.0.1.4");
        assertThat(answer.text(instance + "/privateDnsName")).isEqualTo("ip-10-0-1-4.eu-west-2.compute.internal");
        assertThat(answer.text(instance + "/placement/availabilityZone")).isEqualTo("eu-west-2a");
        assertThat(answer.text(instance + "/placement/tenancy")).isEqualTo("default");
        assertThat(answer.text(instance + "/sourceDestCheck")).isEqualTo("true");
        assertThat(answer.text(instance + "/groupSet/item/groupId"))
                .isEqualTo(fixture.defaultGroup(net).id().value());
        assertThat(answer.text(instance + "/groupSet/item/groupName")).isEqualTo("default");
        assertThat(answer.text(instance + "/monitoring/state")).isEqualTo("disabled");
        assertThat(answer.text(instance + "/bootMode")).isEqualTo("legacy-bios");
        assertThat(answer.text(instance + "/metadataOptions/httpEndpoint")).isEqualTo("disabled");
        assertThat(answer.texts(instance + "/blockDeviceMapping/item/deviceName"))
                .containsExactly("/dev/sda1");
        assertThat(answer.text(instance + "/blockDeviceMapping/item/ebs/deleteOnTermination"))
                .isEqualTo("true");
        assertThat(answer.texts(instance + "/stateReason")).isEmpty();

        String nic = instance + "/networkInterfaceSet/item";
        assertThat(answer.texts(nic)).hasSize(1);
        assertThat(answer.text(nic + "/networkInterfaceId")).startsWith("eni-");
        assertThat(answer.text(nic + "/status")).isEqualTo("in-use");
        assertThat(answer.text(nic + "/attachment/deviceIndex")).isEqualTo("0");
        assertThat(answer.text(nic + "/attachment/attachmentId")).startsWith("eni-attach-");
        assertThat(answer.text(nic + "/attachment/deleteOnTermination")).isEqualTo("true");
        assertThat(answer.text(nic + "/privateIpAddressesSet/item/primary")).isEqualTo("true");
        assertThat(answer.text(nic + "/privateIpAddressesSet/item/privateIpAddress"))
                .isEqualTo("10.0.1.4");
    }

    @Test
    void an_instance_has_the_address_and_the_groups_that_are_asked_for() {
        SecurityGroup group = fixture.defaultGroup(net);
        Answer byId = run(
                "PrivateIpAddress", "10.0.1.77", "SecurityGroupId.1", group.id().value());
        Answer byName = run("SecurityGroup.1", "default");

        assertThat(byId.text("//instancesSet/item/privateIpAddress")).isEqualTo("10.0.1.77");
        assertThat(byName.text("//instancesSet/item/groupSet/item/groupId"))
                .isEqualTo(group.id().value());
        assertThat(client.refused("InvalidIPAddress.InUse", "RunInstances", order("PrivateIpAddress", "10.0.1.77")))
                .contains("10.0.1.77");
        assertThat(client.refused("InvalidParameterValue", "RunInstances", order("PrivateIpAddress", "10.0.2.4")))
                .contains("'10.0.2.4' of PrivateIpAddress");
    }

    @Test
    void interfaces_are_made_or_taken_as_described() {
        String existing = networkInterface();
        Answer answer = run(
                "NetworkInterface.1.DeviceIndex", "0",
                "NetworkInterface.1.SubnetId", subnet.id().value(),
                "NetworkInterface.1.PrivateIpAddress", "10.0.1.50",
                "NetworkInterface.1.SecondaryPrivateIpAddressCount", "1",
                "NetworkInterface.1.AssociatePublicIpAddress", "false",
                "NetworkInterface.1.DeleteOnTermination", "false",
                "NetworkInterface.1.Description", "front",
                "NetworkInterface.2.DeviceIndex", "1",
                "NetworkInterface.2.NetworkInterfaceId", existing,
                "TagSpecification.1.ResourceType", "network-interface",
                "TagSpecification.1.Tag.1.Key", "made",
                "TagSpecification.1.Tag.1.Value", "with the instance");
        String nics = "//networkInterfaceSet/item";

        assertThat(answer.texts(nics + "/attachment/deviceIndex")).containsExactly("0", "1");
        assertThat(answer.texts(nics + "/attachment/deleteOnTermination")).containsExactly("false", "false");
        assertThat(answer.texts(nics + "/description")).containsExactly("front", "");
        assertThat(answer.texts(nics + "[1]/privateIpAddressesSet/item/privateIpAddress"))
                .containsExactly("10.0.1.50", "10.0.1.5");
        assertThat(answer.text(nics + "[2]/networkInterfaceId")).isEqualTo(existing);
        assertThat(client.done("DescribeTags", "Filter.1.Name", "key", "Filter.1.Value.1", "made")
                        .texts("//tagSet/item/resourceId"))
                .containsExactly(answer.text(nics + "[1]/networkInterfaceId"));
    }

    @Test
    void an_order_of_several_is_one_reservation_numbered_and_tagged() {
        Answer answer = run(
                "MinCount", "2",
                "MaxCount", "3",
                "TagSpecification.1.ResourceType", "instance",
                "TagSpecification.1.Tag.1.Key", "Name",
                "TagSpecification.1.Tag.1.Value", "web",
                "TagSpecification.2.ResourceType", "volume",
                "TagSpecification.2.Tag.1.Key", "Name",
                "TagSpecification.2.Tag.1.Value", "disk");

        assertThat(answer.texts("//instancesSet/item/amiLaunchIndex")).containsExactly("0", "1", "2");
        assertThat(answer.texts("//instancesSet/item/tagSet/item[key='Name']/value"))
                .containsExactly("web", "web", "web");
        Answer described = described();
        assertThat(described.texts("//reservationSet/item/reservationId"))
                .containsExactly(answer.text("/RunInstancesResponse/reservationId"));
        assertThat(described.texts("//instancesSet/item/amiLaunchIndex")).containsExactly("0", "1", "2");
        assertThat(client.done("DescribeTags").texts("//tagSet/item/resourceType"))
                .containsExactlyInAnyOrder("instance", "instance", "instance", "volume", "volume", "volume");
    }

    @Test
    void a_repeated_token_makes_and_tags_nothing_anew() {
        String[] token = {
            "ClientToken", "once",
            "TagSpecification.1.ResourceType", "instance",
            "TagSpecification.1.Tag.1.Key", "Name"
        };
        String first = instance(token);
        client.done("DeleteTags", "ResourceId.1", first);

        Answer again = run(token);

        assertThat(again.texts("//instancesSet/item/instanceId")).containsExactly(first);
        assertThat(again.texts("//instancesSet/item/tagSet/item")).isEmpty();
        assertThat(found("client-token", "once")).containsExactly(first);
    }

    @Test
    void an_instance_stops_starts_reboots_and_goes() {
        String id = instance();

        Answer stopped = client.done("StopInstances", "InstanceId.1", id, "Force", "true");
        assertThat(stopped.text("//instancesSet/item/instanceId")).isEqualTo(id);
        assertThat(stopped.text("//previousState/code")).isEqualTo("16");
        assertThat(stopped.text("//currentState/code")).isEqualTo("80");
        assertThat(stopped.text("//currentState/name")).isEqualTo("stopped");
        assertThat(described("InstanceId.1", id).text("//stateReason/code")).isEqualTo("Client.UserInitiatedShutdown");
        client.refused("IncorrectInstanceState", "RebootInstances", "InstanceId.1", id);

        Answer started = client.done("StartInstances", "InstanceId.1", id);
        assertThat(started.text("//previousState/name")).isEqualTo("stopped");
        assertThat(started.text("//currentState/name")).isEqualTo("running");
        assertThat(client.done("RebootInstances", "InstanceId.1", id).text("//return"))
                .isEqualTo("true");

        Answer gone = client.done("TerminateInstances", "InstanceId.1", id);
        assertThat(gone.text("//previousState/code")).isEqualTo("16");
        assertThat(gone.text("//currentState/code")).isEqualTo("48");
        assertThat(client.done("TerminateInstances", "InstanceId.1", id).text("//previousState/name"))
                .isEqualTo("terminated");
        assertThat(client.refused("IncorrectInstanceState", "StartInstances", "InstanceId.1", id))
                .contains("The instance '%s' cannot be started".formatted(id));
    }

    @Test
    void a_terminated_instance_stays_visible_for_an_hour_without_interfaces() {
        String id = instance();
        client.done("TerminateInstances", "InstanceId.1", id);

        Answer described = described("InstanceId.1", id);
        assertThat(described.text("//instanceState/name")).isEqualTo("terminated");
        assertThat(described.text("//reason")).startsWith("User initiated (").endsWith(" GMT)");
        assertThat(described.texts("//networkInterfaceSet/item")).isEmpty();
        assertThat(described.texts("//instancesSet/item/subnetId")).isEmpty();
        assertThat(found("instance-state-name", "terminated")).containsExactly(id);

        store.advance(Vm.VISIBLE_AFTER_TERMINATION);
        client.refused("InvalidInstanceID.NotFound", "DescribeInstances", "InstanceId.1", id);
        assertThat(described().texts("//reservationSet/item")).isEmpty();
    }

    @Test
    void nothing_is_done_to_any_where_it_cannot_be_done_to_all() {
        String free = instance();
        String kept = instance("DisableApiTermination", "true");

        assertThat(client.refused(
                        "OperationNotPermitted", "TerminateInstances", "InstanceId.1", free, "InstanceId.2", kept))
                .contains(kept)
                .contains("DisableApiTermination");
        client.refused(
                "InvalidInstanceID.NotFound", "StopInstances", "InstanceId.1", free, "InstanceId.2", "i-00000000");
        assertThat(found("instance-state-code", "16")).containsExactlyInAnyOrder(free, kept);
    }

    @Test
    @Rule("A4")
    void another_accounts_instances_are_unknown() {
        String id = instance();
        for (String action : List.of(
                "DescribeInstances", "StartInstances", "StopInstances", "RebootInstances", "TerminateInstances")) {
            stranger.refused("InvalidInstanceID.NotFound", action, "InstanceId.1", id);
        }
        assertThat(stranger.done("DescribeInstances").texts("//reservationSet/item"))
                .isEmpty();
        stranger.refused("InvalidSubnetID.NotFound", "RunInstances", order());
    }

    @Test
    @Rule("H1")
    void a_zone_without_room_for_another_machine_is_told_in_ec2s_words() {
        Vms onHosts = new Vms(PublicIpPools.NONE, Images.OF_HOST, Placement.ON_HOSTS);
        Ec2Client crowded = new Ec2Client(store, owner, new InstanceActions(onHosts, new Tags()).operations());

        assertThat(crowded.refused("InsufficientInstanceCapacity", "RunInstances", order()))
                .contains("eu-west-2a")
                .doesNotContain("host");
    }

    @Test
    void dry_run_runs_and_ends_nothing() {
        assertThat(client.call("RunInstances", order("DryRun", "true")).code()).isEqualTo("DryRunOperation");
        assertThat(described().texts("//reservationSet/item")).isEmpty();
        String id = instance();
        assertThat(client.call("TerminateInstances", "InstanceId.1", id, "DryRun", "true")
                        .code())
                .isEqualTo("DryRunOperation");
        assertThat(found("instance-state-name", "running")).containsExactly(id);
    }
}
