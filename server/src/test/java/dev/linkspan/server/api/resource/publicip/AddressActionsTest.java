package dev.linkspan.server.api.resource.publicip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Quota;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Rule("X2")
class AddressActionsTest extends ExitScenario {

    private static final String ADDRESS = "//addressesSet/item/";

    private String allocated() {
        return ec2.done("AllocateAddress", "Domain", "vpc").text("//allocationId");
    }

    private String associated(String allocation, String nic) {
        return ec2.done("AssociateAddress", "AllocationId", allocation, "NetworkInterfaceId", nic)
                .text("//associationId");
    }

    private Answer described(String allocation) {
        return ec2.done("DescribeAddresses", "AllocationId.1", allocation);
    }

    private List<String> filtered(String name, String value) {
        return ec2.done("DescribeAddresses", "Filter.1.Name", name, "Filter.1.Value.1", value)
                .texts(ADDRESS + "allocationId");
    }

    @Test
    void one_lives_from_its_allocation_to_its_release() {
        Answer made = ec2.done(
                "AllocateAddress",
                "Domain",
                "vpc",
                "PublicIpv4Pool",
                "amazon",
                "NetworkBorderGroup",
                "eu-west-2",
                "TagSpecification.1.ResourceType",
                "elastic-ip",
                "TagSpecification.1.Tag.1.Key",
                "Name",
                "TagSpecification.1.Tag.1.Value",
                "web");
        String id = made.text("//allocationId");
        assertThat(made.text("//publicIp")).isEqualTo("203.0.113.2");
        assertThat(made.text("//domain")).isEqualTo("vpc");

        Answer seen = described(id);
        assertThat(seen.text(ADDRESS + "publicIp")).isEqualTo("203.0.113.2");
        assertThat(seen.text(ADDRESS + "domain")).isEqualTo("vpc");
        assertThat(seen.text(ADDRESS + "publicIpv4Pool")).isEqualTo("amazon");
        assertThat(seen.text(ADDRESS + "networkBorderGroup")).isEqualTo("eu-west-2");
        assertThat(seen.text(ADDRESS + "tagSet/item/value")).isEqualTo("web");
        assertThat(seen.texts(ADDRESS + "associationId")).isEmpty();
        assertThat(ec2.done("DescribeAddresses", "PublicIp.1", "203.0.113.2").texts(ADDRESS + "allocationId"))
                .containsExactly(id);
        assertThat(ec2.done("DescribeAddressesAttribute", "AllocationId.1", id, "Attribute", "domain-name")
                        .texts("//addressSet/item/*"))
                .containsExactly(id, "203.0.113.2");

        ec2.done("ReleaseAddress", "AllocationId", id);
        refused("InvalidAllocationID.NotFound", "ReleaseAddress", "AllocationId", id);
        refused("InvalidAllocationID.NotFound", "DescribeAddresses", "AllocationId.1", id);
        assertThat(refused("InvalidAddress.NotFound", "DescribeAddresses", "PublicIp.1", "203.0.113.2"))
                .contains("203.0.113.2");
        refused("InvalidAddress.NotFound", "ReleaseAddress", "PublicIp", "203.0.113.2");
    }

