package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Ann's Net and Bob's, a machine in each, and what a test does about them. */
abstract class TwoNets {

    static final Traffic WEB = new Traffic.Ports(Traffic.TCP, 443, 443);

    final InMemoryStore store = new InMemoryStore();
    final Fixture fixture = new Fixture(store);
    final AccountId ann = fixture.account();
    final AccountId bob = fixture.account();
    final Net annsNet = fixture.net(ann, "10.0.0.0/16");
    final Subnet annsSubnet = fixture.subnet(annsNet, "10.0.1.0/24");
    final Net bobsNet = fixture.net(bob, "10.1.0.0/16");
    final Subnet bobsSubnet = fixture.subnet(bobsNet, "10.1.1.0/24");
    final SecurityGroupId annsGroup = fixture.defaultGroup(annsNet).id();
    final SecurityGroupId bobsGroup = fixture.defaultGroup(bobsNet).id();
    final Vm annsVm = fixture.vm(annsSubnet, "10.0.1.4", annsGroup);
    final Vm bobsVm = fixture.vm(bobsSubnet, "10.1.1.4", bobsGroup);

    Trace trace(Endpoint from, Endpoint to, Traffic packet) {
        return fixture.read(
                snapshot -> new ReachabilityAnalysis(RegionView.of(snapshot)).trace(new Question(from, to, packet)));
    }

    Trace web(Vm from, Vm to) {
        return trace(new Endpoint.InVm(from.id()), new Endpoint.InVm(to.id()), WEB);
    }

    /** From Ann's machine to Bob's. */
    Trace web() {
        return web(annsVm, bobsVm);
    }

    static Endpoint at(Net net, String address) {
        return new Endpoint.AtAddress(Optional.of(net.id()), Ipv4.parse(address));
    }

    static Endpoint at(String address) {
        return new Endpoint.AtAddress(Optional.<NetId>empty(), Ipv4.parse(address));
    }

    static List<BlockReason> blockReasons(Trace trace) {
        return trace.verdict().causes().stream().map(Cause::blockReason).toList();
    }

    static List<Remedy> remedies(Trace trace) {
        return trace.verdict().causes().stream()
                .flatMap(cause -> cause.remedies().stream())
                .toList();
    }

    static Remedy.Target into(NetPeering peering) {
        return new Remedy.Target.Peering(Optional.of(peering.id()));
    }

    void route(Net from, String destination, NetPeering peering) {
        change(
                fixture.mainTable(from),
                table -> table.withRoute(new Route(Cidr.parse(destination), new RouteTarget.Peering(peering.id()))));
    }

    /** A table that this Subnet of Ann's uses alone. */
    RouteTable ownTable(Subnet subnet) {
        return fixture.change(unit -> {
            RouteTableLink link = new RouteTableLink(unit.newId(RouteTableLinkId.KIND), Optional.of(subnet.id()));
            RouteTable table = RouteTable.born(unit.newId(RouteTableId.KIND), annsNet, unit.now())
                    .withLink(link);
            unit.routeTables().save(table);
            return table;
        });
    }

    RouteTable change(RouteTable table, UnaryOperator<RouteTable> how) {
        return fixture.change(unit -> {
            RouteTable changed = how.apply(unit.routeTables().find(table.id()).orElseThrow());
            unit.routeTables().save(changed);
            return changed;
        });
    }

    void letIn(SecurityGroupId group, Traffic traffic, String range) {
        allow(group, Direction.INBOUND, traffic, new Counterpart.Range(Cidr.parse(range)));
    }

    void allow(SecurityGroupId id, Direction direction, Traffic traffic, Counterpart counterpart) {
        fixture.change(unit -> {
            SecurityGroup group = unit.securityGroups().find(id).orElseThrow();
            List<SecurityGroupRule> rules = new ArrayList<>(group.rules());
            rules.add(new SecurityGroupRule(unit.newId(SecurityGroupRuleId.KIND), direction, traffic, counterpart, ""));
            unit.securityGroups().save(group.withRules(rules));
            return id;
        });
    }

    void rules(SecurityGroupId id, SecurityGroupRule... rules) {
        fixture.change(unit -> {
            unit.securityGroups()
                    .save(unit.securityGroups().find(id).orElseThrow().withRules(List.of(rules)));
            return id;
        });
    }

    void stop(Vm vm) {
        fixture.change(unit -> {
            unit.vms().save(unit.vms().find(vm.id()).orElseThrow().withState(VmState.STOPPED, unit.now()));
            return vm;
        });
    }

    void save(NetPeering peering) {
        fixture.change(unit -> {
            unit.peerings().save(peering);
            return peering;
        });
    }

    Nic nicOf(Vm vm) {
        return fixture.read(snapshot -> snapshot.nics().ofVm(vm.id()).getFirst());
    }

    /** An active peering with a route on each side, and Bob's machine open for the web. */
    NetPeering connected() {
        NetPeering peering = fixture.activePeering(annsNet, bobsNet);
        route(annsNet, "10.1.0.0/16", peering);
        route(bobsNet, "10.0.0.0/16", peering);
        letIn(bobsGroup, WEB, "10.0.1.0/24");
        return peering;
    }
}
