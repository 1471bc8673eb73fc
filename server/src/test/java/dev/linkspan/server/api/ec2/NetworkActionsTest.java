package dev.linkspan.server.api.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.Subnets;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.absent.AbsentActions;
import dev.linkspan.server.api.resource.net.VpcActions;
import dev.linkspan.server.api.resource.networkacl.NetworkAclActions;
import dev.linkspan.server.api.resource.region.RegionActions;
import dev.linkspan.server.api.resource.routing.RouteTableActions;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupActions;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupRuleActions;
import dev.linkspan.server.api.resource.subnet.SubnetActions;
import dev.linkspan.server.api.resource.tag.TagActions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subnets, route tables, security groups, tags and zones, as EC2's clients handle them. */
class NetworkActionsTest {

    private static final Subregions SUBREGIONS = new Subregions(List.of(
            new Region(Fixture.REGION, List.of(new SubregionName("eu-west-2a"), new SubregionName("eu-west-2b")))));

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId account = fixture.account();
    private final AccountId peer = fixture.account();
    private final Ec2Client client = as(account);
    private final Ec2Client stranger = as(peer);
    private final String vpc =
            client.done("CreateVpc", "CidrBlock", "10.0.0.0/16").text("//vpc/vpcId");

    private Ec2Client as(AccountId who) {
        Tags tags = new Tags();
        List<Operation> actions = Stream.of(
                        new RegionActions(SUBREGIONS, "localhost").operations(),
                        new VpcActions(new Nets(), new DefaultNets(SUBREGIONS), tags).operations(),
                        new SubnetActions(new Subnets(SUBREGIONS), new DefaultNets(SUBREGIONS), tags).operations(),
                        new RouteTableActions(new RouteTables(), tags).operations(),
                        new SecurityGroupActions(new SecurityGroups(), tags).operations(),
                        new SecurityGroupRuleActions(new SecurityGroups()).operations(),
                        new NetworkAclActions(new NetworkAcls(), tags).operations(),
                        new AbsentActions().operations(),
                        new TagActions(tags).operations())
                .flatMap(List::stream)
                .toList();
        return new Ec2Client(store, who, actions);
    }

    private String subnet(String range) {
        return client.done("CreateSubnet", "VpcId", vpc, "CidrBlock", range).text("//subnet/subnetId");
    }

    private String table() {
        return client.done("CreateRouteTable", "VpcId", vpc).text("//routeTable/routeTableId");
    }

    @Test
    void a_table_is_made_once_with_one_client_token() {
        String[] once = {"VpcId", vpc, "ClientToken", "once"};
        String id = client.done("CreateRouteTable", once).text("//routeTable/routeTableId");

        assertThat(client.done("CreateRouteTable", once).text("//routeTable/routeTableId"))
                .isEqualTo(id);
        once[3] = "again";
        assertThat(client.done("CreateRouteTable", once).text("//routeTable/routeTableId"))
                .isNotEqualTo(id);
    }

    private Answer tables(String filter, String value) {
        return client.done("DescribeRouteTables", "Filter.1.Name", filter, "Filter.1.Value.1", value);
    }

    @Test
    void a_subnet_is_made_changed_described_and_deleted() {
        Answer made = client.done(
                "CreateSubnet",
                "VpcId",
                vpc,
                "CidrBlock",
                "10.0.1.0/24",
                "AvailabilityZone",
                "eu-west-2b",
                "TagSpecification.1.ResourceType",
                "subnet",
                "TagSpecification.1.Tag.1.Key",
                "Name",
                "TagSpecification.1.Tag.1.Value",
                "front");
        String id = made.text("//subnet/subnetId");
        assertThat(made.text("//subnet/availabilityZone")).isEqualTo("eu-west-2b");
        assertThat(made.text("//subnet/availableIpAddressCount")).isEqualTo("251");

        client.done("ModifySubnetAttribute", "SubnetId", id, "MapPublicIpOnLaunch.Value", "true");
        Answer described = client.done("DescribeSubnets", "Filter.1.Name", "tag:Name", "Filter.1.Value.1", "fr*");
        assertThat(described.texts("//subnetSet/item/subnetId")).containsExactly(id);
        assertThat(described.text("//subnetSet/item/mapPublicIpOnLaunch")).isEqualTo("true");

        client.refused("InvalidSubnet.Conflict", "CreateSubnet", "VpcId", vpc, "CidrBlock", "10.0.1.0/25");
        client.refused("InvalidSubnet.Range", "CreateSubnet", "VpcId", vpc, "CidrBlock", "10.1.0.0/24");
        client.refused("DependencyViolation", "DeleteVpc", "VpcId", vpc);
        stranger.refused("InvalidSubnetID.NotFound", "DeleteSubnet", "SubnetId", id);
        client.done("DeleteSubnet", "SubnetId", id);
        client.refused("InvalidSubnetID.NotFound", "DescribeSubnets", "SubnetId.1", id);
        assertThat(client.refused("MissingParameter", "ModifySubnetAttribute", "SubnetId", id))
                .contains("MapPublicIpOnLaunch");
    }

