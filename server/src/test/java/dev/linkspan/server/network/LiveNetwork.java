package dev.linkspan.server.network;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.NewNatService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.internet.PublicIpTarget;
import dev.linkspan.core.net.AddressChoice;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicChange;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.operation.InternetServices;
import dev.linkspan.core.operation.NatServices;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.operation.NicAddresses;
import dev.linkspan.core.operation.Nics;
import dev.linkspan.core.operation.PublicIps;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.VmOrder;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RequestedCounterpart;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.RuleChange;
import dev.linkspan.core.securitygroup.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A Region with everything behind the API: operations, store, reconciler and a driver that moves real packets. */
final class LiveNetwork implements AutoCloseable {

    final RouteTables routeTables = new RouteTables();
    final NetworkAcls networkAcls = new NetworkAcls();
    final SecurityGroups securityGroups = new SecurityGroups();
    final NetPeerings netPeerings = new NetPeerings(PeeringRules.STANDARD);
    final Vms vms = new Vms(PublicIpPools.NONE);
    final Nics nics = new Nics();
    final NicAddresses nicAddresses = new NicAddresses();
    private final InternetServices internetServices = new InternetServices();
    private final NatServices natServices = new NatServices();
    private final PublicIps publicIps = new PublicIps(PublicIpPools.NONE);

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private Driver driver;
    private LiveReconciler reconciler;

    LiveNetwork(Driver driver) {
        this.driver = driver;
        this.reconciler = LiveReconciler.start(store, driver);
    }

    /** Goes on with another driver on what the last one left, like a server that is killed and started again. */
    void restartWith(Driver next, Duration verifyEvery) {
        reconciler.close();
        driver = next;
        reconciler = LiveReconciler.start(store, next, verifyEvery);
        settle();
    }

    /** From now on the network stays as it is, like that of a server that was killed. */
    void stopDriving() {
        reconciler.close();
    }

    @Override
    public void close() {
        reconciler.close();
        store.close();
    }

    /** Waits until the network is as the truth says. */
    void settle() {
        reconciler.settle();
    }

    ProbeAnswer probe(Machine from, ProbePacket packet) {
        return probe(from.id(), packet);
    }

    ProbeAnswer probe(VmId from, ProbePacket packet) {
        return driver.probe(from, packet);
    }

    AccountId account() {
        return fixture.account();
    }

    Net net(AccountId owner, String range) {
        return fixture.net(owner, range);
    }

    Subnet subnet(Net net, String range) {
        return fixture.subnet(net, range);
    }

    Subnet subnet(Net net, String range, SubregionName subregion) {
        Subnet made = fixture.subnet(net, range);
        return change(made.owner(), unit -> {
            Subnet moved =
                    new Subnet(made.id(), made.net(), made.owner(), subregion, made.range(), false, made.createdAt());
            unit.subnets().save(moved);
            return moved;
        });
    }

    /** A running VM in the default group of its Net. */
    Machine vm(Subnet subnet, SecurityGroupId... groups) {
        NewNic nic = new NewNic(subnet.id(), AddressChoice.ANY, List.of(groups), List.of(), "");
        VmOrder order = new VmOrder(
                Images.LINUX.id(),
                1,
                1,
                Optional.empty(),
                true,
                List.of(new VmNic.New(nic, 0, true)),
                Optional.empty(),
                Optional.empty(),
                VmSettingsChange.NONE,
                Optional.empty());
        return change(subnet.owner(), unit -> {
            VmId vm = vms.create(unit, subnet.owner(), order).getFirst().id();
            return new Machine(vm, unit.nics().ofVm(vm).getFirst());
        });
    }

    /** A NIC more in a VM. */
    Nic secondNic(Machine of, Subnet subnet) {
        NewNic wanted = new NewNic(subnet.id(), AddressChoice.ANY, List.of(), List.of(), "");
        return change(subnet.owner(), unit -> {
            Nic made = nics.create(unit, subnet.owner(), wanted);
            return nics.link(unit, subnet.owner(), made.id(), of.id(), 1);
        });
    }

    /** A VM with its primary NIC. */
    record Machine(VmId id, Nic nic) {

        String name() {
            return id.value();
        }

        Ipv4 address() {
            return nic.primaryAddress();
        }
    }

    NetPeeringId request(Net source, Net accepter) {
        return change(
                        source.owner(),
                        unit -> netPeerings.create(
                                unit, source.owner(), source.id(), accepter.id(), Optional.of(accepter.owner())))
                .id();
    }

    NetPeeringId peer(Net source, Net accepter) {
        NetPeeringId id = request(source, accepter);
        accept(accepter, id);
        return id;
    }

    NetPeering accept(Net accepter, NetPeeringId id) {
        return change(accepter.owner(), unit -> netPeerings.accept(unit, accepter.owner(), id));
    }

    NetPeering delete(Net by, NetPeeringId id) {
        return change(by.owner(), unit -> netPeerings.delete(unit, by.owner(), id));
    }

