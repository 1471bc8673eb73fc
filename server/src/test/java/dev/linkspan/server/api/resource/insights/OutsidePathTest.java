package dev.linkspan.server.api.resource.insights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.NewNatService;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.internet.PublicIpTarget;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.operation.InsightsAnalyses;
import dev.linkspan.core.operation.InsightsPaths;
import dev.linkspan.core.operation.InternetServices;
import dev.linkspan.core.operation.NatServices;
import dev.linkspan.core.operation.PublicIps;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RequestedCounterpart;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Paths with an internet gateway at one of their ends. */
class OutsidePathTest {

    private static final String ANALYSIS = "/StartNetworkInsightsAnalysisResponse/networkInsightsAnalysis";
    private static final String CODES = ANALYSIS + "/explanationSet/item/explanationCode";
    private static final String FORWARD = ANALYSIS + "/forwardPathComponentSet/item";
    private static final PublicIpPools POOLS =
            new PublicIpPools(Map.of(Fixture.REGION, new PublicIpPool(Cidr.parse("198.51.100.0/24"))));

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId ann = fixture.account();
    private final Net net = fixture.net(ann, "10.0.0.0/16");
    private final SecurityGroup group = fixture.defaultGroup(net);
    private final Vm vm = fixture.vm(fixture.subnet(net, "10.0.1.0/24"), "10.0.1.4", group.id());
    private final Nic nic =
            fixture.read(snapshot -> snapshot.nics().ofVm(vm.id()).getFirst());
    private final InternetServiceId gateway = gateway(ann, net);
    private final Ec2Client client = new Ec2Client(
            store,
            ann,
            Stream.of(
                            new NetworkInsightsPathActions(new InsightsPaths(POOLS), new Tags()).operations(),
                            new NetworkInsightsAnalysisActions(
                                            new InsightsAnalyses(FlowTables.UNKNOWN, POOLS), new Tags())
                                    .operations())
                    .flatMap(List::stream)
                    .toList());

    private InternetServiceId gateway(AccountId owner, Net linked) {
        return fixture.change(unit -> {
            InternetServices services = new InternetServices();
            InternetServiceId id = services.create(unit, owner).id();
            services.link(unit, owner, id, linked.id());
            new RouteTables()
                    .createRoute(
                            unit,
                            owner,
                            fixture.mainTable(linked).id(),
                            Cidr.ALL,
                            new RequestedTarget.InternetService(id));
            return id;
        });
    }

    private void givePublicAddress() {
        fixture.change(unit -> {
            PublicIps ips = new PublicIps(POOLS);
            PublicIpId id = ips.allocate(unit, ann).id();
            return ips.link(unit, ann, id, new PublicIpTarget.OfVm(vm.id(), Optional.empty()), false);
        });
    }

    private void letIn() {
        Traffic web = new Traffic.Ports(Traffic.TCP, 443, 443);
        fixture.change(unit -> new SecurityGroups()
                .addRules(
                        unit,
                        ann,
                        group.id(),
                        List.of(new RequestedRule(
                                Direction.INBOUND, web, new RequestedCounterpart.Range(Cidr.ALL), ""))));
    }

    private Answer analysed(String... ends) {
        String[] path = Stream.concat(Stream.of("Protocol", "tcp", "DestinationPort", "443"), Stream.of(ends))
                .toArray(String[]::new);
        String id = client.done("CreateNetworkInsightsPath", path)
                .text("/CreateNetworkInsightsPathResponse/networkInsightsPath/networkInsightsPathId");
        return client.done("StartNetworkInsightsAnalysis", "NetworkInsightsPathId", id);
    }

    private Answer out() {
        return analysed("Source", vm.id().value(), "Destination", gateway.value(), "DestinationIp", "192.0.2.7");
    }

    private Answer in() {
        return analysed(
                "Source",
                gateway.value(),
                "SourceIp",
                "192.0.2.7",
                "Destination",
                vm.id().value());
    }

    @Test
    @Rule("X3")
    void a_packet_leaves_by_the_gateway_with_its_public_address() {
        assertThat(out().texts(CODES)).containsExactly("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS");
        givePublicAddress();

        Answer answer = out();

        assertThat(answer.text(ANALYSIS + "/networkPathFound")).isEqualTo("true");
        assertThat(answer.texts(FORWARD + "/component/id"))
                .containsExactly(
                        nic.id().value(),
                        group.id().value(),
                        fixture.mainTable(net).id().value(),
                        gateway.value());
        assertThat(answer.texts(FORWARD + "[4]/outboundHeader/sourceAddressSet/item"))
                .containsExactly("198.51.100.2");
    }