    @Test
    @Rule("R1")
    void a_vpc_is_born_with_a_main_route_table() {
        Answer described = tables("vpc-id", vpc);
        assertThat(described.texts("//routeTableSet/item/associationSet/item/main"))
                .containsExactly("true");
        assertThat(described.texts("//routeSet/item/gatewayId")).containsExactly("local");
        assertThat(described.texts("//routeSet/item/destinationCidrBlock")).containsExactly("10.0.0.0/16");
        assertThat(described.text("//routeSet/item/origin")).isEqualTo("CreateRouteTable");
        assertThat(tables("association.main", "false").texts("//routeTableSet/item"))
                .isEmpty();
    }

    @Test
    void a_table_is_associated_replaced_and_disassociated() {
        String subnet = subnet("10.0.1.0/24");
        String first = table();
        String second = table();
        String association = client.done("AssociateRouteTable", "RouteTableId", first, "SubnetId", subnet)
                .text("//associationId");
        assertThat(tables("association.subnet-id", subnet).text("//routeTableSet/item/routeTableId"))
                .isEqualTo(first);
        assertThat(client.done("AssociateRouteTable", "RouteTableId", first, "SubnetId", subnet)
                        .text("//associationId"))
                .isEqualTo(association);
        client.refused("Resource.AlreadyAssociated", "AssociateRouteTable", "RouteTableId", second, "SubnetId", subnet);
        stranger.refused(
                "InvalidRouteTableID.NotFound", "AssociateRouteTable", "RouteTableId", first, "SubnetId", subnet);
        client.refused("DependencyViolation", "DeleteRouteTable", "RouteTableId", first);

        String replaced = client.done(
                        "ReplaceRouteTableAssociation", "AssociationId", association, "RouteTableId", second)
                .text("//newAssociationId");
        assertThat(tables("association.subnet-id", subnet).text("//routeTableSet/item/routeTableId"))
                .isEqualTo(second);
        client.refused("InvalidAssociationID.NotFound", "DisassociateRouteTable", "AssociationId", association);
        client.done("DisassociateRouteTable", "AssociationId", replaced);
        client.done("DeleteRouteTable", "RouteTableId", second);
        client.refused("InvalidRouteTableID.NotFound", "DescribeRouteTables", "RouteTableId.1", second);
    }

    @Test
    @Rule({"R3", "R4", "R5"})
    void routes_lead_to_peerings_and_turn_into_blackholes() {
        Net other = fixture.net(peer, "10.1.0.0/16");
        Net mine = fixture.read(snapshot -> snapshot.nets().ofOwner(account).getFirst());
        NetPeering peering = fixture.pendingPeering(mine, other);
        String[] route = {
            "RouteTableId",
            table(),
            "DestinationCidrBlock",
            "10.1.0.0/16",
            "VpcPeeringConnectionId",
            peering.id().value()
        };
        client.done("CreateRoute", route);
        client.refused("RouteAlreadyExists", "CreateRoute", route);
        assertThat(tables("route.vpc-peering-connection-id", peering.id().value())
                        .texts("//routeSet/item[vpcPeeringConnectionId]/state"))
                .containsExactly("active");

        fixture.change(unit -> {
            NetPeering rejected = peering.reject(peer, unit.now());
            unit.peerings().save(rejected);
            return rejected;
        });
        assertThat(tables("route.state", "blackhole").texts("//routeSet/item[vpcPeeringConnectionId]/state"))
                .containsExactly("blackhole");
        client.done("DeleteRoute", "RouteTableId", route[1], "DestinationCidrBlock", "10.1.0.0/16");
        client.refused(
                "InvalidRoute.NotFound",
                "DeleteRoute",
                "RouteTableId",
                route[1],
                "DestinationCidrBlock",
                "10.1.0.0/16");
        client.refused(
                "MissingParameter", "CreateRoute", "RouteTableId", route[1], "DestinationCidrBlock", "10.1.0.0/16");
    }