    @Test
    void an_associated_one_is_shown_wherever_its_interface_is() {
        openVpc();
        String allocation = allocated();
        String instance = instance();
        String nic = interfaceOf(instance);
        Answer made = ec2.done("AssociateAddress", "AllocationId", allocation, "InstanceId", instance);
        String association = made.text("//associationId");
        assertThat(made.text("//return")).isEqualTo("true");

        Answer seen = described(allocation);
        assertThat(seen.text(ADDRESS + "associationId")).isEqualTo(association);
        assertThat(seen.text(ADDRESS + "instanceId")).isEqualTo(instance);
        assertThat(seen.text(ADDRESS + "networkInterfaceId")).isEqualTo(nic);
        assertThat(seen.text(ADDRESS + "networkInterfaceOwnerId")).isEqualTo(owner.value());
        assertThat(seen.text(ADDRESS + "privateIpAddress")).isEqualTo("10.0.1.4");

        Answer instances = ec2.done("DescribeInstances", "InstanceId.1", instance);
        String dns = "ip-203-0-113-2.eu-west-2.compute.internal";
        assertThat(instances.text("//instancesSet/item/ipAddress")).isEqualTo("203.0.113.2");
        assertThat(instances.text("//instancesSet/item/dnsName")).isEqualTo(dns);
        assertThat(instances.text("//networkInterfaceSet/item/association/publicIp"))
                .isEqualTo("203.0.113.2");
        Answer nics = ec2.done("DescribeNetworkInterfaces", "NetworkInterfaceId.1", nic);
        String shown = "//networkInterfaceSet/item/association/";
        assertThat(nics.text(shown + "publicIp")).isEqualTo("203.0.113.2");
        assertThat(nics.text(shown + "publicDnsName")).isEqualTo(dns);
        assertThat(nics.text(shown + "ipOwnerId")).isEqualTo(owner.value());
        assertThat(nics.text(shown + "allocationId")).isEqualTo(allocation);
        assertThat(nics.text(shown + "associationId")).isEqualTo(association);
        assertThat(nics.text("//privateIpAddressesSet/item/association/associationId"))
                .isEqualTo(association);

        assertThat(ec2.done("AssociateAddress", "AllocationId", allocation, "InstanceId", instance)
                        .text("//associationId"))
                .isEqualTo(association);
        assertThat(refused("InvalidIPAddress.InUse", "ReleaseAddress", "AllocationId", allocation))
                .contains("203.0.113.2");
        ec2.done("DisassociateAddress", "AssociationId", association);
        refused("InvalidAssociationID.NotFound", "DisassociateAddress", "AssociationId", association);
        ec2.done("DisassociateAddress", "PublicIp", "203.0.113.2");
        assertThat(ec2.done("DescribeInstances").texts("//ipAddress")).isEmpty();
        assertThat(ec2.done("DescribeInstances").texts("//association")).isEmpty();
    }

    @Test
    void all_filters_choose() {
        openVpc();
        String allocation = allocated();
        String free = allocated();
        String instance = instance();
        String nic = interfaceOf(instance);
        String association = associated(allocation, nic);
        ec2.done("CreateTags", "ResourceId.1", allocation, "Tag.1.Key", "Name", "Tag.1.Value", "web");

        assertThat(filtered("allocation-id", allocation)).containsExactly(allocation);
        assertThat(filtered("association-id", association)).containsExactly(allocation);
        assertThat(filtered("instance-id", instance)).containsExactly(allocation);
        assertThat(filtered("network-interface-id", nic)).containsExactly(allocation);
        assertThat(filtered("network-interface-owner-id", owner.value())).containsExactly(allocation);
        assertThat(filtered("private-ip-address", "10.0.1.4")).containsExactly(allocation);
        assertThat(filtered("public-ip", "203.0.113.2")).containsExactly(allocation);
        assertThat(filtered("tag:Name", "web")).containsExactly(allocation);
        assertThat(filtered("domain", "vpc")).containsExactlyInAnyOrder(allocation, free);
        assertThat(filtered("network-border-group", "eu-west-2")).containsExactlyInAnyOrder(allocation, free);
        assertThat(ec2Stranger.done("DescribeAddresses").texts(ADDRESS + "allocationId"))
                .isEmpty();
        for (List<String> filter : List.of(
                List.of("association.public-ip", "203.0.113.2"),
                List.of("association.allocation-id", allocation),
                List.of("association.association-id", association),
                List.of("association.ip-owner-id", owner.value()),
                List.of("association.public-dns-name", "ip-203-0-113-2.*"),
                List.of("addresses.association.public-ip", "203.0.113.2"),
                List.of("addresses.association.owner-id", owner.value()))) {
            assertThat(ec2.done(
                                    "DescribeNetworkInterfaces",
                                    "Filter.1.Name",
                                    filter.getFirst(),
                                    "Filter.1.Value.1",
                                    filter.getLast())
                            .texts("//networkInterfaceSet/item/networkInterfaceId"))
                    .as("%s", filter)
                    .containsExactly(nic);
        }
        for (String filter : List.of("ip-address", "network-interface.association.public-ip")) {
            assertThat(ec2.done("DescribeInstances", "Filter.1.Name", filter, "Filter.1.Value.1", "203.0.113.2")
                            .texts("//instancesSet/item/instanceId"))
                    .as(filter)
                    .containsExactly(instance);
        }
    }