    @Test
    @Rule("X4")
    void a_packet_leaves_by_a_nat_gateway_with_its_address() {
        Subnet subnet = fixture.subnet(net, "10.0.9.0/24");
        NatService nat = fixture.change(unit -> {
            RouteTables tables = new RouteTables();
            RouteTableId table = tables.create(unit, ann, net.id()).id();
            tables.link(unit, ann, table, subnet.id());
            tables.createRoute(unit, ann, table, Cidr.ALL, new RequestedTarget.InternetService(gateway));
            PublicIpId ip = new PublicIps(POOLS).allocate(unit, ann).id();
            NatService made = new NatServices()
                    .create(
                            unit,
                            ann,
                            new NewNatService(subnet.id(), Optional.of(ip), Optional.empty(), Optional.empty()));
            RouteTableId main = fixture.mainTable(net).id();
            tables.updateRoute(unit, ann, main, Cidr.ALL, new RequestedTarget.NatService(made.id()));
            return made;
        });

        Answer answer = out();

        assertThat(answer.text(ANALYSIS + "/networkPathFound")).isEqualTo("true");
        assertThat(answer.texts(FORWARD + "/component/id"))
                .containsSubsequence(
                        fixture.mainTable(net).id().value(), nat.id().value(), gateway.value());
        assertThat(answer.texts(FORWARD + "[4]/inboundHeader/sourceAddressSet/item"))
                .containsExactly("10.0.1.4");
        assertThat(answer.texts(FORWARD + "[4]/outboundHeader/sourceAddressSet/item"))
                .containsExactly(
                        fixture.read(snapshot -> snapshot.nics().find(nat.nic()).orElseThrow())
                                .primaryAddress()
                                .toString());
        assertThat(answer.texts(FORWARD + "[3]/routeTableRoute/natGatewayId"))
                .containsExactly(nat.id().value());
    }

    @Test
    @Rule("X3")
    void a_packet_comes_in_by_the_gateway_to_the_private_address() {
        assertThat(in().texts(CODES))
                .containsExactly("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "ENI_SG_RULES_MISMATCH");
        givePublicAddress();
        letIn();

        Answer answer = in();

        assertThat(answer.text(ANALYSIS + "/networkPathFound")).isEqualTo("true");
        assertThat(answer.texts(FORWARD + "/component/id"))
                .containsExactly(gateway.value(), nic.id().value(), group.id().value());
        assertThat(answer.texts(FORWARD + "[2]/inboundHeader/destinationAddressSet/item"))
                .containsExactly("10.0.1.4");
        assertThat(answer.texts(ANALYSIS + "/returnPathComponentSet/item/component/id"))
                .containsExactly(fixture.mainTable(net).id().value(), gateway.value());
    }

    @Test
    void the_public_address_of_a_machine_names_its_private_one() {
        givePublicAddress();
        letIn();

        Answer answer = analysed(
                "Source",
                gateway.value(),
                "SourceIp",
                "192.0.2.7",
                "Destination",
                vm.id().value(),
                "DestinationIp",
                "198.51.100.2");

        assertThat(answer.text(ANALYSIS + "/networkPathFound")).isEqualTo("true");
    }

    @Test
    void a_gateway_is_ones_own_and_leads_to_its_own_vpc_with_an_address_outside() {
        AccountId bob = fixture.account();
        InternetServiceId bobs = gateway(bob, fixture.net(bob, "10.1.0.0/16"));
        InternetServiceId elsewhere = gateway(ann, fixture.net(ann, "10.2.0.0/16"));

        assertThat(refusal(bobs, "192.0.2.7").message()).contains(bobs.value());
        assertThat(refusal(elsewhere, "192.0.2.7").message()).contains("the other end is elsewhere");
        assertThat(refusal(gateway, "10.7.0.4").message()).contains("outside all VPCs");
    }

    private Answer refusal(InternetServiceId source, String address) {
        return client.call(
                "CreateNetworkInsightsPath",
                "Source",
                source.value(),
                "SourceIp",
                address,
                "Destination",
                vm.id().value(),
                "Protocol",
                "tcp",
                "DestinationPort",
                "443");
    }
}
