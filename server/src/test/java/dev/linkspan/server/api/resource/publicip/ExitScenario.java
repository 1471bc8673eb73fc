package dev.linkspan.server.api.resource.publicip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.operation.InternetServices;
import dev.linkspan.core.operation.NatServices;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.NicAddresses;
import dev.linkspan.core.operation.Nics;
import dev.linkspan.core.operation.PublicIps;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.Subnets;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.oapi.OapiClient;
import dev.linkspan.server.api.resource.internetservice.InternetGatewayActions;
import dev.linkspan.server.api.resource.internetservice.InternetServiceCalls;
import dev.linkspan.server.api.resource.natservice.NatGatewayActions;
import dev.linkspan.server.api.resource.natservice.NatServiceCalls;
import dev.linkspan.server.api.resource.net.NetCalls;
import dev.linkspan.server.api.resource.net.VpcActions;
import dev.linkspan.server.api.resource.routing.RouteTableActions;
import dev.linkspan.server.api.resource.routing.RouteTableCalls;
import dev.linkspan.server.api.resource.subnet.SubnetActions;
import dev.linkspan.server.api.resource.subnet.SubnetCalls;
import dev.linkspan.server.api.resource.tag.TagActions;
import dev.linkspan.server.api.resource.tag.TagCalls;
import dev.linkspan.server.api.resource.vm.InstanceActions;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceActions;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceAttributeActions;
import dev.linkspan.server.api.resource.vm.NicCalls;
import dev.linkspan.server.api.resource.vm.VmCalls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A Net with a Subnet in a Region that has public addresses, and clients of both APIs: of its owner and of somebody else. */
public abstract class ExitScenario {

    private static final PublicIpPools POOLS =
            new PublicIpPools(Map.of(Fixture.REGION, new PublicIpPool(Cidr.parse("203.0.113.0/28"))));

    private final InMemoryStore store = new InMemoryStore();
    protected final Fixture fixture = new Fixture(store);
    protected final AccountId owner = fixture.account();
    protected final Net net = fixture.net(owner, "10.0.0.0/16");
    protected final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
    private final AccountId other = fixture.account();
    protected final OapiClient outscale = new OapiClient(store, owner, calls());
    protected final OapiClient outscaleStranger = new OapiClient(store, other, calls());
    protected final Ec2Client ec2 = new Ec2Client(store, owner, actions());
    protected final Ec2Client ec2Stranger = new Ec2Client(store, other, actions());

    private static List<Operation> calls() {
        return Stream.of(
                        new InternetServiceCalls(new InternetServices()).operations(),
                        new PublicIpCalls(new PublicIps(POOLS)).operations(),
                        new NatServiceCalls(new NatServices()).operations(),
                        new NetCalls(new Nets()).operations(),
                        new SubnetCalls(new Subnets(new Subregions(List.of()))).operations(),
                        new RouteTableCalls(new RouteTables()).operations(),
                        new VmCalls(new Vms(POOLS)).operations(),
                        new NicCalls(new Nics(), new NicAddresses()).operations(),
                        new TagCalls(new Tags()).operations())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Operation> actions() {
        Tags tags = new Tags();
        return Stream.of(
                        new InternetGatewayActions(new InternetServices(), tags).operations(),
                        new AddressActions(new PublicIps(POOLS), tags).operations(),
                        new NatGatewayActions(new NatServices(), tags).operations(),
                        new VpcActions(new Nets(), new DefaultNets(new Subregions(List.of())), tags).operations(),
                        new SubnetActions(
                                        new Subnets(new Subregions(List.of())),
                                        new DefaultNets(new Subregions(List.of())),
                                        tags)
                                .operations(),
                        new RouteTableActions(new RouteTables(), tags).operations(),
                        new InstanceActions(new Vms(POOLS), tags).operations(),
                        new NetworkInterfaceActions(new Nics(), new NicAddresses(), tags).operations(),
                        new NetworkInterfaceAttributeActions(new Nics()).operations(),
                        new TagActions(tags).operations())
                .flatMap(List::stream)
                .toList();
    }

    /** The message of a refusal, after which everything is as it was. */
    protected String unchanged(Supplier<String> refused) {
        long before = fixture.read(snapshot -> snapshot.events().lastSequence());
        String message = refused.get();
        assertThat(fixture.read(snapshot -> snapshot.events().lastSequence()).longValue())
                .isEqualTo(before);
        return message;
    }

    protected String refused(String code, String action, String... parameters) {
        return unchanged(() -> ec2.refused(code, action, parameters));
    }

    protected String refusedOutscale(String code, String call, String arguments) {
        return unchanged(() -> outscale.refused(400, code, call, arguments));
    }

    /** A gateway that is attached to the VPC. */
    protected String openVpc() {
        String gateway = ec2.done("CreateInternetGateway").text("//internetGateway/internetGatewayId");
        ec2.done(
                "AttachInternetGateway",
                "InternetGatewayId",
                gateway,
                "VpcId",
                net.id().value());
        return gateway;
    }

    protected String networkInterface() {
        return ec2.done("CreateNetworkInterface", "SubnetId", subnet.id().value())
                .text("//networkInterface/networkInterfaceId");
    }

    /** An instance that is launched with these further parameters, or others than the subnet. */
    protected String instance(String... parameters) {
        String[] usual = {"ImageId", "ami-00000001", "MinCount", "1", "MaxCount", "1"};
        String[] place = {"SubnetId", subnet.id().value()};
        return ec2.done(
                        "RunInstances",
                        Stream.of(usual, parameters.length == 0 ? place : parameters)
                                .flatMap(Stream::of)
                                .toArray(String[]::new))
                .text("//instancesSet/item/instanceId");
    }

    protected String interfaceOf(String instance) {
        return ec2.done(
                        "DescribeNetworkInterfaces",
                        "Filter.1.Name",
                        "attachment.instance-id",
                        "Filter.1.Value.1",
                        instance)
                .text("//networkInterfaceSet/item/networkInterfaceId");
    }

    /** What is shown for an hour is shown no more. */
    protected void hourLater() {
        store.advance(Duration.ofHours(1));
    }

    protected void limit(Quota quota, int limit) {
        fixture.change(unit -> {
            Account found = unit.accounts().find(owner).orElseThrow();
            unit.accounts().save(new Account(owner, found.email(), Map.of(quota, limit), found.createdAt()));
            return owner;
        });
    }
}