    private String group() {
        return client.done("CreateSecurityGroup", "VpcId", vpc, "GroupName", "web", "GroupDescription", "in front")
                .text("//groupId");
    }

    private Answer described(String group) {
        return client.done("DescribeSecurityGroups", "GroupId.1", group);
    }

    @Test
    @Rule({"S1", "S2"})
    void a_group_is_born_with_everything_out_and_rules_come_and_go() {
        String group = group();
        assertThat(described(group).texts("//ipPermissionsEgress/item/ipProtocol"))
                .containsExactly("-1");
        client.done(
                "RevokeSecurityGroupEgress",
                "GroupId",
                group,
                "IpPermissions.1.IpProtocol",
                "-1",
                "IpPermissions.1.FromPort",
                "0",
                "IpPermissions.1.ToPort",
                "0",
                "IpPermissions.1.IpRanges.1.CidrIp",
                "0.0.0.0/0");
        assertThat(described(group).texts("//ipPermissionsEgress/item")).isEmpty();

        String[] ssh = {
            "GroupId", group,
            "IpPermissions.1.IpProtocol", "tcp",
            "IpPermissions.1.FromPort", "22",
            "IpPermissions.1.ToPort", "22",
            "IpPermissions.1.IpRanges.1.CidrIp", "10.1.0.0/16",
            "IpPermissions.1.IpRanges.1.Description", "from the peer",
            "IpPermissions.1.Groups.1.GroupId", group
        };
        Answer authorized = client.done("AuthorizeSecurityGroupIngress", ssh);
        assertThat(authorized.texts("//securityGroupRuleSet/item/fromPort")).containsExactly("22", "22");
        client.refused("InvalidPermission.Duplicate", "AuthorizeSecurityGroupIngress", ssh);
        Answer shown = described(group);
        assertThat(shown.text("//ipPermissions/item/ipRanges/item/cidrIp")).isEqualTo("10.1.0.0/16");
        assertThat(shown.text("//ipPermissions/item/ipRanges/item/description")).isEqualTo("from the peer");
        assertThat(shown.text("//ipPermissions/item/groups/item/groupId")).isEqualTo(group);

        Answer rules =
                client.done("DescribeSecurityGroupRules", "Filter.1.Name", "group-id", "Filter.1.Value.1", group);
        assertThat(rules.texts("//item/isEgress")).containsExactly("false", "false");
        assertThat(rules.texts("//item/cidrIpv4")).containsExactly("10.1.0.0/16");
        assertThat(rules.texts("//item/referencedGroupInfo/groupId")).containsExactly(group);
        client.done(
                "RevokeSecurityGroupIngress",
                "GroupId",
                group,
                "SecurityGroupRuleId.1",
                rules.text("(//securityGroupRuleId)[1]"),
                "SecurityGroupRuleId.2",
                rules.text("(//securityGroupRuleId)[2]"));
        client.refused("InvalidPermission.NotFound", "RevokeSecurityGroupIngress", ssh);
        client.done("DeleteSecurityGroup", "GroupId", group);
        client.refused("InvalidGroup.NotFound", "DescribeSecurityGroups", "GroupId.1", group);
    }

    @Test
    void one_range_can_be_let_in_without_a_list_of_permissions() {
        String group = group();
        String[] ssh = {"GroupId", group, "IpProtocol", "tcp", "FromPort", "22", "ToPort", "22", "CidrIp", "10.1.0.0/16"
        };
        client.done("AuthorizeSecurityGroupIngress", ssh);
        client.refused("InvalidPermission.Duplicate", "AuthorizeSecurityGroupIngress", ssh);
        Answer shown = described(group);
        assertThat(shown.text("//ipPermissions/item/fromPort")).isEqualTo("22");
        assertThat(shown.text("//ipPermissions/item/ipRanges/item/cidrIp")).isEqualTo("10.1.0.0/16");
        client.done("RevokeSecurityGroupIngress", ssh);
        assertThat(described(group).texts("//ipPermissions/item")).isEmpty();

        client.refused("MissingParameter", "AuthorizeSecurityGroupIngress", "GroupId", group, "IpProtocol", "-1");
        client.refused("MissingParameter", "RevokeSecurityGroupIngress", "GroupId", group, "CidrIp", "10.1.0.0/16");
        client.refused(
                "InvalidParameterCombination",
                "AuthorizeSecurityGroupIngress",
                "GroupId",
                group,
                "CidrIp",
                "10.1.0.0/16",
                "IpPermissions.1.IpProtocol",
                "-1");
        client.refused("UnknownParameter", "AuthorizeSecurityGroupEgress", ssh);
        assertThat(described(group).texts("//ipPermissions/item")).isEmpty();
    }

