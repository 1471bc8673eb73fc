package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Network interfaces and their addresses, as EC2's clients handle them. */
class NetworkInterfaceActionsTest extends InstanceScenario {

    private static final String ITEM = "//networkInterfaceSet/item";

    private Answer described(String id) {
        return client.done("DescribeNetworkInterfaces", "NetworkInterfaceId.1", id);
    }

    private List<String> found(String filter, String value) {
        return client.done("DescribeNetworkInterfaces", "Filter.1.Name", filter, "Filter.1.Value.1", value)
                .texts(ITEM + "/networkInterfaceId");
    }

    @Test
    void an_interface_is_made_as_asked_for_and_shown() {
        Answer made = client.done(
                "CreateNetworkInterface",
                "SubnetId",
                subnet.id().value(),
                "Description",
                "spare",
                "PrivateIpAddress",
                "10.0.1.9",
                "PrivateIpAddresses.1.PrivateIpAddress",
                "10.0.1.10",
                "SecurityGroupId.1",
                fixture.defaultGroup(net).id().value(),
                "ClientToken",
                "once",
                "TagSpecification.1.ResourceType",
                "network-interface",
                "TagSpecification.1.Tag.1.Key",
                "Name",
                "TagSpecification.1.Tag.1.Value",
                "spare");
        String id = made.text("//networkInterface/networkInterfaceId");
        Answer shown = described(id);

        assertThat(made.text("//networkInterface/status")).isEqualTo("available");
        assertThat(shown.text(ITEM + "/description")).isEqualTo("spare");
        assertThat(shown.text(ITEM + "/subnetId")).isEqualTo(subnet.id().value());
        assertThat(shown.text(ITEM + "/vpcId")).isEqualTo(net.id().value());
        assertThat(shown.text(ITEM + "/availabilityZone")).isEqualTo("eu-west-2a");
        assertThat(shown.text(ITEM + "/ownerId")).isEqualTo(owner.value());
        assertThat(shown.text(ITEM + "/requesterManaged")).isEqualTo("false");
        assertThat(shown.text(ITEM + "/interfaceType")).isEqualTo("interface");
        assertThat(shown.text(ITEM + "/macAddress")).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
        assertThat(shown.text(ITEM + "/privateIpAddress")).isEqualTo("10.0.1.9");
        assertThat(shown.text(ITEM + "/privateDnsName")).isEqualTo("ip-10-0-1-9.eu-west-2.compute.internal");
        assertThat(shown.text(ITEM + "/sourceDestCheck")).isEqualTo("true");
        assertThat(shown.text(ITEM + "/groupSet/item/groupName")).isEqualTo("default");
        assertThat(shown.texts(ITEM + "/attachment")).isEmpty();
        assertThat(shown.texts(ITEM + "/privateIpAddressesSet/item/privateIpAddress"))
                .containsExactly("10.0.1.9", "10.0.1.10");
        assertThat(shown.texts(ITEM + "/privateIpAddressesSet/item/primary")).containsExactly("true", "false");
        assertThat(shown.text(ITEM + "/tagSet/item[key='Name']/value")).isEqualTo("spare");
    }

    @Test
    void an_interface_is_attached_detached_and_deleted() {
        String instance = instance();
        String id = networkInterface();

        String attachment = client.done(
                        "AttachNetworkInterface", "NetworkInterfaceId", id, "InstanceId", instance, "DeviceIndex", "1")
                .text("//attachmentId");
        Answer attached = described(id);
        assertThat(attached.text(ITEM + "/status")).isEqualTo("in-use");
        assertThat(attached.text(ITEM + "/attachment/attachmentId")).isEqualTo(attachment);
        assertThat(attached.text(ITEM + "/attachment/instanceId")).isEqualTo(instance);
        assertThat(attached.text(ITEM + "/attachment/instanceOwnerId")).isEqualTo(owner.value());
        assertThat(attached.text(ITEM + "/attachment/deviceIndex")).isEqualTo("1");
        assertThat(attached.text(ITEM + "/attachment/status")).isEqualTo("attached");
        assertThat(attached.text(ITEM + "/attachment/deleteOnTermination")).isEqualTo("false");
        assertThat(client.refused("InvalidNetworkInterface.InUse", "DeleteNetworkInterface", "NetworkInterfaceId", id))
                .contains(instance);
        client.refused(
                "InvalidParameterValue",
                "AttachNetworkInterface",
                "NetworkInterfaceId",
                networkInterface(),
                "InstanceId",
                instance,
                "DeviceIndex",
                "1");

        client.done("DetachNetworkInterface", "AttachmentId", attachment, "Force", "true");
        assertThat(described(id).text(ITEM + "/status")).isEqualTo("available");
        client.refused("InvalidAttachmentID.NotFound", "DetachNetworkInterface", "AttachmentId", attachment);
        client.done("DeleteNetworkInterface", "NetworkInterfaceId", id);
        client.refused("InvalidNetworkInterfaceID.NotFound", "DescribeNetworkInterfaces", "NetworkInterfaceId.1", id);
    }

    @Test
    void the_primary_interface_stays_with_its_instance() {
        String instance = instance();
        Answer primary = client.done(
                "DescribeNetworkInterfaces", "Filter.1.Name", "attachment.instance-id", "Filter.1.Value.1", instance);
        client.refused(
                "OperationNotPermitted", "DetachNetworkInterface", "AttachmentId", primary.text("//attachmentId"));
        client.refused(
                "InvalidParameterValue",
                "AttachNetworkInterface",
                "NetworkInterfaceId",
                networkInterface(),
                "InstanceId",
                instance,
                "DeviceIndex",
                "0");
    }