    /** A route in the Net's main table. */
    void route(Net net, String destination, NetPeeringId peering) {
        route(net, mainTable(net), destination, peering);
    }

    void route(Net net, RouteTableId table, String destination, NetPeeringId peering) {
        route(net, table, destination, new RequestedTarget.Peering(peering));
    }

    private void route(Net net, RouteTableId table, String destination, RequestedTarget target) {
        change(net.owner(), unit -> routeTables.createRoute(unit, net.owner(), table, Cidr.parse(destination), target));
    }

    void unroute(Net net, String destination) {
        unroute(net, mainTable(net), destination);
    }

    void unroute(Net net, RouteTableId table, String destination) {
        change(net.owner(), unit -> routeTables.deleteRoute(unit, net.owner(), table, Cidr.parse(destination)));
    }

    /** Both Nets peered, with a route to all of the other on each side. */
    NetPeeringId connect(Net one, Net other) {
        NetPeeringId peering = peer(one, other);
        route(one, other.range().toString(), peering);
        route(other, one.range().toString(), peering);
        return peering;
    }

    /** Links an internet service of its own to the Net. */
    InternetServiceId internetService(Net net) {
        return change(net.owner(), unit -> {
            InternetServiceId id = internetServices.create(unit, net.owner()).id();
            return internetServices.link(unit, net.owner(), id, net.id()).id();
        });
    }

    void unlinkInternetService(Net net, InternetServiceId id) {
        change(net.owner(), unit -> internetServices.unlink(unit, net.owner(), id, net.id()));
    }

    /** From now on this public address stands for the machine's, whatever it stood for. */
    void linkPublicIp(Machine machine, Ipv4 address) {
        Nic nic = machine.nic();
        PublicIpTarget target = new PublicIpTarget.OfNic(nic.id(), Optional.empty());
        change(nic.owner(), unit -> {
            PublicIpId id = Fixture.publicIp(unit, nic.owner(), address).id();
            return publicIps.link(unit, nic.owner(), id, target, true);
        });
    }

    void unlinkPublicIp(Net net, Ipv4 address) {
        change(net.owner(), unit -> publicIps.unlink(unit, net.owner(), address));
    }

    /** A route to the outside in the Net's main table. */
    void routeOutside(Net net, String destination, InternetServiceId service) {
        route(net, mainTable(net), destination, new RequestedTarget.InternetService(service));
    }

    /** A NAT service for which this public address stands. */
    NatService natService(Subnet subnet, Ipv4 address) {
        return change(subnet.owner(), unit -> {
            PublicIpId id = unit.publicIps()
                    .findByAddress(address)
                    .map(PublicIp::id)
                    .orElseGet(() ->
                            Fixture.publicIp(unit, subnet.owner(), address).id());
            return natServices.create(
                    unit,
                    subnet.owner(),
                    new NewNatService(subnet.id(), Optional.of(id), Optional.empty(), Optional.empty()));
        });
    }

    NatService privateNatService(Subnet subnet) {
        NewNatService wanted = new NewNatService(subnet.id(), Optional.empty(), Optional.empty(), Optional.empty());
        return change(subnet.owner(), unit -> natServices.create(unit, subnet.owner(), wanted));
    }

    void deleteNatService(NatService service) {
        change(service.owner(), unit -> natServices.delete(unit, service.owner(), service.id()));
    }

    /** The one with which it sends on. */
    Ipv4 addressOf(NatService service) {
        return read(
                snapshot -> snapshot.nics().find(service.nic()).orElseThrow().primaryAddress());
    }

    /** Whether the machine's NIC is held to its own addresses. */
    void check(Machine machine, boolean checked) {
        check(machine.nic(), checked);
    }

    void check(Nic nic, boolean checked) {
        NicChange change = new NicChange(Optional.empty(), Optional.empty(), Optional.of(checked), Optional.empty());
        change(nic.owner(), unit -> nics.update(unit, nic.owner(), nic.id(), change));
    }

    void stop(Machine machine) {
        change(machine.nic().owner(), unit -> vms.stop(unit, machine.nic().owner(), List.of(machine.id())));
    }

    /** Has the table lead there, whether it has such a route or not. */
    void lead(Net net, RouteTableId table, String destination, RequestedTarget target) {
        Cidr range = Cidr.parse(destination);
        change(
                net.owner(),
                unit -> unit.routeTables()
                                .find(table)
                                .flatMap(it -> it.route(range))
                                .isPresent()
                        ? routeTables.updateRoute(unit, net.owner(), table, range, target)
                        : routeTables.createRoute(unit, net.owner(), table, range, target));
    }

    /** A table of its own for the Subnet. */
    RouteTableId tableOf(Subnet subnet) {
        return change(subnet.owner(), unit -> {
            RouteTableId table =
                    routeTables.create(unit, subnet.owner(), subnet.net()).id();
            routeTables.link(unit, subnet.owner(), table, subnet.id());
            return table;
        });
    }

    RouteTableId mainTable(Net net) {
        return fixture.mainTable(net).id();
    }