    @Test
    void groups_refuse_what_they_cannot_hold() {
        String group = group();
        client.refused(
                "InvalidParameterValue",
                "AuthorizeSecurityGroupIngress",
                "GroupId",
                group,
                "IpPermissions.1.IpProtocol",
                "tcp",
                "IpPermissions.1.FromPort",
                "1",
                "IpPermissions.1.ToPort",
                "2",
                "IpPermissions.1.PrefixListIds.1.PrefixListId",
                "pl-12345678");
        client.refused(
                "InvalidPermission.NotFound",
                "RevokeSecurityGroupEgress",
                "GroupId",
                group,
                "IpPermissions.1.IpProtocol",
                "-1",
                "IpPermissions.1.Ipv6Ranges.1.CidrIpv6",
                "::/0");
        client.refused("MissingParameter", "AuthorizeSecurityGroupIngress", "GroupId", group);
        client.refused(
                "MissingParameter",
                "AuthorizeSecurityGroupIngress",
                "GroupId",
                group,
                "IpPermissions.1.IpProtocol",
                "tcp");
        client.refused(
                "InvalidGroup.Duplicate",
                "CreateSecurityGroup",
                "VpcId",
                vpc,
                "GroupName",
                "web",
                "GroupDescription",
                "again");
        client.refused("InvalidGroup.NotFound", "DescribeSecurityGroups", "GroupName.1", "nobody");
    }

    @Test
    void tags_are_set_listed_and_removed() {
        client.done("CreateTags", "ResourceId.1", vpc, "Tag.1.Key", "a", "Tag.1.Value", "1", "Tag.2.Key", "b");
        Answer listed = client.done("DescribeTags", "Filter.1.Name", "resource-id", "Filter.1.Value.1", vpc);
        assertThat(listed.texts("//tagSet/item/key")).containsExactly("a", "b");
        assertThat(listed.text("//tagSet/item/resourceType")).isEqualTo("vpc");
        assertThat(client.done("DescribeTags", "Filter.1.Name", "tag:b", "Filter.1.Value.1", "*")
                        .texts("//tagSet/item/key"))
                .containsExactly("b");
        assertThat(client.done("DescribeTags", "Filter.1.Name", "tag:b", "Filter.1.Value.1", "no such value")
                        .texts("//tagSet/item"))
                .isEmpty();

        client.done("DeleteTags", "ResourceId.1", vpc, "Tag.1.Key", "a", "Tag.1.Value", "2");
        assertThat(client.done("DescribeTags").texts("//tagSet/item")).hasSize(2);
        client.done("DeleteTags", "ResourceId.1", vpc, "Tag.1.Key", "a");
        assertThat(client.done("DescribeTags").texts("//tagSet/item/key")).containsExactly("b");
        client.done("DeleteTags", "ResourceId.1", vpc);
        assertThat(client.done("DescribeTags").texts("//tagSet/item")).isEmpty();
        stranger.refused("InvalidVpcID.NotFound", "CreateTags", "ResourceId.1", vpc, "Tag.1.Key", "a");
        client.refused("InvalidID", "CreateTags", "ResourceId.1", "ami-blah", "Tag.1.Key", "a");
        client.refused("InvalidID", "DeleteTags", "ResourceId.1", "blah-blah", "Tag.1.Key", "a");
    }