    @Test
    void what_is_terminated_takes_no_interface_and_leaves_those_it_was_lent() {
        String lent = networkInterface();
        String instance = instance();
        String[] attach = {"NetworkInterfaceId", lent, "InstanceId", instance, "DeviceIndex", "1"};
        client.done("AttachNetworkInterface", attach);

        client.done("TerminateInstances", "InstanceId.1", instance);

        assertThat(client.done("DescribeNetworkInterfaces").texts(ITEM + "/networkInterfaceId"))
                .containsExactly(lent);
        assertThat(described(lent).text(ITEM + "/status")).isEqualTo("available");
        client.refused("IncorrectInstanceState", "AttachNetworkInterface", attach);
    }

    @Test
    void secondary_addresses_come_and_go() {
        String id = networkInterface("PrivateIpAddress", "10.0.1.9");
        Answer named =
                client.done("AssignPrivateIpAddresses", "NetworkInterfaceId", id, "PrivateIpAddress.1", "10.0.1.20");
        Answer counted = client.done(
                "AssignPrivateIpAddresses", "NetworkInterfaceId", id, "SecondaryPrivateIpAddressCount", "2");

        assertThat(named.text("//networkInterfaceId")).isEqualTo(id);
        assertThat(named.texts("//assignedPrivateIpAddressesSet/item/privateIpAddress"))
                .containsExactly("10.0.1.20");
        assertThat(counted.texts("//assignedPrivateIpAddressesSet/item/privateIpAddress"))
                .containsExactly("10.0.1.4", "10.0.1.5");
        client.done("UnassignPrivateIpAddresses", "NetworkInterfaceId", id, "PrivateIpAddress.1", "10.0.1.20");
        assertThat(described(id).texts(ITEM + "/privateIpAddressesSet/item/privateIpAddress"))
                .containsExactly("10.0.1.9", "10.0.1.4", "10.0.1.5");
        client.refused(
                "InvalidParameterValue",
                "UnassignPrivateIpAddresses",
                "NetworkInterfaceId",
                id,
                "PrivateIpAddress.1",
                "10.0.1.9");
    }

    @Test
    void an_address_of_another_interface_moves_only_if_that_is_allowed() {
        String holder = networkInterface();
        String taker = networkInterface();
        client.done("AssignPrivateIpAddresses", "NetworkInterfaceId", holder, "PrivateIpAddress.1", "10.0.1.20");
        client.refused(
                "InvalidIPAddress.InUse",
                "AssignPrivateIpAddresses",
                "NetworkInterfaceId",
                taker,
                "PrivateIpAddress.1",
                "10.0.1.20");
        client.done(
                "AssignPrivateIpAddresses",
                "NetworkInterfaceId",
                taker,
                "PrivateIpAddress.1",
                "10.0.1.20",
                "AllowReassignment",
                "true");
        assertThat(found("addresses.private-ip-address", "10.0.1.20")).containsExactly(taker);
        assertThat(client.refused("MissingParameter", "AssignPrivateIpAddresses", "NetworkInterfaceId", taker))
                .contains("SecondaryPrivateIpAddressCount");
        client.refused(
                "InvalidParameterCombination",
                "AssignPrivateIpAddresses",
                "NetworkInterfaceId",
                taker,
                "PrivateIpAddress.1",
                "10.0.1.21",
                "SecondaryPrivateIpAddressCount",
                "1");
    }

    @Test
    void a_full_subnet_gives_no_further_address() {
        String small = fixture.subnet(net, "10.0.9.0/29").id().value();
        client.done("CreateNetworkInterface", "SubnetId", small, "SecondaryPrivateIpAddressCount", "2");
        client.refused("InsufficientFreeAddressesInSubnet", "CreateNetworkInterface", "SubnetId", small);
    }

    @Test
    @Rule("A4")
    void another_accounts_interfaces_are_unknown() {
        String id = networkInterface();
        String instance = instance();
        String[] named = {"NetworkInterfaceId", id};
        stranger.refused("InvalidNetworkInterfaceID.NotFound", "DescribeNetworkInterfaces", "NetworkInterfaceId.1", id);
        stranger.refused("InvalidNetworkInterfaceID.NotFound", "DeleteNetworkInterface", named);
        stranger.refused(
                "InvalidNetworkInterfaceID.NotFound",
                "DescribeNetworkInterfaceAttribute",
                "NetworkInterfaceId",
                id,
                "Attribute",
                "description");
        stranger.refused(
                "InvalidNetworkInterfaceID.NotFound",
                "AttachNetworkInterface",
                "NetworkInterfaceId",
                id,
                "InstanceId",
                instance,
                "DeviceIndex",
                "1");
        stranger.refused(
                "InvalidSubnetID.NotFound",
                "CreateNetworkInterface",
                "SubnetId",
                subnet.id().value());
        assertThat(stranger.done("DescribeNetworkInterfaces").texts(ITEM)).isEmpty();
    }

    @Test
    void dry_run_makes_no_interface() {
        assertThat(client.call("CreateNetworkInterface", "SubnetId", subnet.id().value(), "DryRun", "true")
                        .code())
                .isEqualTo("DryRunOperation");
        assertThat(client.done("DescribeNetworkInterfaces").texts(ITEM)).isEmpty();
    }
}
