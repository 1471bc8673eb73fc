package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What EC2's API takes otherwise than the OUTSCALE API: ranges, zones, ids, filters, and the little there is of IPv6. */
class Ec2WaysTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId account = fixture.account();
    private final AccountId peer = fixture.account();
    private final Ec2Client client = as(account);
    private final Ec2Client stranger = as(peer);
    private final String vpc =
            client.done("CreateVpc", "CidrBlock", "10.0.0.0/16").text("//vpc/vpcId");

    private Ec2Client as(AccountId who) {
        Region region =
                new Region(Fixture.REGION, List.of(new SubregionName("eu-west-2a"), new SubregionName("eu-west-2b")));
        return new Ec2Client(
                store,
                who,
                new Operations(List.of(region), PublicIpPools.NONE, new PeeringRules(false, true))
                        .ec2Actions(FlowTables.UNKNOWN));
    }

    private String subnet(String range) {
        return client.done("CreateSubnet", "VpcId", vpc, "CidrBlock", range).text("//subnet/subnetId");
    }

    private String table() {
        return client.done("CreateRouteTable", "VpcId", vpc).text("//routeTable/routeTableId");
    }

    private Answer tables(String filter, String value) {
        return client.done("DescribeRouteTables", "Filter.1.Name", filter, "Filter.1.Value.1", value);
    }

    @Test
    @Rule("R5")
    void ranges_are_taken_without_the_bits_of_a_host() {
        Answer vpcMade = client.done("CreateVpc", "CidrBlock", "10.9.3.1/16");
        assertThat(vpcMade.text("//vpc/cidrBlock")).isEqualTo("10.9.0.0/16");
        Answer subnetMade =
                client.done("CreateSubnet", "VpcId", vpcMade.text("//vpc/vpcId"), "CidrBlock", "10.9.1.77/24");
        assertThat(subnetMade.text("//subnet/cidrBlock")).isEqualTo("10.9.1.0/24");

        Net other = fixture.net(peer, "10.1.0.0/16");
        Net mine = fixture.read(snapshot -> snapshot.nets().find(new NetId(vpc)).orElseThrow());
        String peering = fixture.pendingPeering(mine, other).id().value();
        String table = table();
        client.done(
                "CreateRoute",
                "RouteTableId",
                table,
                "DestinationCidrBlock",
                "10.1.2.3/16",
                "VpcPeeringConnectionId",
                peering);
        assertThat(tables("route.destination-cidr-block", "10.1.0.0/16").texts("//routeTableSet/item/routeTableId"))
                .containsExactly(table);
        client.done("DeleteRoute", "RouteTableId", table, "DestinationCidrBlock", "10.1.9.9/16");

        String group = client.done("CreateSecurityGroup", "VpcId", vpc, "GroupName", "web", "GroupDescription", "web")
                .text("//groupId");
        Answer rule = client.done(
                "AuthorizeSecurityGroupIngress",
                "GroupId",
                group,
                "IpPermissions.1.IpProtocol",
                "TCP",
                "IpPermissions.1.FromPort",
                "80",
                "IpPermissions.1.ToPort",
                "80",
                "IpPermissions.1.IpRanges.1.CidrIp",
                "192.0.2.77/24");
        assertThat(rule.text("//securityGroupRuleSet/item/cidrIpv4")).isEqualTo("192.0.2.0/24");
        assertThat(rule.text("//securityGroupRuleSet/item/ipProtocol")).isEqualTo("tcp");
        client.refused(
                "InvalidPermission.Duplicate",
                "AuthorizeSecurityGroupIngress",
                "GroupId",
                group,
                "IpProtocol",
                "6",
                "FromPort",
                "80",
                "ToPort",
                "80",
                "CidrIp",
                "192.0.2.1/24");
    }

    @Test
    void what_changes_nothing_of_ipv6_is_accepted_and_all_else_refused_by_that_name() {
        client.done("CreateVpc", "CidrBlock", "10.8.0.0/16", "AmazonProvidedIpv6CidrBlock", "false");
        String subnet = client.done("CreateSubnet", "VpcId", vpc, "CidrBlock", "10.0.1.0/24", "Ipv6Native", "false")
                .text("//subnet/subnetId");
        for (String attribute : List.of(
                "AssignIpv6AddressOnCreation",
                "EnableDns64",
                "EnableResourceNameDnsARecordOnLaunch",
                "EnableResourceNameDnsAAAARecordOnLaunch",
                "MapCustomerOwnedIpOnLaunch")) {
            client.done("ModifySubnetAttribute", "SubnetId", subnet, attribute + ".Value", "false");
            client.refused(
                    "InvalidParameterValue", "ModifySubnetAttribute", "SubnetId", subnet, attribute + ".Value", "true");
        }
        client.done("ModifySubnetAttribute", "SubnetId", subnet, "PrivateDnsHostnameTypeOnLaunch", "ip-name");
        stranger.refused(
                "InvalidSubnetID.NotFound", "ModifySubnetAttribute", "SubnetId", subnet, "EnableDns64.Value", "false");
        Answer described = client.done("DescribeSubnets");
        assertThat(described.text("//subnetSet/item/assignIpv6AddressOnCreation"))
                .isEqualTo("false");
        assertThat(described.text("//subnetSet/item/privateDnsNameOptionsOnLaunch/hostnameType"))
                .isEqualTo("ip-name");

        String table = table();
        String[][] refused = {
            {"CreateVpc", "CidrBlock", "10.7.0.0/16", "AmazonProvidedIpv6CidrBlock", "true"},
            {"CreateVpc", "CidrBlock", "10.7.0.0/16", "Ipv6CidrBlock", "2001:db8::/56"},
            {"CreateSubnet", "VpcId", vpc, "CidrBlock", "10.0.2.0/24", "Ipv6CidrBlock", "2001:db8::/64"},
            {"ModifySubnetAttribute", "SubnetId", subnet, "AssignIpv6AddressOnCreation.Value", "true"},
            {"CreateRoute", "RouteTableId", table, "DestinationIpv6CidrBlock", "::/0", "GatewayId", "igw-00000001"},
            {
                "CreateRoute",
                "RouteTableId",
                table,
                "DestinationIpv6CidrBlock",
                "::/0",
                "EgressOnlyInternetGatewayId",
                "x"
            },
            {"DeleteRoute", "RouteTableId", table, "DestinationIpv6CidrBlock", "::/0"},
        };
        for (String[] call : refused) {
            assertThat(client.refused("InvalidParameterValue", call[0], Arrays.copyOfRange(call, 1, call.length)))
                    .as(String.join(" ", call))
                    .contains("IPv6");
        }
        for (String action :
                List.of("AssociateSubnetCidrBlock", "AssignIpv6Addresses", "CreateEgressOnlyInternetGateway")) {
            assertThat(client.refused("UnsupportedOperation", action)).contains("IPv6");
        }
    }

    @Test
    void zones_have_ids_by_which_they_are_named() {
        Answer zones = client.done("DescribeAvailabilityZones", "ZoneId.1", "euw2-az2");
        assertThat(zones.texts("//availabilityZoneInfo/item/zoneName")).containsExactly("eu-west-2b");
        assertThat(zones.texts("//availabilityZoneInfo/item/zoneId")).containsExactly("euw2-az2");
        Answer made =
                client.done("CreateSubnet", "VpcId", vpc, "CidrBlock", "10.0.1.0/24", "AvailabilityZoneId", "euw2-az2");
        assertThat(made.text("//subnet/availabilityZone")).isEqualTo("eu-west-2b");
        assertThat(made.text("//subnet/availabilityZoneId")).isEqualTo("euw2-az2");
        assertThat(client.refused(
                        "InvalidParameterValue",
                        "CreateSubnet",
                        "VpcId",
                        vpc,
                        "CidrBlock",
                        "10.0.2.0/24",
                        "AvailabilityZoneId",
                        "euw2-az3"))
                .contains("eu-west-2c");
        client.refused("InvalidParameterValue", "DescribeAvailabilityZones", "ZoneId.1", "use2-az1");
    }

    @Test
    void ids_of_eight_digits_and_of_seventeen_are_well_formed() {
        client.refused("InvalidVpcID.NotFound", "DescribeVpcs", "VpcId.1", "vpc-12345678");
        client.refused("InvalidVpcID.NotFound", "DescribeVpcs", "VpcId.1", "vpc-0123456789abcdef0");
        client.refused("InvalidVpcID.Malformed", "DescribeVpcs", "VpcId.1", "vpc-does_not_exist");
    }

    @Test
    void a_vpc_is_found_by_the_association_of_its_range() {
        String association = client.done("DescribeVpcs").text("//cidrBlockAssociationSet/item/associationId");
        client.done("CreateVpc", "CidrBlock", "10.1.0.0/16");

        assertThat(client.done(
                                "DescribeVpcs",
                                "Filter.1.Name",
                                "cidr-block-association.association-id",
                                "Filter.1.Value.1",
                                association)
                        .texts("//vpcSet/item/vpcId"))
                .containsExactly(vpc);
    }

    @Test
    void ec2s_own_names_of_what_a_filter_is_about_are_all_taken() {
        String first = subnet("10.0.1.0/24");
        subnet("10.0.2.0/24");
        for (String name : List.of("cidr", "cidr-block", "cidrBlock")) {
            assertThat(client.done("DescribeVpcs", "Filter.1.Name", name, "Filter.1.Value.1", "10.0.0.0/16")
                            .texts("//vpcSet/item/vpcId"))
                    .as(name)
                    .containsExactly(vpc);
        }
        Map<String, String> ofSubnets = Map.of(
                "cidr", "10.0.1.0/24",
                "cidr-block", "10.0.1.0/24",
                "cidrBlock", "10.0.1.0/24",
                "subnet-id", first,
                "subnet-arn", "arn:aws:ec2:*:%s:subnet/%s".formatted(account, first));
        ofSubnets.forEach((name, value) -> assertThat(
                        client.done("DescribeSubnets", "Filter.1.Name", name, "Filter.1.Value.1", value)
                                .texts("//subnetSet/item/subnetId"))
                .as(name)
                .containsExactly(first));
        for (String name :
                List.of("availability-zone", "availabilityZone", "availability-zone-id", "availabilityZoneId")) {
            String value = name.toLowerCase(Locale.ROOT).endsWith("id") ? "euw2-az1" : "eu-west-2a";
            assertThat(client.done("DescribeSubnets", "Filter.1.Name", name, "Filter.1.Value.1", value)
                            .texts("//subnetSet/item/subnetId"))
                    .as(name)
                    .hasSize(2);
        }
        assertThat(client.done("DescribeSubnets", "Filter.1.Name", "defaultForAz", "Filter.1.Value.1", "true")
                        .texts("//subnetSet/item/subnetId"))
                .isEmpty();
    }
}