    @Test
    void associating_needs_a_gateway_and_moves_unless_that_is_forbidden() {
        String allocation = allocated();
        String first = networkInterface();
        String second = networkInterface();
        assertThat(refused(
                        "Gateway.NotAttached",
                        "AssociateAddress",
                        "AllocationId",
                        allocation,
                        "NetworkInterfaceId",
                        first))
                .contains("internet gateway", net.id().value());
        openVpc();
        String association = associated(allocation, first);

        assertThat(refused(
                        "Resource.AlreadyAssociated",
                        "AssociateAddress",
                        "AllocationId",
                        allocation,
                        "NetworkInterfaceId",
                        second,
                        "AllowReassociation",
                        "false"))
                .contains(allocation, association);
        assertThat(associated(allocation, second)).isNotEqualTo(association);
        String other = allocated();
        refused(
                "Resource.AlreadyAssociated",
                "AssociateAddress",
                "AllocationId",
                other,
                "NetworkInterfaceId",
                second,
                "AllowReassociation",
                "false");
        associated(other, second);
        assertThat(described(allocation).texts(ADDRESS + "associationId")).isEmpty();
        assertThat(described(other).text(ADDRESS + "networkInterfaceId")).isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AllocateAddress     | Domain=standard                         | InvalidParameterValue
            AllocateAddress     | Address=203.0.113.5                     | InvalidParameterValue
            AllocateAddress     | PublicIpv4Pool=mine                     | InvalidParameterValue
            AllocateAddress     | NetworkBorderGroup=us-east-2            | InvalidParameterValue
            AllocateAddress     | CustomerOwnedIpv4Pool=mine              | InvalidParameterValue
            AllocateAddress     | IpamPoolId=mine                         | InvalidParameterValue
            AllocateAddress     | TagSpecification.1.ResourceType=vpc     | InvalidParameterValue
            AssociateAddress    | AllocationId=eipalloc-00000001          | MissingParameter
            AssociateAddress    | InstanceId=i-00000001                   | MissingParameter
            AssociateAddress    | InstanceId=i-00000001&NetworkInterfaceId=eni-00000001&PublicIp=203.0.113.2 | InvalidParameterCombination
            AssociateAddress    | InstanceId=i-00000001&AllocationId=eipalloc-00000001&PublicIp=203.0.113.2  | InvalidParameterCombination
            AssociateAddress    | InstanceId=i-00000001&AllocationId=eipalloc-00000001 | InvalidAllocationID.NotFound
            AssociateAddress    | InstanceId=i-00000001&AllocationId=eipalloc-x        | InvalidAllocationID.Malformed
            AssociateAddress    | InstanceId=i-00000001&PublicIp=203.0.113.2           | InvalidAddress.NotFound
            AssociateAddress    | InstanceId=i-00000001&PublicIp=here                  | InvalidParameterValue
            DisassociateAddress | AllocationId=eipalloc-00000001          | UnknownParameter
            DisassociateAddress | AssociationId=eipassoc-00000001         | InvalidAssociationID.NotFound
            DisassociateAddress | PublicIp=203.0.113.2                    | InvalidAddress.NotFound
            DisassociateAddress | AssociationId=eipassoc-00000001&PublicIp=203.0.113.2 | InvalidParameterCombination
            ReleaseAddress      | NetworkBorderGroup=eu-west-2            | MissingParameter
            ReleaseAddress      | NetworkBorderGroup=mars                 | InvalidParameterValue
            DescribeAddresses   | Filter.1.Name=colour&Filter.1.Value.1=x | InvalidParameterValue
            DescribeAddressesAttribute | Attribute=colour                 | InvalidParameterValue
            DescribeAddressesAttribute | AllocationId.1=eipalloc-00000001 | InvalidAllocationID.NotFound
            """)
    void what_is_wrong_is_told_and_changes_nothing(String action, String parameters, String code) {
        refused(code, action, parameters.split("[=&]", -1));
    }

    @Test
    void what_does_not_exist_or_does_not_fit_is_told() {
        openVpc();
        String allocation = allocated();
        String instance = instance();
        refused(
                "InvalidNetworkInterfaceID.NotFound",
                "AssociateAddress",
                "AllocationId",
                allocation,
                "NetworkInterfaceId",
                "eni-00000001");
        refused(
                "InvalidInstanceID.NotFound",
                "AssociateAddress",
                "AllocationId",
                allocation,
                "InstanceId",
                "i-00000001");
        refused(
                "InvalidParameterValue",
                "AssociateAddress",
                "AllocationId",
                allocation,
                "InstanceId",
                instance,
                "PrivateIpAddress",
                "10.0.1.9");
        ec2.done("TerminateInstances", "InstanceId.1", instance);
        refused("IncorrectInstanceState", "AssociateAddress", "AllocationId", allocation, "InstanceId", instance);
        unchanged(() ->
                ec2Stranger.refused("InvalidAllocationID.NotFound", "ReleaseAddress", "AllocationId", allocation));
        assertThat(ec2.call("ReleaseAddress", "AllocationId", allocation, "DryRun", "true")
                        .code())
                .isEqualTo("DryRunOperation");
        limit(Quota.PUBLIC_IPS, 1);
        refused("AddressLimitExceeded", "AllocateAddress");
        limit(Quota.PUBLIC_IPS, 100);
        for (int i = 0; i < 12; i++) {
            allocated();
        }
        refused("InsufficientAddressCapacity", "AllocateAddress");
    }

    @Test
    void an_instance_gets_an_address_of_its_own_where_its_launch_or_its_subnet_says_so() {
        String chosen = instance(
                "NetworkInterface.1.DeviceIndex",
                "0",
                "NetworkInterface.1.SubnetId",
                subnet.id().value(),
                "NetworkInterface.1.AssociatePublicIpAddress",
                "true");
        Answer nics = ec2.done("DescribeNetworkInterfaces");
        String shown = "//networkInterfaceSet/item/association/";
        assertThat(nics.text(shown + "publicIp")).isEqualTo("203.0.113.2");
        assertThat(nics.text(shown + "ipOwnerId")).isEqualTo("amazon");
        assertThat(nics.texts(shown + "allocationId")).isEmpty();
        assertThat(nics.texts(shown + "associationId")).isEmpty();
        assertThat(ec2.done("DescribeAddresses").texts(ADDRESS + "publicIp")).isEmpty();
        String[] attribute = {"NetworkInterfaceId", interfaceOf(chosen), "Attribute", "associatePublicIpAddress"};
        assertThat(ec2.done("DescribeNetworkInterfaceAttribute", attribute).text("//associatePublicIpAddress"))
                .isEqualTo("true");
        refused(
                "InvalidParameterValue",
                "ModifyNetworkInterfaceAttribute",
                "NetworkInterfaceId",
                interfaceOf(chosen),
                "AssociatePublicIpAddress",
                "false");

        assertThat(ec2.done("DescribeInstances", "InstanceId.1", instance()).texts("//ipAddress"))
                .isEmpty();
        ec2.done("ModifySubnetAttribute", "SubnetId", subnet.id().value(), "MapPublicIpOnLaunch.Value", "true");
        assertThat(ec2.done("DescribeSubnets").text("//mapPublicIpOnLaunch")).isEqualTo("true");
        String mapped = instance();
        assertThat(ec2.done("DescribeInstances", "InstanceId.1", mapped).text("//ipAddress"))
                .isEqualTo("203.0.113.3");
        ec2.done("StopInstances", "InstanceId.1", mapped);
        assertThat(ec2.done("DescribeInstances", "InstanceId.1", mapped).texts("//ipAddress"))
                .isEmpty();
    }

    @Test
    void an_address_of_its_own_is_for_an_instance_with_one_new_interface() {
        assertThat(refused(
                        "InvalidParameterCombination",
                        "RunInstances",
                        "ImageId",
                        "ami-00000001",
                        "MinCount",
                        "1",
                        "MaxCount",
                        "1",
                        "NetworkInterface.1.DeviceIndex",
                        "0",
                        "NetworkInterface.1.NetworkInterfaceId",
                        networkInterface(),
                        "NetworkInterface.1.AssociatePublicIpAddress",
                        "true"))
                .contains("AssociatePublicIpAddress");
    }
}
