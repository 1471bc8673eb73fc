package dev.linkspan.bench;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.GroupRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Exit;
import dev.linkspan.core.plan.NetPlan.GroupRules;
import dev.linkspan.core.plan.NetPlan.NatService;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.plan.NetPlan.Table;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A Net with one VM that admits everybody; the number is all that tells it from the other. */
record PlannedNet(int number) {

    /** Of a range for benchmarks (RFC 2544). */
    private static final Ipv4 FIRST_PUBLIC = Ipv4.parse("198.18.0.10");

    NetId net() {
        return new NetId(id("vpc-"));
    }

    private Cidr range() {
        return Cidr.parse("10.%d.0.0/16".formatted(number));
    }

    VmId vm() {
        return new VmId(id("i-"));
    }

    Ipv4 address() {
        return Ipv4.parse("10.%d.1.10".formatted(number));
    }

    /** The peering between the two, whichever way round. */
    private NetPeeringId peering(PlannedNet other) {
        return new NetPeeringId("pcx-%04x%04x"
                .formatted(IdKind.FIRST + Math.max(number, other.number), Math.min(number, other.number)));
    }

    Map<Cidr, NextHop> wayTo(PlannedNet other) {
        return Map.of(other.range(), new NextHop.Peering(peering(other)));
    }

    NetPlan alone() {
        return plan(Map.of(), Map.of());
    }

    /**
     * With a way outside, where its VM has the first of so many public addresses; the others stand for what is in no VM.
     *
     * @param count at least one
     */
    NetPlan withExit(int count) {
        Map<Ipv4, Ipv4> publicAddresses = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            publicAddresses.put(address().plus(i), FIRST_PUBLIC.plus(i));
        }
        return plan(Map.of(), Map.of(Cidr.ALL, new NextHop.Exit()), Optional.of(new Exit(publicAddresses)));
    }

    /** With a way outside through a NAT service, which stands in a Subnet of its own and has the only public address. */
    NetPlan withNat() {
        NatServiceId nat = new NatServiceId(id("nat-"));
        RouteTableId table = new RouteTableId("rtb-%08x".formatted(2 * IdKind.FIRST + number));
        Ipv4 inside = Ipv4.parse("10.%d.2.4".formatted(number));
        NetPlan plan = plan(
                Map.of(), Map.of(Cidr.ALL, new NextHop.Nat(nat)), Optional.of(new Exit(Map.of(inside, FIRST_PUBLIC))));
        SubnetId subnet = new SubnetId("subnet-%08x".formatted(2 * IdKind.FIRST + number));
        Map<RouteTableId, Table> tables = new LinkedHashMap<>(plan.tables());
        tables.put(table, new Table(table, Map.of(Cidr.ALL, new NextHop.Exit())));
        return plan.withTables(tables).withNatServices(Map.of(nat, new NatService(nat, inside, subnet, table, true)));
    }

    NetPlan peered(PlannedNet other, Map<Cidr, NextHop> routes) {
        return peered(List.of(other), routes);
    }

    NetPlan peered(List<PlannedNet> others, Map<Cidr, NextHop> routes) {
        return plan(
                others.stream()
                        .collect(Collectors.toMap(
                                this::peering, other -> new PeeringLink(peering(other), other.net(), other.range()))),
                routes);
    }

    private NetPlan plan(Map<NetPeeringId, PeeringLink> peerings, Map<Cidr, NextHop> routes) {
        return plan(peerings, routes, Optional.empty());
    }

    private NetPlan plan(Map<NetPeeringId, PeeringLink> peerings, Map<Cidr, NextHop> routes, Optional<Exit> exit) {
        Cidr subnet = Cidr.parse("10.%d.1.0/24".formatted(number));
        RouteTableId table = new RouteTableId(id("rtb-"));
        SecurityGroupId group = new SecurityGroupId(id("sg-"));
        List<GroupRule> everything =
                List.of(new GroupRule(new Traffic.All(), CidrSet.of(List.of(Cidr.ALL)), List.of()));
        SubnetId subnetId = new SubnetId(id("subnet-"));
        Port port = new Port(
                new NicId(id("eni-")),
                vm(),
                0,
                new MacAddress(0x060000000000L + number),
                List.of(address()),
                subnetId,
                subnet,
                table,
                List.of(group),
                true,
                true);
        return new NetPlan(
                net(),
                range(),
                Map.of(subnetId, subnet),
                Map.of(port.nic(), port),
                Map.of(),
                peerings,
                Map.of(),
                Map.of(table, new Table(table, routes)),
                Map.of(group, new GroupRules(group, everything, everything)),
                Map.of(),
                Map.of(),
                exit);
    }

    private String id(String prefix) {
        return "%s%08x".formatted(prefix, IdKind.FIRST + number);
    }
}
