package dev.linkspan.server.api.resource.natservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Quota;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.publicip.ExitScenario;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NatGatewayActionsTest extends ExitScenario {

    private static final String GATEWAY = "//natGatewaySet/item/";
    private static final String NOBODYS = "nat-0123456789abcdef0";

    private final String subnetId = subnet.id().value();

    private String allocated() {
        return ec2.done("AllocateAddress").text("//allocationId");
    }

    private String[] with(String allocation, String... more) {
        return Stream.concat(Stream.of("SubnetId", subnetId, "AllocationId", allocation), Stream.of(more))
                .toArray(String[]::new);
    }

    private String created(String allocation) {
        return ec2.done("CreateNatGateway", with(allocation)).text("//natGateway/natGatewayId");
    }

    private String createdPrivate() {
        return ec2.done("CreateNatGateway", "SubnetId", subnetId, "ConnectivityType", "private")
                .text("//natGateway/natGatewayId");
    }

    private Answer described(String id) {
        return ec2.done("DescribeNatGateways", "NatGatewayId.1", id);
    }

    private List<String> filtered(String name, String value) {
        return ec2.done("DescribeNatGateways", "Filter.1.Name", name, "Filter.1.Value.1", value)
                .texts(GATEWAY + "natGatewayId");
    }

    @Test
    void one_lives_from_its_creation_to_an_hour_after_its_deletion() {
        openVpc();
        String allocation = allocated();
        Answer made = ec2.done(
                "CreateNatGateway",
                with(
                        allocation,
                        "ClientToken",
                        "once",
                        "TagSpecification.1.ResourceType",
                        "natgateway",
                        "TagSpecification.1.Tag.1.Key",
                        "Name",
                        "TagSpecification.1.Tag.1.Value",
                        "way out"));
        String id = made.text("//natGateway/natGatewayId");
        assertThat(made.text("/*/clientToken")).isEqualTo("once");
        assertThat(made.text("//natGateway/tagSet/item/value")).isEqualTo("way out");

        Answer seen = described(id);
        assertThat(seen.text(GATEWAY + "state")).isEqualTo("available");
        assertThat(seen.text(GATEWAY + "connectivityType")).isEqualTo("public");
        assertThat(seen.text(GATEWAY + "availabilityMode")).isEqualTo("zonal");
        assertThat(seen.text(GATEWAY + "subnetId")).isEqualTo(subnetId);
        assertThat(seen.text(GATEWAY + "vpcId")).isEqualTo(net.id().value());
        assertThat(seen.texts(GATEWAY + "createTime")).hasSize(1);
        assertThat(seen.texts(GATEWAY + "deleteTime")).isEmpty();
        Answer address = ec2.done("DescribeAddresses", "AllocationId.1", allocation);
        String item = GATEWAY + "natGatewayAddressSet/item/";
        for (String field : List.of("allocationId", "associationId", "networkInterfaceId", "publicIp")) {
            assertThat(seen.text(item + field)).isEqualTo(address.text("//addressesSet/item/" + field));
        }
        assertThat(seen.text(item + "privateIp")).isEqualTo("10.0.1.4");
        assertThat(seen.text(item + "isPrimary")).isEqualTo("true");
        assertThat(seen.text(item + "status")).isEqualTo("succeeded");

        assertThat(ec2.done("DeleteNatGateway", "NatGatewayId", id).text("//natGatewayId"))
                .isEqualTo(id);
        assertThat(described(id).text(GATEWAY + "state")).isEqualTo("deleted");
        assertThat(described(id).texts(GATEWAY + "deleteTime")).hasSize(1);
        assertThat(described(id).texts(item + "privateIp")).isEmpty();
        refused("NatGatewayNotFound", "DeleteNatGateway", "NatGatewayId", id);
        ec2.done("ReleaseAddress", "AllocationId", allocation);
        hourLater();
        refused("NatGatewayNotFound", "DescribeNatGateways", "NatGatewayId.1", id);
    }

    @Test
    void a_private_one_has_no_address_outside() {
        String id = ec2.done(
                        "CreateNatGateway",
                        "SubnetId",
                        subnetId,
                        "ConnectivityType",
                        "private",
                        "PrivateIpAddress",
                        "10.0.1.99")
                .text("//natGateway/natGatewayId");

        Answer seen = described(id);
        assertThat(seen.text(GATEWAY + "connectivityType")).isEqualTo("private");
        assertThat(seen.text("//natGatewayAddressSet/item/privateIp")).isEqualTo("10.0.1.99");
        assertThat(seen.texts("//natGatewayAddressSet/item/publicIp")).isEmpty();
        assertThat(seen.texts("//natGatewayAddressSet/item/allocationId")).isEmpty();
    }

    @Test
    void its_network_interface_is_shown() {
        String id = createdPrivate();
        String nic = described(id).text("//natGatewayAddressSet/item/networkInterfaceId");
        String item = "//networkInterfaceSet/item/";
        Answer seen = ec2.done(
                "DescribeNetworkInterfaces",
                "Filter.1.Name",
                "interface-type",
                "Filter.1.Value.1",
                "nat_gateway",
                "Filter.2.Name",
                "requester-managed",
                "Filter.2.Value.1",
                "true");

        assertThat(seen.text(item + "networkInterfaceId")).isEqualTo(nic);
        assertThat(seen.text(item + "interfaceType")).isEqualTo("nat_gateway");
        assertThat(seen.text(item + "requesterManaged")).isEqualTo("true");
        assertThat(seen.text(item + "status")).isEqualTo("in-use");
        assertThat(seen.text(item + "description")).isEqualTo("Interface for NAT Gateway " + id);
        assertThat(seen.text(item + "sourceDestCheck")).isEqualTo("false");
        assertThat(seen.texts(item + "groupSet/item")).isEmpty();
    }

    @Test
    void its_network_interface_is_nobody_elses_to_change() {
        String id = createdPrivate();
        String nic = described(id).text("//natGatewayAddressSet/item/networkInterfaceId");
        String[] named = {"NetworkInterfaceId", nic};
        assertThat(refused("OperationNotPermitted", "DeleteNetworkInterface", named))
                .contains("NAT gateway", id);
        refused(
                "OperationNotPermitted",
                "ModifyNetworkInterfaceAttribute",
                "NetworkInterfaceId",
                nic,
                "Description.Value",
                "mine");
        refused(
                "OperationNotPermitted",
                "AttachNetworkInterface",
                "NetworkInterfaceId",
                nic,
                "InstanceId",
                instance(),
                "DeviceIndex",
                "1");
        refused(
                "OperationNotPermitted",
                "AssignPrivateIpAddresses",
                "NetworkInterfaceId",
                nic,
                "SecondaryPrivateIpAddressCount",
                "1");
        assertThat(refused("DependencyViolation", "DeleteSubnet", "SubnetId", subnetId))
                .contains(id);
        refused(
                "OperationNotPermitted",
                "RunInstances",
                "ImageId",
                "ami-00000001",
                "MinCount",
                "1",
                "MaxCount",
                "1",
                "NetworkInterface.1.NetworkInterfaceId",
                nic,
                "NetworkInterface.1.DeviceIndex",
                "0");
    }

    @Test
    @Rule("X2")
    void its_address_stays_its_own() {
        String gateway = openVpc();
        String allocation = allocated();
        String id = created(allocation);
        Answer address = ec2.done("DescribeAddresses", "AllocationId.1", allocation);
        String association = address.text("//addressesSet/item/associationId");
        assertThat(address.texts("//addressesSet/item/instanceId")).isEmpty();

        assertThat(refused("OperationNotPermitted", "DisassociateAddress", "AssociationId", association))
                .contains(id);
        refused("InvalidIPAddress.InUse", "ReleaseAddress", "AllocationId", allocation);
        refused(
                "OperationNotPermitted",
                "AssociateAddress",
                "AllocationId",
                allocation,
                "NetworkInterfaceId",
                networkInterface());
        refused(
                "DependencyViolation",
                "DetachInternetGateway",
                "InternetGatewayId",
                gateway,
                "VpcId",
                net.id().value());
        assertThat(refused("Resource.AlreadyAssociated", "CreateNatGateway", with(allocation)))
                .contains(allocation);
    }

    @Test
    void all_filters_choose() {
        String first = createdPrivate();
        String second = createdPrivate();
        ec2.done("CreateTags", "ResourceId.1", first, "Tag.1.Key", "Name", "Tag.1.Value", "way out");
        ec2.done("DeleteNatGateway", "NatGatewayId", second);

        assertThat(filtered("nat-gateway-id", second)).containsExactly(second);
        assertThat(filtered("state", "deleted")).containsExactly(second);
        assertThat(filtered("state", "available")).containsExactly(first);
        assertThat(filtered("state", "pending")).isEmpty();
        assertThat(filtered("subnet-id", subnetId)).containsExactlyInAnyOrder(first, second);
        assertThat(filtered("vpc-id", net.id().value())).containsExactlyInAnyOrder(first, second);
        assertThat(filtered("vpc-id", "vpc-00000001")).isEmpty();
        assertThat(filtered("tag:Name", "way*")).containsExactly(first);
        assertThat(filtered("tag-key", "Name")).containsExactly(first);
        assertThat(ec2.done("DescribeTags", "Filter.1.Name", "resource-type", "Filter.1.Value.1", "natgateway")
                        .texts("//tagSet/item/resourceId"))
                .containsExactly(first);
        assertThat(ec2Stranger.done("DescribeNatGateways").texts(GATEWAY + "natGatewayId"))
                .isEmpty();
        refused("InvalidParameterValue", "DescribeNatGateways", "Filter.1.Name", "colour", "Filter.1.Value.1", "x");
    }

    @Test
    void they_come_in_pages() {
        List<String> made = Stream.generate(this::createdPrivate).limit(6).toList();
        Answer first = ec2.done("DescribeNatGateways", "MaxResults", "5");
        Answer rest = ec2.done("DescribeNatGateways", "MaxResults", "5", "NextToken", first.text("//nextToken"));

        assertThat(Stream.of(first, rest).flatMap(page -> page.texts(GATEWAY + "natGatewayId").stream()))
                .containsExactlyElementsOf(made);
        assertThat(rest.texts("//nextToken")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            InvalidSubnetID.NotFound    | SubnetId=subnet-00000001 ConnectivityType=private
            MissingParameter            | ConnectivityType=private
            MissingParameter            | SubnetId=own
            InvalidAllocationID.NotFound | SubnetId=own AllocationId=eipalloc-00000001
            InvalidParameterCombination | SubnetId=own AllocationId=eipalloc-00000001 ConnectivityType=private
            InvalidParameterValue       | SubnetId=own ConnectivityType=secret
            InvalidParameterValue       | SubnetId=own ConnectivityType=private PrivateIpAddress=10.0.9.9
            InvalidParameterValue       | SubnetId=own ConnectivityType=private AvailabilityMode=regional
            InvalidParameterValue       | SubnetId=own ConnectivityType=private VpcId=vpc-00000001
            InvalidParameterValue       | SubnetId=own ConnectivityType=private SecondaryAllocationId.1=eipalloc-00000001
            InvalidParameterValue       | SubnetId=own ConnectivityType=private SecondaryPrivateIpAddress.1=10.0.1.9
            InvalidParameterValue       | SubnetId=own ConnectivityType=private SecondaryPrivateIpAddressCount=1
            InvalidParameterValue       | SubnetId=own ConnectivityType=private TagSpecification.1.ResourceType=vpc
            """)
    void what_is_wrong_is_told_and_changes_nothing(String code, String parameters) {
        String[] given = Stream.of(parameters.replace("=own", "=" + subnetId).split(" ", -1))
                .flatMap(parameter -> Stream.of(parameter.split("=", 2)))
                .toArray(String[]::new);

        refused(code, "CreateNatGateway", given);
        assertThat(ec2.done("DescribeNatGateways").texts(GATEWAY + "natGatewayId"))
                .isEmpty();
    }

    @Test
    void what_is_in_the_way_is_told_and_changes_nothing() {
        String allocation = allocated();
        assertThat(refused("Gateway.NotAttached", "CreateNatGateway", with(allocation)))
                .contains(net.id().value());
        String id = createdPrivate();
        refused(
                "InvalidIPAddress.InUse",
                "CreateNatGateway",
                "SubnetId",
                subnetId,
                "ConnectivityType",
                "private",
                "PrivateIpAddress",
                "10.0.1.4");
        refused("NatGatewayNotFound", "DeleteNatGateway", "NatGatewayId", NOBODYS);
        refused("NatGatewayNotFound", "DescribeNatGateways", "NatGatewayId.1", NOBODYS);
        refused("NatGatewayMalformed", "DeleteNatGateway", "NatGatewayId", "nat-x");
        refused("MissingParameter", "DeleteNatGateway");
        refused("InvalidNatGatewayID.NotFound", "CreateTags", "ResourceId.1", NOBODYS, "Tag.1.Key", "x");
        unchanged(() -> ec2Stranger.refused("NatGatewayNotFound", "DeleteNatGateway", "NatGatewayId", id));
        limit(Quota.NAT_SERVICES, 1);
        refused("NatGatewayLimitExceeded", "CreateNatGateway", "SubnetId", subnetId, "ConnectivityType", "private");
    }

    @Test
    void a_call_that_is_repeated_makes_no_second_one() {
        openVpc();
        String allocation = allocated();
        String[] call = with(allocation, "ClientToken", "once");
        String id = ec2.done("CreateNatGateway", call).text("//natGatewayId");

        assertThat(ec2.done("CreateNatGateway", call).text("//natGatewayId")).isEqualTo(id);
        assertThat(refused("IdempotentParameterMismatch", "CreateNatGateway", with(allocated(), "ClientToken", "once")))
                .contains(id);
    }

    @Test
    void a_rehearsal_leaves_nothing() {
        assertThat(ec2.call("CreateNatGateway", "SubnetId", subnetId, "ConnectivityType", "private", "DryRun", "true")
                        .code())
                .isEqualTo("DryRunOperation");
        String id = createdPrivate();
        assertThat(ec2.call("DeleteNatGateway", "NatGatewayId", id, "DryRun", "true")
                        .code())
                .isEqualTo("DryRunOperation");

        assertThat(ec2.done("DescribeNatGateways").texts(GATEWAY + "natGatewayId"))
                .containsExactly(id);
        assertThat(described(id).text(GATEWAY + "state")).isEqualTo("available");
    }

    @Test
    @Rule("X7")
    void a_route_leads_to_it_and_is_a_blackhole_without_it() {
        String id = createdPrivate();
        String table = fixture.mainTable(net).id().value();
        String[] unknown = {"RouteTableId", table, "DestinationCidrBlock", "0.0.0.0/0", "NatGatewayId", NOBODYS};
        refused("InvalidNatGatewayID.NotFound", "CreateRoute", unknown);
        String[] route = {"RouteTableId", table, "DestinationCidrBlock", "0.0.0.0/0", "NatGatewayId", id};
        ec2.done("CreateRoute", route);

        String item = "//routeSet/item[natGatewayId='%s']/".formatted(id);
        assertThat(ec2.done("DescribeRouteTables").text(item + "state")).isEqualTo("active");
        assertThat(ec2.done("DescribeRouteTables", "Filter.1.Name", "route.nat-gateway-id", "Filter.1.Value.1", id)
                        .texts("//routeTableSet/item/routeTableId"))
                .containsExactly(table);
        refused("InvalidNatGatewayID.NotFound", "ReplaceRoute", unknown);
        ec2.done("DeleteNatGateway", "NatGatewayId", id);
        assertThat(ec2.done("DescribeRouteTables").text(item + "state")).isEqualTo("blackhole");
        refused("InvalidNatGatewayID.NotFound", "ReplaceRoute", route);
        String another = createdPrivate();
        ec2.done("ReplaceRoute", "RouteTableId", table, "DestinationCidrBlock", "0.0.0.0/0", "NatGatewayId", another);
        assertThat(ec2.done("DescribeRouteTables").texts("//routeSet/item/natGatewayId"))
                .containsExactly(another);
    }
}