    /** Puts an ACL at the Subnet's border that lets everything pass, but for what entries with numbers below 100 say. */
    NetworkAclId openAcl(Subnet subnet) {
        return change(subnet.owner(), unit -> {
            NetworkAclId acl = networkAcls
                    .create(unit, subnet.owner(), subnet.net(), Optional.empty())
                    .id();
            for (Direction direction : Direction.values()) {
                AclEntry everything = new AclEntry(100, direction, new Traffic.All(), Cidr.ALL, true);
                networkAcls.createEntry(unit, subnet.owner(), acl, everything);
            }
            Net net = unit.nets().find(subnet.net()).orElseThrow();
            networkAcls.replaceAssociation(
                    unit,
                    subnet.owner(),
                    NetworkAcls.of(unit, net).association(subnet.id()).id(),
                    acl);
            return acl;
        });
    }

    /** Lets no packet of this kind cross, with addresses of the range outside. */
    void deny(Net net, NetworkAclId acl, int number, Direction direction, Traffic traffic, String range) {
        AclEntry entry = new AclEntry(number, direction, traffic, Cidr.parse(range), false);
        change(net.owner(), unit -> {
            networkAcls.createEntry(unit, net.owner(), acl, entry);
            return acl;
        });
    }

    /** One more address for the machine's NIC. */
    void link(Machine machine, Ipv4 address) {
        Nic nic = read(snapshot -> snapshot.nics().ofVm(machine.id())).getFirst();
        change(nic.owner(), unit -> nicAddresses.link(unit, nic.owner(), nic.id(), List.of(address), false));
    }

    void unlink(Machine machine, Ipv4 address) {
        Nic nic = read(snapshot -> snapshot.nics().ofVm(machine.id())).getFirst();
        change(nic.owner(), unit -> nicAddresses.unlink(unit, nic.owner(), nic.id(), List.of(address)));
    }

    SecurityGroupId defaultGroup(Net net) {
        return fixture.defaultGroup(net).id();
    }

    SecurityGroupId group(Net net, String name) {
        return change(net.owner(), unit -> securityGroups.create(unit, net.owner(), net.id(), name, "for a test"))
                .id();
    }

    /** Lets everything in from everywhere, by the Net's default group. */
    void open(Net net) {
        allow(net, defaultGroup(net), new Traffic.All(), Cidr.ALL);
    }

    void allow(Net net, SecurityGroupId group, Traffic traffic, Cidr from) {
        addRule(net, group, inbound(traffic, new RequestedCounterpart.Range(from)));
    }

    void allow(Net net, SecurityGroupId group, Traffic traffic, SecurityGroupId from, AccountId owner) {
        addRule(net, group, inbound(traffic, new RequestedCounterpart.GroupById(from, Optional.of(owner))));
    }

    void revoke(Net net, SecurityGroupId group, Traffic traffic, Cidr from) {
        RequestedRule rule = inbound(traffic, new RequestedCounterpart.Range(from));
        change(net.owner(), unit -> securityGroups.removeRules(unit, net.owner(), group, List.of(rule)));
    }

    void revokeOutbound(Net net, SecurityGroupId group) {
        RequestedRule all =
                new RequestedRule(Direction.OUTBOUND, new Traffic.All(), new RequestedCounterpart.Range(Cidr.ALL), "");
        change(net.owner(), unit -> securityGroups.removeRules(unit, net.owner(), group, List.of(all)));
    }

    /** Has the group's newest rule let in this traffic from this range, whatever it did before. */
    void changeLastRule(Net net, SecurityGroupId group, Traffic traffic, Cidr from) {
        change(net.owner(), unit -> {
            SecurityGroupRuleId rule = unit.securityGroups()
                    .find(group)
                    .orElseThrow()
                    .rules()
                    .getLast()
                    .id();
            RuleChange change = new RuleChange(rule, traffic, new RequestedCounterpart.Range(from), "");
            return securityGroups.changeRules(unit, net.owner(), group, List.of(change));
        });
    }

    private void addRule(Net net, SecurityGroupId group, RequestedRule rule) {
        change(net.owner(), unit -> securityGroups.addRules(unit, net.owner(), group, List.of(rule)));
    }

    private static RequestedRule inbound(Traffic traffic, RequestedCounterpart from) {
        return new RequestedRule(Direction.INBOUND, traffic, from, "");
    }

    /** The operator fails or heals a Subregion in which these Nets have machines. */
    void fail(SubregionName subregion, boolean failed, Set<NetId> nets) {
        EventType type = failed ? EventType.SUBREGION_FAILED : EventType.SUBREGION_HEALED;
        fixture.change(unit -> {
            unit.subregions().setFailed(subregion, failed);
            unit.record(new Fact(type, subregion.value(), Set.of(), nets, ""));
            return unit.now();
        });
    }

    <T> T change(AccountId by, Function<UnitOfWork, T> work) {
        return store.change(Fixture.REGION, new Origin(by.value(), "test"), work);
    }

    <T> T read(Function<Snapshot, T> query) {
        return store.read(Fixture.REGION, query);
    }
}
