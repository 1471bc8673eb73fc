package dev.linkspan.bench;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ReservationId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmOptions;
import dev.linkspan.core.net.VmSettings;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.UnitOfWork;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Region in a store: Nets of at most a hundred machines, each peered with the next one, with routes both ways and groups
 * that let tcp/443 in. A machine reaches those of its own Net and of the two beside it.
 */
final class TracedRegion {

    private static final RegionName REGION = new RegionName("eu-west-2");
    private static final SubregionName SUBREGION = new SubregionName("eu-west-2a");
    private static final Origin ORIGIN = new Origin("123456789012", "bench");
    private static final AccountId OWNER = new AccountId("123456789012");
    private static final int MOST_PER_NET = 100;
    private static final int FIRST_HOST = 4;

    private final List<Net> nets = new ArrayList<>();
    private final List<VmId> machines = new ArrayList<>();
    private final Map<NetId, RouteTable> tables = new HashMap<>();

    static TracedRegion in(Store store, int machines) {
        return store.change(REGION, ORIGIN, unit -> {
            TracedRegion region = new TracedRegion();
            region.fill(unit, machines);
            return region;
        });
    }

    /** How many machines each Net has, where there are so many in all. */
    static int perNet(int machines) {
        return Math.min(MOST_PER_NET, machines / 2);
    }

    List<VmId> machines() {
        return machines;
    }

    private void fill(UnitOfWork unit, int count) {
        unit.accounts().save(new Account(OWNER, Optional.empty(), Map.of(), unit.now()));
        int perNet = perNet(count);
        for (int i = 0; i < count / perNet; i++) {
            net(unit, i, perNet);
        }
        for (int i = 1; i < nets.size(); i++) {
            peer(unit, nets.get(i - 1), nets.get(i));
        }
        tables.values().forEach(unit.routeTables()::save);
    }

    private void net(UnitOfWork unit, int number, int machinesPerNet) {
        Cidr range = new Cidr(Ipv4.parse("10.0.0.0").plus(number << 16), 16);
        Net net = new Net(
                unit.newId(NetId.KIND),
                OWNER,
                REGION,
                range,
                Net.DEFAULT_TENANCY,
                DhcpOptionsSet.DEFAULT,
                Net.DEFAULT_ATTRIBUTES,
                unit.now());
        unit.nets().save(net);
        nets.add(net);
        RouteTableLink main = new RouteTableLink(unit.newId(RouteTableLinkId.KIND), Optional.empty());
        tables.put(
                net.id(),
                RouteTable.born(unit.newId(RouteTableId.KIND), net, unit.now()).withLink(main));
        Subnet subnet = new Subnet(
                unit.newId(SubnetId.KIND),
                net.id(),
                OWNER,
                SUBREGION,
                new Cidr(range.network(), 24),
                false,
                unit.now());
        unit.subnets().save(subnet);
        SecurityGroup group = group(unit, net);
        unit.securityGroups().save(group);
        for (int i = 0; i < machinesPerNet; i++) {
            machine(unit, subnet, subnet.range().network().plus(FIRST_HOST + i), group.id());
        }
    }

    private static SecurityGroup group(UnitOfWork unit, Net net) {
        SecurityGroup born = SecurityGroup.bornWith(
                net,
                unit.newId(SecurityGroupId.KIND),
                unit.newId(SecurityGroupRuleId.KIND),
                unit.newId(SecurityGroupRuleId.KIND),
                unit.now());
        List<SecurityGroupRule> rules = new ArrayList<>(born.rules());
        rules.add(new SecurityGroupRule(
                unit.newId(SecurityGroupRuleId.KIND),
                Direction.INBOUND,
                new Traffic.Ports(Traffic.TCP, 443, 443),
                new Counterpart.Range(Cidr.parse("10.0.0.0/8")),
                ""));
        return born.withRules(rules);
    }

    private void machine(UnitOfWork unit, Subnet subnet, Ipv4 address, SecurityGroupId group) {
        Vm vm = new Vm(
                unit.newId(VmId.KIND),
                OWNER,
                subnet.net(),
                subnet.id(),
                SUBREGION,
                unit.newId(ReservationId.KIND),
                0,
                Optional.empty(),
                new ImageId("ami-00000001"),
                Images.LINUX.system(),
                VmState.RUNNING,
                unit.now(),
                VmSettings.STANDARD,
                VmOptions.STANDARD,
                false,
                unit.now());
        unit.vms().save(vm);
        unit.nics()
                .save(new Nic(
                        unit.newId(NicId.KIND),
                        OWNER,
                        subnet.net(),
                        subnet.id(),
                        new MacAddress(0x0600_0000_0000L | address.unsigned()),
                        "",
                        List.of(address),
                        List.of(group),
                        true,
                        Optional.of(new NicLink(unit.newId(NicLinkId.KIND), vm.id(), 0, true)),
                        Optional.empty(),
                        unit.now()));
        machines.add(vm.id());
    }

    private void peer(UnitOfWork unit, Net one, Net other) {
        NetPeering peering = NetPeering.requested(
                        unit.newId(NetPeeringId.KIND), PeeringSide.of(one), PeeringSide.of(other), unit.now())
                .accept(OWNER, unit.now());
        unit.peerings().save(peering);
        tables.computeIfPresent(one.id(), (_, table) -> table.withRoute(to(other, peering)));
        tables.computeIfPresent(other.id(), (_, table) -> table.withRoute(to(one, peering)));
    }

    private static Route to(Net net, NetPeering peering) {
        return new Route(net.range(), new RouteTarget.Peering(peering.id()));
    }
}