    @Test
    void a_vpc_has_one_network_acl_that_lets_everything_pass() {
        String subnet = subnet("10.0.1.0/24");
        Answer acls = client.done(
                "DescribeNetworkAcls",
                "Filter.1.Name",
                "vpc-id",
                "Filter.1.Value.1",
                vpc,
                "Filter.2.Name",
                "default",
                "Filter.2.Value.1",
                "true");
        assertThat(acls.texts("//networkAclSet/item/default")).containsExactly("true");
        assertThat(acls.texts("//associationSet/item/subnetId")).containsExactly(subnet);
        assertThat(acls.texts("//entrySet/item[ruleNumber=100]/ruleAction")).containsExactly("allow", "allow");
        assertThat(stranger.done("DescribeNetworkAcls").texts("//networkAclSet/item"))
                .isEmpty();
    }

    private String attribute(String name) {
        return client.done("DescribeVpcAttribute", "VpcId", vpc, "Attribute", name)
                .text("//%s/value".formatted(name));
    }

    @ParameterizedTest
    @CsvSource({"DnsSupport, true", "DnsHostnames, false", "NetworkAddressUsageMetrics, false"})
    void an_attribute_of_a_vpc_is_read_as_it_was_set(String name, boolean born) {
        assertThat(attribute("enable" + name)).isEqualTo(Boolean.toString(born));

        client.done("ModifyVpcAttribute", "VpcId", vpc, "Enable" + name + ".Value", Boolean.toString(!born));

        assertThat(attribute("enable" + name)).isEqualTo(Boolean.toString(!born));
    }

    @Test
    void one_attribute_of_ones_own_vpc_is_set_at_a_time() {
        client.refused("MissingParameter", "ModifyVpcAttribute", "VpcId", vpc);
        client.refused(
                "InvalidParameterCombination",
                "ModifyVpcAttribute",
                "VpcId",
                vpc,
                "EnableDnsSupport.Value",
                "true",
                "EnableDnsHostnames.Value",
                "true");
        assertThat(client.refused(
                        "InvalidParameterValue", "DescribeVpcAttribute", "VpcId", vpc, "Attribute", "enableIpv6"))
                .contains("enableDnsHostnames");
        stranger.refused("InvalidVpcID.NotFound", "ModifyVpcAttribute", "VpcId", vpc, "EnableDnsSupport.Value", "true");
    }

    @Test
    void what_nobody_can_have_is_not_there() {
        assertThat(client.refused("InvalidParameterValue", "DescribeVpcEndpoints", "VpcEndpointId.1", "vpce-00000001"))
                .contains("'vpce-00000001'");
        Map.ofEntries(
                        Map.entry("DescribeCustomerGateways", "customerGatewaySet"),
                        Map.entry("DescribeEgressOnlyInternetGateways", "egressOnlyInternetGatewaySet"),
                        Map.entry("DescribeFlowLogs", "flowLogSet"),
                        Map.entry("DescribeManagedPrefixLists", "prefixListSet"),
                        Map.entry("DescribePrefixLists", "prefixListSet"),
                        Map.entry("DescribeSnapshots", "snapshotSet"),
                        Map.entry("DescribeTransitGatewayAttachments", "transitGatewayAttachments"),
                        Map.entry("DescribeTransitGatewayVpcAttachments", "transitGatewayVpcAttachments"),
                        Map.entry("DescribeTransitGateways", "transitGatewaySet"),
                        Map.entry("DescribeVpcEndpointServices", "serviceNameSet"),
                        Map.entry("DescribeVpcEndpoints", "vpcEndpointSet"),
                        Map.entry("DescribeVpnConnections", "vpnConnectionSet"),
                        Map.entry("DescribeVpnGateways", "vpnGatewaySet"))
                .forEach((action, list) -> assertThat(
                                client.done(action, "Filter.1.Name", "state", "Filter.1.Value.1", "available")
                                        .texts("//" + list))
                        .as(action)
                        .containsExactly(""));
    }

    @Test
    void regions_and_zones_are_told() {
        assertThat(client.done("DescribeRegions").texts("//regionInfo/item/regionName"))
                .containsExactly(Fixture.REGION.value());
        Answer zones =
                client.done("DescribeAvailabilityZones", "Filter.1.Name", "state", "Filter.1.Value.1", "available");
        assertThat(zones.texts("//availabilityZoneInfo/item/zoneName")).containsExactly("eu-west-2a", "eu-west-2b");
        client.refused("InvalidParameterValue", "DescribeAvailabilityZones", "ZoneName.1", "eu-west-2z");
        assertThat(client.done("DescribeAccountAttributes", "AttributeName.1", "default-vpc")
                        .text("//attributeValue"))
                .isEqualTo("none");
    }
}
