package dev.linkspan.server.api.resource.internetservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Quota;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.publicip.ExitScenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class InternetGatewayActionsTest extends ExitScenario {

    private static final String GATEWAY = "//internetGatewaySet/item/";

    private final String vpc = net.id().value();

    private String created() {
        return ec2.done("CreateInternetGateway").text("//internetGateway/internetGatewayId");
    }

    private Answer described(String id) {
        return ec2.done("DescribeInternetGateways", "InternetGatewayId.1", id);
    }

    private String[] both(String id) {
        return new String[] {"InternetGatewayId", id, "VpcId", vpc};
    }

    private List<String> filtered(String name, String value) {
        return ec2.done("DescribeInternetGateways", "Filter.1.Name", name, "Filter.1.Value.1", value)
                .texts(GATEWAY + "internetGatewayId");
    }

    @Test
    @Rule("X1")
    void one_lives_from_its_creation_to_its_deletion() {
        Answer made = ec2.done(
                "CreateInternetGateway",
                "TagSpecification.1.ResourceType",
                "internet-gateway",
                "TagSpecification.1.Tag.1.Key",
                "Name",
                "TagSpecification.1.Tag.1.Value",
                "door");
        String id = made.text("//internetGateway/internetGatewayId");
        assertThat(made.text("//internetGateway/ownerId")).isEqualTo(owner.value());
        assertThat(made.texts("//attachmentSet/item")).isEmpty();
        assertThat(made.text("//tagSet/item/value")).isEqualTo("door");

        assertThat(ec2.done("AttachInternetGateway", both(id)).text("//return")).isEqualTo("true");
        assertThat(described(id).text("//attachmentSet/item/vpcId")).isEqualTo(vpc);
        assertThat(described(id).text("//attachmentSet/item/state")).isEqualTo("available");
        assertThat(refused("DependencyViolation", "DeleteInternetGateway", "InternetGatewayId", id))
                .contains("internet gateway", id, vpc);
        assertThat(refused("DependencyViolation", "DeleteVpc", "VpcId", vpc)).contains(id);

        ec2.done("DetachInternetGateway", both(id));
        assertThat(described(id).texts("//attachmentSet/item")).isEmpty();
        ec2.done("DeleteInternetGateway", "InternetGatewayId", id);
        refused("InvalidInternetGatewayID.NotFound", "DescribeInternetGateways", "InternetGatewayId.1", id);
        refused("InvalidInternetGatewayID.NotFound", "DeleteInternetGateway", "InternetGatewayId", id);
    }

    @Test
    @Rule("X1")
    void one_vpc_has_one_and_one_is_attached_to_one_vpc() {
        String first = created();
        String second = created();
        ec2.done("AttachInternetGateway", both(first));

        assertThat(refused("InvalidParameterValue", "AttachInternetGateway", both(second)))
                .contains(first, vpc);
        assertThat(refused("Resource.AlreadyAssociated", "AttachInternetGateway", both(first)))
                .contains(first, vpc);
        assertThat(refused("Gateway.NotAttached", "DetachInternetGateway", both(second)))
                .contains(second, vpc);
    }

    @Test
    @Rule("X1")
    void one_stays_while_a_public_address_needs_it() {
        String gateway = openVpc();
        String nic = networkInterface();
        Answer allocated = ec2.done("AllocateAddress");
        ec2.done("AssociateAddress", "AllocationId", allocated.text("//allocationId"), "NetworkInterfaceId", nic);

        assertThat(refused("DependencyViolation", "DetachInternetGateway", both(gateway)))
                .contains(allocated.text("//publicIp"), vpc);
        ec2.done("DisassociateAddress", "PublicIp", allocated.text("//publicIp"));
        ec2.done("DetachInternetGateway", both(gateway));
    }

    @Test
    void all_filters_choose() {
        String attached = openVpc();
        String free = created();
        ec2.done("CreateTags", "ResourceId.1", free, "Tag.1.Key", "Name", "Tag.1.Value", "door");

        assertThat(filtered("attachment.vpc-id", vpc)).containsExactly(attached);
        assertThat(filtered("attachment.state", "available")).containsExactly(attached);
        assertThat(filtered("internet-gateway-id", free)).containsExactly(free);
        assertThat(filtered("owner-id", owner.value())).containsExactlyInAnyOrder(attached, free);
        assertThat(filtered("tag:Name", "d*")).containsExactly(free);
        assertThat(filtered("tag-key", "Name")).containsExactly(free);
        assertThat(ec2.done("DescribeTags", "Filter.1.Name", "resource-type", "Filter.1.Value.1", "internet-gateway")
                        .texts("//tagSet/item/resourceId"))
                .containsExactly(free);
        assertThat(ec2Stranger.done("DescribeInternetGateways").texts(GATEWAY + "internetGatewayId"))
                .isEmpty();
        refused(
                "InvalidParameterValue",
                "DescribeInternetGateways",
                "Filter.1.Name",
                "colour",
                "Filter.1.Value.1",
                "x");
    }

    @Test
    void what_is_wrong_is_told_and_changes_nothing() {
        String id = created();
        refused("MissingParameter", "AttachInternetGateway", "InternetGatewayId", id);
        refused("MissingParameter", "DetachInternetGateway", "VpcId", vpc);
        refused("InvalidInternetGatewayID.Malformed", "DeleteInternetGateway", "InternetGatewayId", "igw-x");
        refused("InvalidVpcID.NotFound", "AttachInternetGateway", "InternetGatewayId", id, "VpcId", "vpc-00000001");
        refused("InvalidInternetGatewayID.NotFound", "AttachInternetGateway", both("igw-00000001"));
        refused("InvalidParameterValue", "CreateInternetGateway", "TagSpecification.1.ResourceType", "vpc");
        unchanged(() -> ec2Stranger.refused(
                "InvalidInternetGatewayID.NotFound", "DeleteInternetGateway", "InternetGatewayId", id));
        limit(Quota.INTERNET_SERVICES, 1);
        refused("InternetGatewayLimitExceeded", "CreateInternetGateway");
        assertThat(ec2.call("DeleteInternetGateway", "InternetGatewayId", id, "DryRun", "true")
                        .code())
                .isEqualTo("DryRunOperation");
        assertThat(described(id).texts(GATEWAY + "internetGatewayId")).containsExactly(id);
    }

    @Test
    @Rule("X7")
    void a_route_leads_out_by_it_and_is_a_blackhole_without_it() {
        String id = created();
        String table = fixture.mainTable(net).id().value();
        String[] route = {"RouteTableId", table, "DestinationCidrBlock", "0.0.0.0/0", "GatewayId", id};
        assertThat(refused("InvalidParameterValue", "CreateRoute", route)).contains(id, table);
        refused(
                "InvalidGatewayID.NotFound",
                "CreateRoute",
                "RouteTableId",
                table,
                "DestinationCidrBlock",
                "0.0.0.0/0",
                "GatewayId",
                "igw-00000001");
        ec2.done("AttachInternetGateway", both(id));
        ec2.done("CreateRoute", route);

        String item = "//routeSet/item[gatewayId='%s']/".formatted(id);
        assertThat(ec2.done("DescribeRouteTables").text(item + "state")).isEqualTo("active");
        ec2.done("DetachInternetGateway", both(id));
        assertThat(ec2.done("DescribeRouteTables").text(item + "state")).isEqualTo("blackhole");
        ec2.done("DeleteInternetGateway", "InternetGatewayId", id);
        assertThat(ec2.done("DescribeRouteTables").text(item + "destinationCidrBlock"))
                .isEqualTo("0.0.0.0/0");
    }
}
