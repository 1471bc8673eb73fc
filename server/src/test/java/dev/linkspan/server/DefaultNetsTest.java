package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.CallRunner;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.ec2.Ec2Endpoint;
import dev.linkspan.server.api.oapi.OapiClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The VPC that EC2's clients mean where they name none. */
class DefaultNetsTest {

    private static final List<Region> REGIONS = List.of(
            new Region(Fixture.REGION, List.of(new SubregionName("eu-west-2a"), new SubregionName("eu-west-2b"))));

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final Operations operations = new Operations(
            REGIONS,
            new PublicIpPools(Map.of(Fixture.REGION, new PublicIpPool(Cidr.parse("203.0.113.0/24")))),
            new PeeringRules(false, true));
    private final Ec2Client given = client(new DefaultNetGiver(
            _ -> new Caller(owner, Fixture.REGION), store, new DefaultNets(operations.subregions())));
    private final Ec2Client plain = client(_ -> new Caller(owner, Fixture.REGION));

    private Ec2Client client(Authenticator callers) {
        return new Ec2Client(
                new Ec2Endpoint(new CallRunner(store), callers, operations.ec2Actions(FlowTables.UNKNOWN), List.of()));
    }

    private Answer run(Ec2Client client, String... further) {
        return client.done("RunInstances", order(further));
    }

    private static String[] order(String... further) {
        String[] usual = {"ImageId", "ami-00000001", "MinCount", "1", "MaxCount", "1"};
        String[] all = new String[usual.length + further.length];
        System.arraycopy(usual, 0, all, 0, usual.length);
        System.arraycopy(further, 0, all, usual.length, further.length);
        return all;
    }

    @Test
    void an_account_has_one_as_soon_as_it_asks_for_anything() {
        Answer vpcs = given.done("DescribeVpcs", "Filter.1.Name", "isDefault", "Filter.1.Value.1", "true");
        assertThat(vpcs.texts("//vpcSet/item/cidrBlock")).containsExactly("172.31.0.0/16");
        assertThat(vpcs.text("//vpcSet/item/isDefault")).isEqualTo("true");
        String vpc = vpcs.text("//vpcSet/item/vpcId");

        Answer subnets = given.done("DescribeSubnets", "Filter.1.Name", "default-for-az", "Filter.1.Value.1", "true");
        assertThat(subnets.texts("//subnetSet/item/cidrBlock"))
                .containsExactlyInAnyOrder("172.31.0.0/20", "172.31.16.0/20");
        assertThat(subnets.texts("//subnetSet/item/availabilityZone"))
                .containsExactlyInAnyOrder("eu-west-2a", "eu-west-2b");
        assertThat(subnets.texts("//subnetSet/item/defaultForAz")).containsOnly("true");
        assertThat(subnets.texts("//subnetSet/item/mapPublicIpOnLaunch")).containsOnly("true");

        assertThat(given.done("DescribeInternetGateways").text("//attachmentSet/item/vpcId"))
                .isEqualTo(vpc);
        assertThat(given.done("DescribeRouteTables").texts("//routeSet/item/destinationCidrBlock"))
                .containsExactlyInAnyOrder("172.31.0.0/16", "0.0.0.0/0");
        assertThat(given.done("DescribeVpcAttribute", "VpcId", vpc, "Attribute", "enableDnsHostnames")
                        .text("//enableDnsHostnames/value"))
                .isEqualTo("true");
        assertThat(given.done("DescribeVpcs").texts("//vpcSet/item")).hasSize(1);
    }

    @Test
    void the_outscale_api_takes_it_for_an_ordinary_one() {
        given.done("DescribeVpcs");
        OapiClient outscale = new OapiClient(store, owner, operations.calls());
        assertThat(outscale.call("ReadNets", "{}").path("Nets")).hasSize(1);
        assertThat(outscale.call("ReadNets", "{'Filters':{'IsDefault':true}}").path("Nets"))
                .isEmpty();
        outscale.refused(400, "7000", "CreateVms", "{'ImageId':'ami-00000001'}");
    }

    @Test
    void what_names_no_vpc_goes_there() {
        String group = given.done("CreateSecurityGroup", "GroupName", "web", "GroupDescription", "web")
                .text("//groupId");
        given.done(
                "AuthorizeSecurityGroupIngress",
                "GroupName",
                "web",
                "IpProtocol",
                "tcp",
                "FromPort",
                "80",
                "ToPort",
                "80",
                "CidrIp",
                "0.0.0.0/0");
        Answer run = run(given, "SecurityGroup.1", "web", "Placement.AvailabilityZone", "eu-west-2b");
        assertThat(run.text("//instancesSet/item/privateIpAddress")).isEqualTo("172.31.16.4");
        assertThat(run.texts("//instancesSet/item/groupSet/item/groupId")).containsExactly(group);
        assertThat(run.text("//instancesSet/item/ipAddress")).startsWith("203.0.113.");
        Answer ofInterface = run(
                given, "NetworkInterface.1.DeviceIndex", "0", "NetworkInterface.1.AssociatePublicIpAddress", "false");
        assertThat(ofInterface.text("//instancesSet/item/privateIpAddress")).isEqualTo("172.31.0.4");
        assertThat(ofInterface.texts("//instancesSet/item/ipAddress")).isEmpty();
        given.done(
                "RevokeSecurityGroupIngress",
                "GroupName",
                "web",
                "IpProtocol",
                "tcp",
                "FromPort",
                "80",
                "ToPort",
                "80",
                "CidrIp",
                "0.0.0.0/0");
    }

