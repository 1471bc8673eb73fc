package dev.linkspan.server;

import static dev.linkspan.server.api.oapi.OapiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.oapi.DescribedNames;
import dev.linkspan.server.api.oapi.OapiClient;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What clients of OUTSCALE's API send besides what its description says, request by request. */
class OutscaleHabitsTest {

    private static final String IMAGE = Images.LINUX.id().value();

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
    private final OapiClient client = new OapiClient(store, owner, operations().calls());

    private static Operations operations() {
        return new Operations(
                List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION))),
                new PublicIpPools(Map.of(Fixture.REGION, new PublicIpPool(Cidr.parse("203.0.113.0/24")))),
                new PeeringRules(false, true));
    }

    private String filled(String arguments) {
        return arguments
                .replace("$IMAGE", IMAGE)
                .replace("$NET", net.id().value())
                .replace("$SUBNET", subnet.id().value());
    }

    private JsonNode call(String name, String arguments) {
        return client.call(name, filled(arguments));
    }

    private String id(String call, String arguments, String... path) {
        JsonNode found = call(call, arguments);
        for (String step : path) {
            found = found.path(step);
        }
        return found.stringValue();
    }

    /** The SDK for Go writes each field of a nested object that the caller has left alone. */
    @Nested
    class EmptyFields {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "CreateVms | {'ImageId':'$IMAGE','SubnetId':'$SUBNET','Placement':{'SubregionName':'','Tenancy':''}}",
                    "CreateVms | {'ImageId':'$IMAGE','SubnetId':'$SUBNET','ActionsOnNextBoot':{'SecureBoot':''}}",
                    "CreateVms | {'ImageId':'$IMAGE','Nics':[{'DeviceNumber':0,'SubnetId':'$SUBNET','NicId':'',"
                            + "'Description':'','PrivateIps':[],'SecurityGroupIds':[],'SecondaryPrivateIpCount':0}]}",
                    "CreateVms | {'ImageId':'$IMAGE','SubnetId':'$SUBNET','BlockDeviceMappings':[{'DeviceName':'/dev/sda1',"
                            + "'NoDevice':'','VirtualDeviceName':'','Bsu':{'SnapshotId':'','VolumeType':'','VolumeSize':10}}]}",
                    "ReadSnapshots | {'Filters':{'FromCreationDate':'','ToCreationDate':'','SnapshotIds':[]}}",
                    "ReadPolicies | {'Filters':{'PathPrefix':'','Scope':'','OnlyLinked':false}}",
                })
        void an_empty_field_of_a_nested_object_is_not_given(String call, String arguments) {
            call(call, arguments);
        }

        @Test
        void a_nic_that_is_there_comes_with_the_fields_of_one_that_is_to_be_made() {
            String nic = id("CreateNic", "{'SubnetId':'$SUBNET'}", "Nic", "NicId");

            JsonNode vm = call(
                    "CreateVms",
                    "{'ImageId':'$IMAGE','Nics':[{'DeviceNumber':0,'NicId':'%s','DeleteOnVmDeletion':false,'Description':'',"
                                    .formatted(nic)
                            + "'PrivateIps':[],'SecurityGroupIds':[],'SecondaryPrivateIpCount':0,'SubnetId':''}]}");

            assertThat(vm.at("/Vms/0/Nics/0/NicId").stringValue()).isEqualTo(nic);
        }

        @Test
        void a_member_of_a_rule_has_a_name_or_an_id_and_the_other_is_empty() {
            String group = id(
                    "CreateSecurityGroup",
                    "{'NetId':'$NET','SecurityGroupName':'web','Description':'web'}",
                    "SecurityGroup",
                    "SecurityGroupId");

            JsonNode changed = call(
                    "CreateSecurityGroupRule",
                    ("{'SecurityGroupId':'%s','Flow':'Inbound','Rules':[{'IpProtocol':'tcp','FromPortRange':22,"
                                    + "'ToPortRange':22,'IpRanges':[],'ServiceIds':[],'SecurityGroupRuleId':'',"
                                    + "'SecurityGroupsMembers':[{'AccountId':'','SecurityGroupId':'%s','SecurityGroupName':''}]}]}")
                            .formatted(group, group));

            assertThat(changed.at("/SecurityGroup/InboundRules")).hasSize(1);
        }

        @Test
        void a_peering_is_asked_for_with_an_empty_owner() {
            Net other = fixture.net(owner, "10.1.0.0/16");

            JsonNode peering = call(
                    "CreateNetPeering",
                    "{'SourceNetId':'$NET','AccepterNetId':'%s','AccepterOwnerId':''}".formatted(other.id()));

            assertThat(peering.at("/NetPeering/AccepterNet/AccountId").stringValue())
                    .isEqualTo(owner.value());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "7000 | CreateVms | {'ImageId':''}",
                    "4104 | CreateVms | {'ImageId':'$IMAGE','SubnetId':''}",
                    "4110 | CreateVms | {'ImageId':'$IMAGE','Placement':{'Tenancy':null}}",
                    "7000 | CreateTags | {'ResourceIds':['$NET'],'Tags':[{'Key':'','Value':'x'}]}",
                    "3001 | CreateVms | {'ImageId':'$IMAGE','Placement':{'Rack':''}}",
                })
        void what_is_needed_or_unknown_or_no_object_is_refused_as_ever(String code, String call, String arguments) {
            client.refused(400, code, call, filled(arguments));
        }

        @Test
        void a_tag_may_have_an_empty_value_and_a_description_may_be_emptied() {
            String nic = id("CreateNic", "{'SubnetId':'$SUBNET','Description':'old'}", "Nic", "NicId");

            call("CreateTags", "{'ResourceIds':['%s'],'Tags':[{'Key':'bare','Value':''}]}".formatted(nic));
            JsonNode changed = call("UpdateNic", "{'NicId':'%s','Description':''}".formatted(nic));

            assertThat(changed.at("/Nic/Tags/0/Value").stringValue()).isEmpty();
            assertThat(changed.at("/Nic/Description").stringValue()).isEmpty();
        }
    }

    @Nested
    class Rules {

        private final String group = id(
                "CreateSecurityGroup",
                "{'NetId':'$NET','SecurityGroupName':'web','Description':'web'}",
                "SecurityGroup",
                "SecurityGroupId");

        private JsonNode inbound(String call, String rules) {
            return call(call, "{'SecurityGroupId':'%s','Flow':'Inbound',%s}".formatted(group, rules))
                    .at("/SecurityGroup/InboundRules");
        }

        @Test
        void a_rule_that_is_named_twice_is_removed_once() {
            String ssh = "{'IpProtocol':'tcp','FromPortRange':22,'ToPortRange':22,'IpRanges':['10.0.0.0/8']}";
            JsonNode made = inbound("CreateSecurityGroupRule", "'Rules':[%s]".formatted(ssh));
            String id = made.at("/0/SecurityGroupRuleId").stringValue();

            assertThat(inbound(
                            "DeleteSecurityGroupRule",
                            "'Rules':[%s,%s,{'SecurityGroupRuleId':'%s'}]".formatted(ssh, ssh, id)))
                    .isEmpty();
        }

        @Test
        void what_is_empty_beside_the_rules_is_absent() {
            inbound(
                    "CreateSecurityGroupRule",
                    "'IpProtocol':'tcp','FromPortRange':22,'ToPortRange':22,'IpRange':'10.0.0.0/8'");

            assertThat(inbound(
                            "DeleteSecurityGroupRule",
                            "'IpProtocol':'tcp','FromPortRange':22,'ToPortRange':22,'IpRange':'10.0.0.0/8',"
                                    + "'SecurityGroupNameToUnlink':'','SecurityGroupAccountIdToUnlink':''"))
                    .isEmpty();
        }

        @Test
        void groups_are_found_by_the_owner_of_the_group_in_a_rule() {
            inbound("CreateSecurityGroupRule", "'IpProtocol':'-1','SecurityGroupNameToLink':'%s'".formatted(group));
            String filter = "{'Filters':{'SecurityGroupNames':['web'],'InboundRuleAccountIds':[%s]}}";

            assertThat(texts(
                            call("ReadSecurityGroups", filter.formatted("'" + owner + "'"))
                                    .path("SecurityGroups"),
                            "SecurityGroupId"))
                    .containsExactly(group);
            assertThat(call("ReadSecurityGroups", filter.formatted(owner)).path("SecurityGroups"))
                    .hasSize(1);
            assertThat(call("ReadSecurityGroups", filter.formatted("'999999999999'"))
                            .path("SecurityGroups"))
                    .isEmpty();
        }
    }

    @Nested
    class Order {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "5023 | CreateVms            | {'ImageId':'ami-12345678'}",
                    "7000 | CreateVms            | {'ImageId':'$IMAGE'}",
                    "4014 | CreateNet            | {'IpRange':'10.0.0.1/8'}",
                    "4014 | CreateNet            | {'IpRange':'10.0.0.1/30'}",
                    "4047 | CreateNet            | {'IpRange':'10.0.0.1/16'}",
                    "4047 | CreateNet            | {'IpRange':'10.0.0.0'}",
                    "5046 | UpdateRouteTableLink | {'RouteTableId':'rtb-00000001','LinkRouteTableId':'rtbassoc-00000001'}",
                })
        void the_first_fault_is_told(String code, String call, String arguments) {
            client.refused(400, code, call, filled(arguments));
        }
    }

    @Test
    void dhcp_options_without_a_domain_have_the_regions() {
        JsonNode set = call("CreateDhcpOptions", "{'NtpServers':['10.0.0.1']}").path("DhcpOptionsSet");

        assertThat(set.path("DomainName").stringValue()).isEqualTo("eu-west-2.compute.internal");
        assertThat(call("CreateDhcpOptions", "{'DomainName':'example.org'}")
                        .at("/DhcpOptionsSet/DomainName")
                        .stringValue())
                .isEqualTo("example.org");
    }

    static Stream<String> unanswered() {
        List<String> answered =
                operations().calls().stream().map(each -> each.name()).toList();
        return DescribedNames.ALL.stream()
                .filter(name -> !answered.contains(name) && !name.equals("CheckAuthentication"));
    }

    @ParameterizedTest
    @MethodSource("unanswered")
    void a_call_that_the_description_has_and_the_server_has_not_is_named(String call) {
        assertThat(client.refused(400, "8011", call, "{}")).contains(call);
    }

    @ParameterizedTest
    @CsvSource({
        "ReadVpnConnections, VpnConnections",
        "ReadClientGateways, ClientGateways",
        "ReadSnapshots, Snapshots",
        "ReadUsers, Users",
        "ReadUserGroups, UserGroups",
        "ReadPolicies, Policies",
        "ReadFlexibleGpus, FlexibleGpus",
        "ReadCas, Cas",
        "ReadServerCertificates, ServerCertificates",
        "ReadNetAccessPointServices, Services",
        "ReadLocations, Locations",
        "ReadProductTypes, ProductTypes",
        "ReadFlexibleGpuCatalog, FlexibleGpuCatalog",
    })
    void what_there_is_none_of_is_an_empty_list(String call, String key) {
        assertThat(call(call, "{}").path(key).isArray()).isTrue();
        assertThat(call(call, "{}").path(key)).isEmpty();
        client.refused(400, "3001", call, "{'Colour':'red'}");
    }

    @Test
    void the_catalogue_of_prices_has_no_entries() {
        assertThat(call("ReadPublicCatalog", "{}").at("/Catalog/Entries").isArray())
                .isTrue();
    }

    @Test
    void the_ranges_of_public_ips_are_told() {
        assertThat(call("ReadPublicIpRanges", "{}").path("PublicIps").toString())
                .isEqualTo("[\"203.0.113.0/24\"]");
    }

    /** In this order frieza takes away what an account has; what fails is tried again when the others are through. */
    @Nested
    class Frieza {

        private static final List<String> READS = List.of(
                "ReadAccounts",
                "ReadVms",
                "ReadLoadBalancers",
                "ReadNatServices",
                "ReadSecurityGroups",
                "ReadPublicIps",
                "ReadVolumes",
                "ReadKeypairs",
                "ReadRouteTables",
                "ReadInternetServices",
                "ReadSubnets",
                "ReadNets",
                "ReadSnapshots",
                "ReadVpnConnections",
                "ReadVirtualGateways",
                "ReadNics",
                "ReadAccessKeys",
                "ReadNetAccessPoints",
                "ReadClientGateways",
                "ReadFlexibleGpus",
                "ReadUsers",
                "ReadCas",
                "ReadServerCertificates");

        @Test
        void everything_is_found_and_goes() {
            String service = id("CreateInternetService", "{}", "InternetService", "InternetServiceId");
            call("LinkInternetService", "{'InternetServiceId':'%s','NetId':'$NET'}".formatted(service));
            String table = id("CreateRouteTable", "{'NetId':'$NET'}", "RouteTable", "RouteTableId");
            String link = id(
                    "LinkRouteTable",
                    "{'RouteTableId':'%s','SubnetId':'$SUBNET'}".formatted(table),
                    "LinkRouteTableId");
            String group = id(
                    "CreateSecurityGroup",
                    "{'NetId':'$NET','SecurityGroupName':'web','Description':'web'}",
                    "SecurityGroup",
                    "SecurityGroupId");
            String vm = call("CreateVms", "{'ImageId':'$IMAGE','SubnetId':'$SUBNET'}")
                    .at("/Vms/0/VmId")
                    .stringValue();
            String address = id("CreatePublicIp", "{}", "PublicIp", "PublicIp");
            call("LinkPublicIp", "{'PublicIp':'%s','VmId':'%s'}".formatted(address, vm));
            call("CreateKeypair", "{'KeypairName':'mine'}");
            READS.forEach(read -> call(read, "{}"));

            call("StopVms", "{'VmIds':['%s'],'ForceStop':true}".formatted(vm));
            call("DeleteVms", "{'VmIds':['%s']}".formatted(vm));
            call("DeleteSecurityGroup", "{'SecurityGroupId':'%s'}".formatted(group));
            call("DeletePublicIp", "{'PublicIp':'%s'}".formatted(address));
            call("DeleteKeypair", "{'KeypairName':'mine'}");
            call("UnlinkRouteTable", "{'LinkRouteTableId':'%s'}".formatted(link));
            call("DeleteRouteTable", "{'RouteTableId':'%s'}".formatted(table));
            call("UnlinkInternetService", "{'InternetServiceId':'%s','NetId':'$NET'}".formatted(service));
            call("DeleteInternetService", "{'InternetServiceId':'%s'}".formatted(service));
            call("DeleteSubnet", "{'SubnetId':'$SUBNET'}");
            call("DeleteNet", "{'NetId':'$NET'}");

            assertThat(call("ReadNets", "{}").path("Nets")).isEmpty();
        }
    }
}
