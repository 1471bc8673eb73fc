package dev.linkspan.server.api.resource.insights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.operation.InsightsAnalyses;
import dev.linkspan.core.operation.InsightsPaths;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.SetFlowTables;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.tag.TagActions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkInsightsActionsTest {

    private static final String PATH = "/CreateNetworkInsightsPathResponse/networkInsightsPath";
    private static final String ANALYSIS = "/StartNetworkInsightsAnalysisResponse/networkInsightsAnalysis";
    private static final String CODES = ANALYSIS + "/explanationSet/item/explanationCode";

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId ann = fixture.account();
    private final AccountId bob = fixture.account();
    private final Net annsNet = fixture.net(ann, "10.0.0.0/16");
    private final Net bobsNet = fixture.net(bob, "10.1.0.0/16");
    private final SecurityGroup annsGroup = fixture.defaultGroup(annsNet);
    private final SecurityGroup bobsGroup = fixture.defaultGroup(bobsNet);
    private final Vm annsVm = fixture.vm(fixture.subnet(annsNet, "10.0.1.0/24"), "10.0.1.4", annsGroup.id());
    private final Vm bobsVm = fixture.vm(fixture.subnet(bobsNet, "10.1.1.0/24"), "10.1.1.4", bobsGroup.id());
    private final SetFlowTables flowTables = new SetFlowTables();
    private final Ec2Client client = as(ann);
    private final Ec2Client bobs = as(bob);

    private Ec2Client as(AccountId account) {
        Tags tags = new Tags();
        List<Operation> actions = Stream.of(
                        new NetworkInsightsPathActions(new InsightsPaths(PublicIpPools.NONE), tags).operations(),
                        new NetworkInsightsAnalysisActions(new InsightsAnalyses(flowTables, PublicIpPools.NONE), tags)
                                .operations(),
                        new TagActions(tags).operations())
                .flatMap(List::stream)
                .toList();
        return new Ec2Client(store, account, actions);
    }

    private static String[] with(String[] parameters, String... more) {
        return Stream.concat(Stream.of(parameters), Stream.of(more)).toArray(String[]::new);
    }

    private String[] toBob(String... more) {
        return with(
                new String[] {
                    "Source",
                    annsVm.id().value(),
                    "DestinationIp",
                    "10.1.1.4",
                    "Protocol",
                    "tcp",
                    "DestinationPort",
                    "443"
                },
                more);
    }

    private String path(Ec2Client who, String... parameters) {
        return who.done("CreateNetworkInsightsPath", parameters).text(PATH + "/networkInsightsPathId");
    }

    private static Answer start(Ec2Client who, String path, String... more) {
        return who.done("StartNetworkInsightsAnalysis", with(new String[] {"NetworkInsightsPathId", path}, more));
    }

    private Answer analysed(String... more) {
        return start(client, path(client, toBob(more)));
    }

    private void route(Net from, String destination, NetPeering peering) {
        fixture.change(unit -> {
            unit.routeTables()
                    .save(fixture.mainTable(from)
                            .withRoute(new Route(Cidr.parse(destination), new RouteTarget.Peering(peering.id()))));
            return from;
        });
    }

    private void letIn(SecurityGroup group, String range) {
        fixture.change(unit -> {
            List<SecurityGroupRule> rules = new ArrayList<>(
                    unit.securityGroups().find(group.id()).orElseThrow().rules());
            rules.add(new SecurityGroupRule(
                    unit.newId(SecurityGroupRuleId.KIND),
                    Direction.INBOUND,
                    new Traffic.Ports(Traffic.TCP, 443, 444),
                    new Counterpart.Range(Cidr.parse(range)),
                    ""));
            unit.securityGroups().save(group.withRules(rules));
            return group;
        });
    }

    private NetPeering connected() {
        NetPeering peering = fixture.activePeering(annsNet, bobsNet);
        route(annsNet, "10.1.0.0/16", peering);
        route(bobsNet, "10.0.0.0/16", peering);
        letIn(bobsGroup, "10.0.0.0/16");
        return peering;
    }

    @Test
    void a_path_is_answered_and_described_with_every_field() {
        Answer answer = client.done(
                "CreateNetworkInsightsPath",
                toBob(
                        "SourceIp", "10.0.1.4",
                        "FilterAtSource.SourcePortRange.FromPort", "1024",
                        "FilterAtSource.SourcePortRange.ToPort", "65535",
                        "FilterAtDestination.DestinationAddress", "10.1.1.4",
                        "TagSpecification.1.ResourceType", "network-insights-path",
                        "TagSpecification.1.Tag.1.Key", "team",
                        "TagSpecification.1.Tag.1.Value", "net"));
        Answer described = client.done("DescribeNetworkInsightsPaths");

        String id = answer.text(PATH + "/networkInsightsPathId");
        String arn = "arn:aws:ec2:eu-west-2:%s:".formatted(ann);
        assertThat(id).matches("nip-[0-9a-f]{8}");
        String item = "/DescribeNetworkInsightsPathsResponse/networkInsightsPathSet/item";
        assertThat(described.text(item + "/networkInsightsPathId")).isEqualTo(id);
        assertThat(described.text(item + "/networkInsightsPathArn")).isEqualTo(arn + "network-insights-path/" + id);
        assertThat(described.text(item + "/createdDate")).matches("20..-..-..T..:..:..\\....Z");
        assertThat(described.text(item + "/source")).isEqualTo(annsVm.id().value());
        assertThat(described.text(item + "/sourceArn")).isEqualTo(arn + "instance/" + annsVm.id());
        assertThat(described.texts(item + "/destination")).isEmpty();
        assertThat(described.text(item + "/sourceIp")).isEqualTo("10.0.1.4");
        assertThat(described.text(item + "/destinationIp")).isEqualTo("10.1.1.4");
        assertThat(described.text(item + "/protocol")).isEqualTo("tcp");
        assertThat(described.text(item + "/destinationPort")).isEqualTo("443");
        assertThat(described.text(item + "/filterAtSource/sourcePortRange/fromPort"))
                .isEqualTo("1024");
        assertThat(described.text(item + "/filterAtDestination/destinationAddress"))
                .isEqualTo("10.1.1.4");
        assertThat(described.text(item + "/tagSet/item[key='team']/value")).isEqualTo("net");
        assertThat(answer.text(PATH + "/tagSet/item/key")).isEqualTo("team");
    }

    @Test
    void a_path_that_is_blocked_says_all_that_is_in_the_way() {
        fixture.activePeering(annsNet, bobsNet);

        Answer answer = analysed();

        assertThat(answer.text(ANALYSIS + "/networkInsightsAnalysisId")).matches("nia-[0-9a-f]{8}");
        assertThat(answer.text(ANALYSIS + "/status")).isEqualTo("succeeded");
        assertThat(answer.text(ANALYSIS + "/networkPathFound")).isEqualTo("false");
        assertThat(answer.texts(CODES)).containsExactly("NO_ROUTE_TO_DESTINATION", "OTHER_ACCOUNT_DOES_NOT_LET_IN");
        String first = ANALYSIS + "/explanationSet/item[1]";
        String table = fixture.mainTable(annsNet).id().value();
        assertThat(answer.text(first + "/routeTable/id")).isEqualTo(table);
        assertThat(answer.text(first + "/component/arn")).endsWith("%s:route-table/%s".formatted(ann, table));
        assertThat(answer.text(first + "/vpc/id")).isEqualTo(annsNet.id().value());
        assertThat(answer.text(first + "/direction")).isEqualTo("egress");
        assertThat(answer.text(first + "/address")).isEqualTo("10.1.1.4");
        assertThat(answer.text(first + "/missingComponent")).isEqualTo("route");
        assertThat(answer.text(ANALYSIS + "/warningMessage"))
                .startsWith("The route table %s has no route to 10.1.1.4. ".formatted(table))
                .contains("The side of account " + bob);
        assertThat(answer.texts(ANALYSIS + "/forwardPathComponentSet/item/component/id"))
                .as("what is passed before the route")
                .containsExactly(nicOf(annsVm).id().value(), annsGroup.id().value());
        assertThat(answer.texts(ANALYSIS + "/returnPathComponentSet/item")).isEmpty();
    }

    private Nic nicOf(Vm vm) {
        return fixture.read(snapshot -> snapshot.nics().ofVm(vm.id()).getFirst());
    }

    @Test
    void a_path_that_is_found_is_told_component_by_component() {
        NetPeering peering = connected();

        Answer answer = analysed();

        assertThat(answer.text(ANALYSIS + "/networkPathFound")).isEqualTo("true");
        assertThat(answer.texts(CODES)).isEmpty();
        assertThat(answer.texts(ANALYSIS + "/warningMessage")).isEmpty();
        String forward = ANALYSIS + "/forwardPathComponentSet/item";
        assertThat(answer.texts(forward + "/sequenceNumber")).containsExactly("1", "2", "3", "4", "5");
        assertThat(answer.texts(forward + "/component/id"))
                .containsExactly(
                        nicOf(annsVm).id().value(),
                        annsGroup.id().value(),
                        fixture.mainTable(annsNet).id().value(),
                        peering.id().value(),
                        bobsNet.id().value());
        assertThat(answer.text(forward + "[1]/attachedTo/id"))
                .isEqualTo(annsVm.id().value());
        assertThat(answer.text(forward + "[1]/subnet/id"))
                .isEqualTo(nicOf(annsVm).subnet().value());
        assertThat(answer.text(forward + "[1]/outboundHeader/destinationAddressSet/item"))
                .isEqualTo("10.1.1.4");
        assertThat(answer.text(forward + "[1]/outboundHeader/destinationPortRangeSet/item/from"))
                .isEqualTo("443");
        assertThat(answer.text(forward + "[1]/outboundHeader/protocol")).isEqualTo("6");
        assertThat(answer.text(forward + "[2]/securityGroupRule/direction")).isEqualTo("egress");
        assertThat(answer.text(forward + "[2]/securityGroupRule/cidr")).isEqualTo("0.0.0.0/0");
        assertThat(answer.text(forward + "[3]/routeTableRoute/destinationCidr")).isEqualTo("10.1.0.0/16");
        assertThat(answer.text(forward + "[3]/routeTableRoute/vpcPeeringConnectionId"))
                .isEqualTo(peering.id().value());
        assertThat(answer.text(forward + "[3]/routeTableRoute/state")).isEqualTo("active");
        assertThat(answer.text(forward + "[4]/sourceVpc/id"))
                .isEqualTo(annsNet.id().value());
        assertThat(answer.text(forward + "[4]/destinationVpc/arn")).endsWith("%s:vpc/%s".formatted(bob, bobsNet.id()));
        assertThat(answer.texts(ANALYSIS + "/returnPathComponentSet/item/component/id"))
                .containsExactly(bobsNet.id().value());
    }

    @Test
    @Rule("A4")
    void nothing_of_the_other_owners_is_told() {
        connected();
        String machine = nicOf(bobsVm).id().value();
        List<String> theirs = List.of(
                bobsVm.id().value(),
                machine,
                nicOf(bobsVm).subnet().value(),
                bobsGroup.id().value(),
                fixture.mainTable(bobsNet).id().value());

        for (Answer answer : List.of(analysed(), analysed("FilterAtSource.DestinationAddress", "10.1.1.4"))) {
            assertThat(answer.texts("//text()"))
                    .noneMatch(text -> theirs.stream().anyMatch(text::contains));
        }
        assertThat(client.call(
                                "CreateNetworkInsightsPath",
                                "Source",
                                annsVm.id().value(),
                                "Destination",
                                bobsVm.id().value(),
                                "Protocol",
                                "tcp",
                                "DestinationPort",
                                "443")
                        .code())
                .isEqualTo("InvalidInstanceID.NotFound");
    }

    @Test
    void an_owner_asks_who_comes_in_through_a_peering() {
        NetPeering peering = fixture.activePeering(annsNet, bobsNet);
        route(annsNet, "10.1.0.0/16", peering);
        String path = path(
                bobs,
                "Source",
                "arn:aws:ec2:eu-west-2:%s:vpc-peering-connection/%s".formatted(ann, peering.id()),
                "SourceIp",
                "10.0.1.4",
                "Destination",
                bobsVm.id().value(),
                "Protocol",
                "TCP",
                "FilterAtSource.DestinationPortRange.FromPort",
                "443",
                "FilterAtSource.DestinationPortRange.ToPort",
                "443");

        Answer answer = start(bobs, path);

        assertThat(answer.texts(CODES)).containsExactly("ENI_SG_RULES_MISMATCH", "NO_ROUTE_TO_DESTINATION");
        String rules = ANALYSIS + "/explanationSet/item[1]";
        assertThat(answer.text(rules + "/direction")).isEqualTo("ingress");
        assertThat(answer.text(rules + "/networkInterface/id"))
                .isEqualTo(nicOf(bobsVm).id().value());
        assertThat(answer.text(rules + "/subnet/id"))
                .isEqualTo(nicOf(bobsVm).subnet().value());
        assertThat(answer.text(rules + "/securityGroup/id"))
                .isEqualTo(bobsGroup.id().value());
        assertThat(answer.text(rules + "/securityGroupSet/item/id"))
                .isEqualTo(bobsGroup.id().value());
        assertThat(answer.text(rules + "/port")).isEqualTo("443");
        assertThat(answer.text(rules + "/protocolSet/item")).isEqualTo("tcp");
        letIn(bobsGroup, "10.0.1.0/24");
        route(bobsNet, "10.0.0.0/16", peering);
        Answer open = start(bobs, path);
        assertThat(open.text(ANALYSIS + "/networkPathFound")).isEqualTo("true");
        assertThat(open.texts(ANALYSIS + "/returnPathComponentSet/item/component/id"))
                .containsExactly(fixture.mainTable(bobsNet).id().value());
    }

    @Test
    void of_the_other_side_nothing_is_told_before_a_peering_is_active() {
        NetPeering peering = fixture.pendingPeering(annsNet, bobsNet);
        route(annsNet, "10.1.0.0/16", peering);

        Answer answer = analysed();

        assertThat(answer.texts(CODES)).containsExactly("BAD_STATE");
        String cause = ANALYSIS + "/explanationSet/item";
        assertThat(answer.text(cause + "/vpcPeeringConnection/id"))
                .isEqualTo(peering.id().value());
        assertThat(answer.text(cause + "/state")).isEqualTo("pending-acceptance");
        assertThat(answer.text(ANALYSIS + "/warningMessage")).contains("is not told before a peering is active");
        assertThat(answer.texts("//returnPathComponentSet/item")).isEmpty();
    }

    @Test
    void an_analysis_is_described_as_it_was_when_it_was_started() {
        fixture.activePeering(annsNet, bobsNet);
        String path = path(client, toBob());
        Answer before = start(
                client,
                path,
                "TagSpecification.1.ResourceType",
                "network-insights-analysis",
                "TagSpecification.1.Tag.1.Key",
                "try",
                "TagSpecification.1.Tag.1.Value",
                "one");
        String id = before.text(ANALYSIS + "/networkInsightsAnalysisId");
        fixture.change(unit -> {
            unit.vms().save(unit.vms().find(annsVm.id()).orElseThrow().withState(VmState.STOPPED, unit.now()));
            return annsVm;
        });
        start(client, path);

        String item = "/DescribeNetworkInsightsAnalysesResponse/networkInsightsAnalysisSet/item";
        Answer described = client.done("DescribeNetworkInsightsAnalyses", "NetworkInsightsAnalysisId.1", id);
        assertThat(described.texts(item + "//text()")).isEqualTo(before.texts(ANALYSIS + "//text()"));
        assertThat(described.text(item + "/networkInsightsAnalysisArn"))
                .isEqualTo("arn:aws:ec2:eu-west-2:%s:network-insights-analysis/%s".formatted(ann, id));
        assertThat(described.text(item + "/networkInsightsPathId")).isEqualTo(path);
        assertThat(client.done("DescribeNetworkInsightsAnalyses", "NetworkInsightsPathId", path)
                        .texts(item + "/explanationSet/item[1]/explanationCode"))
                .containsExactly("NO_ROUTE_TO_DESTINATION", "BAD_STATE");
        assertThat(client.done(
                                "DescribeTags",
                                "Filter.1.Name",
                                "resource-type",
                                "Filter.1.Value.1",
                                "network-insights-*")
                        .texts("//resourceId"))
                .containsExactly(id);
    }

    @Test
    void listings_are_filtered_and_paged() {
        String one = path(client, toBob());
        String two = path(client, toBob("SourceIp", "10.0.1.4"));
        String first = start(client, one).text(ANALYSIS + "/networkInsightsAnalysisId");
        String second = start(client, two).text(ANALYSIS + "/networkInsightsAnalysisId");

        Answer page = client.done("DescribeNetworkInsightsPaths", "MaxResults", "1");
        assertThat(page.texts("//networkInsightsPathId")).containsExactly(one);
        assertThat(client.done(
                                "DescribeNetworkInsightsPaths",
                                "MaxResults",
                                "100",
                                "NextToken",
                                page.text("//nextToken"))
                        .texts("//networkInsightsPathId"))
                .containsExactly(two);
        assertThat(client.call("DescribeNetworkInsightsPaths", "MaxResults", "101")
                        .code())
                .isEqualTo("InvalidParameterValue");
        assertThat(paths("source", annsVm.id().value())).containsExactly(one, two);
        assertThat(paths("protocol", "udp")).isEmpty();
        assertThat(paths("destination-port", "443")).hasSize(2);
        assertThat(paths("filter-at-source.source-port-range", "*")).isEmpty();
        assertThat(analyses("Filter.1.Name", "path-found", "Filter.1.Value.1", "false"))
                .containsExactly(first, second);
        assertThat(analyses("Filter.1.Name", "status", "Filter.1.Value.1", "running"))
                .isEmpty();
        assertThat(analyses("NetworkInsightsPathId", two)).containsExactly(second);
        assertThat(analyses("AnalysisStartTime", "2100-01-01T00:00:00Z")).isEmpty();
        assertThat(analyses("AnalysisEndTime", "2100-01-01T00:00:00Z")).hasSize(2);
    }

    private List<String> paths(String filter, String value) {
        return client.done("DescribeNetworkInsightsPaths", "Filter.1.Name", filter, "Filter.1.Value.1", value)
                .texts("//networkInsightsPathId");
    }

    private List<String> analyses(String... parameters) {
        return client.done("DescribeNetworkInsightsAnalyses", parameters).texts("//networkInsightsAnalysisId");
    }

    @Test
    void a_token_makes_nothing_twice() {
        String path = path(client, toBob("ClientToken", "one"));
        Answer analysis = start(client, path, "ClientToken", "one");

        assertThat(path(client, toBob("ClientToken", "one"))).isEqualTo(path);
        assertThat(start(client, path, "ClientToken", "one").text(ANALYSIS + "/networkInsightsAnalysisId"))
                .isEqualTo(analysis.text(ANALYSIS + "/networkInsightsAnalysisId"));
        assertThat(client.call("CreateNetworkInsightsPath", toBob("ClientToken", "one", "SourceIp", "10.0.1.4"))
                        .code())
                .isEqualTo("IdempotentParameterMismatch");
    }

    @Test
    void what_is_deleted_is_gone_and_a_path_goes_last() {
        String path = path(client, toBob());
        String analysis = start(client, path).text(ANALYSIS + "/networkInsightsAnalysisId");

        Answer refused = client.call("DeleteNetworkInsightsPath", "NetworkInsightsPathId", path);
        assertThat(refused.code()).isEqualTo("AnalysisExistsForNetworkInsightsPath");
        assertThat(refused.message()).contains(path, analysis);
        assertThat(client.done("DeleteNetworkInsightsAnalysis", "NetworkInsightsAnalysisId", analysis)
                        .text("/DeleteNetworkInsightsAnalysisResponse/networkInsightsAnalysisId"))
                .isEqualTo(analysis);
        assertThat(client.done("DeleteNetworkInsightsPath", "NetworkInsightsPathId", path)
                        .text("/DeleteNetworkInsightsPathResponse/networkInsightsPathId"))
                .isEqualTo(path);
        assertThat(client.call("DeleteNetworkInsightsPath", "NetworkInsightsPathId", path)
                        .code())
                .isEqualTo("InvalidNetworkInsightsPathId.NotFound");
        assertThat(client.call("DescribeNetworkInsightsAnalyses", "NetworkInsightsAnalysisId.1", analysis)
                        .code())
                .isEqualTo("InvalidNetworkInsightsAnalysisId.NotFound");
        assertThat(client.call("DescribeNetworkInsightsAnalyses", "NetworkInsightsPathId", path)
                        .code())
                .isEqualTo("InvalidNetworkInsightsPathId.NotFound");
        assertThat(client.call("StartNetworkInsightsAnalysis", "NetworkInsightsPathId", "nip-x")
                        .code())
                .isEqualTo("InvalidNetworkInsightsPathId.Malformed");
    }

    @ParameterizedTest
    @CsvSource({
        "Source, vpc-00000001, InvalidParameterValue, 'an instance, of a network interface'",
        "Source, igw-00000001, MissingParameter, SourceIp",
        "Source, arn:aws:ec2:us-east-2:123456789012:instance/i-00000001, InvalidParameterValue, eu-west-2",
        "Source, i-deadbeef, InvalidInstanceID.NotFound, i-deadbeef",
        "Destination, eni-deadbeef, InvalidNetworkInterfaceID.NotFound, eni-deadbeef",
        "SourceIp, 10.0.1.400, InvalidParameterValue, 10.0.1.400",
        "SourceIp, 10.0.1.5, InvalidParameterValue, an address of",
        "Protocol, icmp, InvalidParameterValue, tcp or udp",
        "DestinationPort, 65536, InvalidParameterValue, 65536",
        "FilterAtSource.DestinationPortRange.FromPort, 1, MissingParameter, ToPort",
        "ClientToken, '', InvalidParameterValue, ClientToken",
        "TagSpecification.1.ResourceType, instance, InvalidParameterValue, network-insights-path",
    })
    void what_is_no_path_is_refused_and_nothing_is_kept(String parameter, String value, String code, String told) {
        List<String> parameters = new ArrayList<>(List.of(toBob()));
        int there = parameters.indexOf(parameter);
        if (there >= 0) {
            parameters.set(there + 1, value);
        } else {
            parameters.addAll(List.of(parameter, value));
        }

        Answer answer = client.call("CreateNetworkInsightsPath", parameters.toArray(String[]::new));

        assertThat(answer.code()).as(answer.message()).isEqualTo(code);
        assertThat(answer.message()).contains(told);
        assertThat(client.done("DescribeNetworkInsightsPaths").texts("//networkInsightsPathId"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AdditionalAccount.1, 123456789012",
        "FilterInArn.1, arn:aws:ec2:eu-west-2:123456789012:vpc/vpc-1",
        "FilterOutArn.1, arn:aws:ec2:eu-west-2:123456789012:vpc/vpc-1",
    })
    void what_an_analysis_cannot_look_at_is_refused(String parameter, String value) {
        String path = path(client, toBob());

        Answer answer = client.call("StartNetworkInsightsAnalysis", "NetworkInsightsPathId", path, parameter, value);

        assertThat(answer.code()).isEqualTo("InvalidParameterValue");
        assertThat(answer.message()).contains(parameter.replace(".1", ""), value, "none is expected");
    }
}