    @Test
    void a_name_means_the_group_of_the_default_vpc_before_others() {
        fixture.net(owner, "10.0.0.0/16");
        given.done("AuthorizeSecurityGroupIngress", "GroupName", "default", "IpProtocol", "-1", "CidrIp", "10.0.0.0/8");
        plain.refused("InvalidGroup.NotFound", "DeleteSecurityGroup", "GroupName", "other");
    }

    @Test
    void who_deletes_it_does_not_get_another_one_unasked() {
        given.done("DescribeVpcs");
        deleteAll();
        assertThat(given.done("DescribeVpcs").texts("//vpcSet/item")).isEmpty();
        assertThat(client(new DefaultNetGiver(
                                _ -> new Caller(owner, Fixture.REGION),
                                store,
                                new DefaultNets(operations.subregions())))
                        .done("DescribeVpcs")
                        .texts("//vpcSet/item"))
                .isEmpty();
        assertThat(given.done("CreateDefaultVpc").text("//vpc/isDefault")).isEqualTo("true");
        given.refused("DefaultVpcAlreadyExists", "CreateDefaultVpc");
        run(given);
    }

    private void deleteAll() {
        String vpc = given.done("DescribeVpcs").text("//vpcSet/item/vpcId");
        String gateway = given.done("DescribeInternetGateways").text("//internetGatewaySet/item/internetGatewayId");
        given.refused("DependencyViolation", "DeleteVpc", "VpcId", vpc);
        given.done("DetachInternetGateway", "InternetGatewayId", gateway, "VpcId", vpc);
        given.done("DeleteInternetGateway", "InternetGatewayId", gateway);
        given.done("DescribeSubnets")
                .texts("//subnetSet/item/subnetId")
                .forEach(subnet -> given.done("DeleteSubnet", "SubnetId", subnet));
        given.done("DeleteVpc", "VpcId", vpc);
    }

    @Test
    void a_default_subnet_is_made_where_there_is_none() {
        given.refused(
                "DefaultSubnetAlreadyExistsInAvailabilityZone",
                "CreateDefaultSubnet",
                "AvailabilityZone",
                "eu-west-2a");
        given.refused("InvalidParameterValue", "CreateDefaultSubnet", "AvailabilityZone", "mars-1a");
        given.refused("MissingParameter", "CreateDefaultSubnet");
        String first = given.done(
                        "DescribeSubnets", "Filter.1.Name", "availability-zone", "Filter.1.Value.1", "eu-west-2a")
                .text("//subnetSet/item/subnetId");
        given.done("DeleteSubnet", "SubnetId", first);
        assertThat(given.refused("MissingInput", "RunInstances", order("Placement.AvailabilityZone", "eu-west-2a")))
                .contains("CreateDefaultSubnet");
        Answer made = given.done("CreateDefaultSubnet", "AvailabilityZone", "eu-west-2a");
        assertThat(made.text("//subnet/cidrBlock")).isEqualTo("172.31.0.0/20");
        assertThat(made.text("//subnet/defaultForAz")).isEqualTo("true");
    }

    @Test
    void without_one_it_is_told_how_to_get_it() {
        assertThat(plain.refused("VPCIdNotSpecified", "RunInstances", order()))
                .contains("CreateDefaultVpc", "default-nets");
        assertThat(plain.refused(
                        "VPCIdNotSpecified", "CreateSecurityGroup", "GroupName", "web", "GroupDescription", "web"))
                .contains("CreateDefaultVpc");
        plain.refused("DefaultVpcDoesNotExist", "CreateDefaultSubnet", "AvailabilityZone", "eu-west-2a");
        assertThat(plain.call("CreateDefaultVpc", "DryRun", "true").code()).isEqualTo("DryRunOperation");
        assertThat(plain.done("DescribeVpcs").texts("//vpcSet/item")).isEmpty();
    }

    @Test
    void an_account_that_may_have_no_more_vpcs_goes_without() {
        fixture.change(unit -> {
            Account account = unit.accounts().find(owner).orElseThrow();
            unit.accounts().save(new Account(owner, account.email(), Map.of(Quota.NETS, 0), account.createdAt()));
            return account;
        });
        assertThat(given.done("DescribeVpcs").texts("//vpcSet/item")).isEmpty();
    }
}
