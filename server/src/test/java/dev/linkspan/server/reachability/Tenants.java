package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.AddressChoice;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicChange;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.NicAddresses;
import dev.linkspan.core.operation.Nics;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.Subnets;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.VmOrder;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RequestedCounterpart;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.Traffic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Carries out steps on a store by the operations that the API calls, each by who may do it. */
public final class Tenants {

    public static final List<String> SUBREGIONS = List.of("a", "b");

    private final InMemoryStore store;
    private final Fixture fixture;
    private final Subregions subregions = new Subregions(List.of(new Region(
            Fixture.REGION, SUBREGIONS.stream().map(Tenants::subregion).toList())));
    private final Nets nets = new Nets();
    private final Subnets subnets = new Subnets(subregions);
    private final RouteTables routeTables = new RouteTables();
    private final SecurityGroups securityGroups = new SecurityGroups();
    private final NetPeerings netPeerings = new NetPeerings(new PeeringRules(false, true));
    private final Vms vms = new Vms(PublicIpPools.NONE);
    private final Nics nics = new Nics();
    private final NicAddresses nicAddresses = new NicAddresses();
    private final TenantExits exits;
    private final TenantAcls acls;

    private final Map<String, AccountId> accountsByName = new HashMap<>();
    private final Map<String, Net> netsByName = new HashMap<>();
    private final Map<String, Subnet> subnetsByName = new HashMap<>();
    private final Map<String, RouteTableId> tablesByName = new HashMap<>();
    private final Map<String, SecurityGroupId> groupsByName = new HashMap<>();
    private final Map<String, VmId> vmsByName = new HashMap<>();
    private final Map<String, NicId> nicsByName = new HashMap<>();
    private final Map<String, NetPeering> peeringsByName = new HashMap<>();

    private Optional<RefusalCode> refusal = Optional.empty();

    /** What a name stands for was not made. */
    static final class Missing extends RuntimeException {}

    public Tenants(InMemoryStore store) {
        this.store = store;
        this.fixture = new Fixture(store);
        this.exits = new TenantExits(store);
        this.acls = new TenantAcls(store);
    }

    public Optional<VmId> vm(String name) {
        return Optional.ofNullable(vmsByName.get(name));
    }

    public Optional<NicId> nic(String name) {
        return Optional.ofNullable(nicsByName.get(name));
    }

    public Optional<NetId> net(String name) {
        return Optional.ofNullable(netsByName.get(name)).map(Net::id);
    }

    public Optional<InternetServiceId> internetService(String name) {
        return exits.knownService(name);
    }

    public Optional<NetworkAclId> networkAcl(String name) {
        return acls.known(name);
    }

    /** As what the last step was refused, if it was. */
    public Optional<RefusalCode> refusal() {
        return refusal;
    }

    static SubregionName subregion(String name) {
        return new SubregionName(Fixture.REGION.value() + name);
    }

    /** Whether it was done: what is refused, or is about something that was not made, changes nothing. */
    public boolean take(Step step) {
        refusal = Optional.empty();
        try {
            carryOut(step);
            return true;
        } catch (Missing notMade) {
            return false;
        } catch (Refusal refused) {
            refusal = Optional.of(refused.code());
            return false;
        }
    }

    private void carryOut(Step step) {
        switch (step) {
            case Step.CreateNet it -> createNet(it);
            case Step.CreateSubnet it -> createSubnet(it);
            case Step.CreateTable it -> createTable(it);
            case Step.LinkTable it -> linkTable(it);
            case Step.UnlinkTable(String subnet) -> unlinkTable(subnet);
            case Step.CreateGroup it -> createGroup(it);
            case Step.CreateVm it -> createVm(it);
            case Step.AddNic it -> addNic(it);
            case Step.CreateNic it -> createNic(it);
            case Step.UnlinkNic(String nic) -> unlinkNic(nic);
            case Step.LinkNic it -> linkNic(it);
            case Step.MoveAddress it -> moveAddress(it);
            case Step.SetGroups it -> setGroups(it);
            case Step.SetSourceDestCheck it -> setSourceDestCheck(it);
            case Step.StopVm(String vm) -> onVm(vm, (unit, owner, id) -> vms.stop(unit, owner, List.of(id)));
            case Step.StartVm(String vm) -> onVm(vm, (unit, owner, id) -> vms.start(unit, owner, List.of(id)));
            case Step.DeleteVm(String vm) -> onVm(vm, (unit, owner, id) -> vms.delete(unit, owner, List.of(id)));
            case Step.Allow it -> onRule(it, securityGroups::addRules);
            case Step.Revoke(String group, Direction direction, String protocol, int from, int to, String whom) ->
                onRule(new Step.Allow(group, direction, protocol, from, to, whom), securityGroups::removeRules);
            case Step.CreateRoute it -> createRoute(it);
            case Step.UpdateRoute it -> updateRoute(it);
            case Step.DeleteRoute it -> deleteRoute(it);
            case Step.AskForPeering it -> askForPeering(it);
            case Step.AcceptPeering(String name) -> onPeering(name, false, netPeerings::accept);
            case Step.RejectPeering(String name) -> onPeering(name, false, netPeerings::reject);
            case Step.DeletePeering(String name) -> onPeering(name, true, netPeerings::delete);
            case Step.CreateAcl it -> acls.create(it.acl(), required(netsByName, it.net()));
            case Step.AddEntry it -> acls.add(it, aclOwner(it.acl()));
            case Step.RemoveEntry it -> acls.remove(it, aclOwner(it.acl()));
            case Step.AssociateAcl it -> acls.associate(required(subnetsByName, it.subnet()), it.acl());
            case Step.LinkInternetService it -> exits.link(it.service(), required(netsByName, it.net()));
            case Step.UnlinkInternetService(String name) -> exits.unlink(name);
            case Step.RouteOutside it -> routeOutside(it);
            case Step.CreateNatService it -> exits.createNatService(it, required(subnetsByName, it.subnet()));
            case Step.DeleteNatService(String name) -> exits.deleteNatService(name);
            case Step.RouteByNat it ->
                lead(it.table(), it.destination(), new RequestedTarget.NatService(exits.natService(it.nat())));
            case Step.RouteByNic it ->
                lead(
                        it.table(),
                        it.destination(),
                        new RequestedTarget.Nic(nicOf(it.nic()).id()));
            case Step.LinkPublicIp it -> exits.linkPublicIp(it, nicOf(it.nic()));
            case Step.UnlinkPublicIp(String address) -> exits.unlinkPublicIp(Ipv4.parse(address));
            case Step.FailSubregion(String name) -> onSubregion(name, subregions::fail);
            case Step.HealSubregion(String name) -> onSubregion(name, subregions::heal);
            case Step.Wait(int days) -> store.advance(Duration.ofDays(days));
            case Step.PassOn(String name) -> {
                if (vm(name).isEmpty()) {
                    throw new Missing();
                }
            }
            case Step.Send _, Step.Connect _, Step.Say _, Step.Kill _, Step.Restart _, Step.Repair _ -> {}
        }
    }

    private void createNet(Step.CreateNet step) {
        AccountId owner = accountsByName.computeIfAbsent(step.owner(), _ -> fixture.account());
        Net net = change(owner, unit -> nets.create(unit, owner, Cidr.parse(step.range()), "default"));
        netsByName.put(step.net(), net);
        tablesByName.put(step.net() + ".main", fixture.mainTable(net).id());
        acls.born(step.net(), net);
        groupsByName.put(step.net() + ".default", fixture.defaultGroup(net).id());
    }

    private void createSubnet(Step.CreateSubnet step) {
        Net net = required(netsByName, step.net());
        Cidr range = Cidr.parse(step.range());
        Subnet subnet = change(
                net.owner(),
                unit -> subnets.create(unit, net.owner(), net.id(), range, Optional.of(subregion(step.in()))));
        subnetsByName.put(step.subnet(), subnet);
    }

    /** Who owns the Net of an ACL, which begins with the Net's name. */
    private AccountId aclOwner(String acl) {
        return required(netsByName, acl.substring(0, acl.indexOf('.'))).owner();
    }

    private void routeOutside(Step.RouteOutside step) {
        RouteTable table = table(step.table());
        RequestedTarget target = new RequestedTarget.InternetService(exits.service(step.service()));
        Cidr destination = Cidr.parse(step.destination());
        change(table.owner(), unit -> routeTables.createRoute(unit, table.owner(), table.id(), destination, target));
    }

    private void lead(String name, String where, RequestedTarget target) {
        RouteTable table = table(name);
        Cidr destination = Cidr.parse(where);
        change(
                table.owner(),
                unit -> table.route(destination).isPresent()
                        ? routeTables.updateRoute(unit, table.owner(), table.id(), destination, target)
                        : routeTables.createRoute(unit, table.owner(), table.id(), destination, target));
    }

    private void createTable(Step.CreateTable step) {
        Net net = required(netsByName, step.net());
        tablesByName.put(
                step.table(),
                change(net.owner(), unit -> routeTables.create(unit, net.owner(), net.id()))
                        .id());
    }

    private void linkTable(Step.LinkTable step) {
        RouteTableId table = required(tablesByName, step.table());
        Subnet subnet = required(subnetsByName, step.subnet());
        change(subnet.owner(), unit -> routeTables.link(unit, subnet.owner(), table, subnet.id()));
    }

    private void unlinkTable(String name) {
        Subnet subnet = required(subnetsByName, name);
        RouteTableLinkId link = fixture.read(snapshot -> snapshot.routeTables().ofNet(subnet.net())).stream()
                .flatMap(table -> table.linkOf(subnet.id()).stream())
                .findFirst()
                .orElseThrow(Missing::new)
                .id();
        change(subnet.owner(), unit -> {
            routeTables.unlink(unit, subnet.owner(), link);
            return link;
        });
    }

    private void createGroup(Step.CreateGroup step) {
        Net net = required(netsByName, step.net());
        SecurityGroup group = change(
                net.owner(), unit -> securityGroups.create(unit, net.owner(), net.id(), step.group(), "for the wire"));
        groupsByName.put(step.group(), group.id());
    }

    private void createVm(Step.CreateVm step) {
        Subnet subnet = required(subnetsByName, step.subnet());
        VmNic.New primary = new VmNic.New(newNic(subnet, step.addresses(), step.groups()), 0, true);
        VmOrder order = new VmOrder(
                Images.LINUX.id(),
                1,
                1,
                Optional.empty(),
                true,
                List.of(primary),
                Optional.empty(),
                Optional.empty(),
                VmSettingsChange.NONE,
                Optional.empty());
        VmId vm = change(subnet.owner(), unit -> vms.create(unit, subnet.owner(), order))
                .getFirst()
                .id();
        vmsByName.put(step.vm(), vm);
        nicsByName.put(
                step.vm(),
                fixture.read(snapshot -> snapshot.nics().ofVm(vm)).getFirst().id());
    }

    private NewNic newNic(Subnet subnet, List<String> addresses, List<String> groups) {
        AddressChoice choice =
                AddressChoice.firstIsPrimary(addresses.stream().map(Ipv4::parse).toList());
        return new NewNic(subnet.id(), choice, groups(groups).toList(), List.of(), "");
    }

    private Stream<SecurityGroupId> groups(List<String> names) {
        return names.stream().filter(groupsByName::containsKey).map(name -> required(groupsByName, name));
    }

    private void addNic(Step.AddNic step) {
        Subnet subnet = required(subnetsByName, step.subnet());
        VmId vm = required(vmsByName, step.vm());
        Nic nic = change(subnet.owner(), unit -> {
            Nic made = nics.create(unit, subnet.owner(), newNic(subnet, step.addresses(), step.groups()));
            return nics.link(unit, subnet.owner(), made.id(), vm, 1);
        });
        nicsByName.put(step.nic(), nic.id());
    }

    private void createNic(Step.CreateNic step) {
        Subnet subnet = required(subnetsByName, step.subnet());
        NewNic wanted = newNic(subnet, step.addresses(), step.groups());
        nicsByName.put(
                step.nic(),
                change(subnet.owner(), unit -> nics.create(unit, subnet.owner(), wanted))
                        .id());
    }

    private void unlinkNic(String name) {
        Nic nic = nicOf(name);
        NicLinkId link = nic.link().orElseThrow(Missing::new).id();
        change(nic.owner(), unit -> nics.unlink(unit, nic.owner(), link));
    }

    private void linkNic(Step.LinkNic step) {
        Nic nic = nicOf(step.nic());
        VmId vm = required(vmsByName, step.vm());
        change(nic.owner(), unit -> nics.link(unit, nic.owner(), nic.id(), vm, 1));
    }

    private void moveAddress(Step.MoveAddress step) {
        Nic nic = nicOf(step.nic());
        List<Ipv4> address = List.of(Ipv4.parse(step.address()));
        change(nic.owner(), unit -> nicAddresses.link(unit, nic.owner(), nic.id(), address, true));
    }

    private Nic nicOf(String name) {
        NicId id = required(nicsByName, name);
        return fixture.read(snapshot -> snapshot.nics().find(id)).orElseThrow(Missing::new);
    }

    private void setGroups(Step.SetGroups step) {
        List<SecurityGroupId> groups = groups(step.groups()).toList();
        changeNic(step.nic(), new NicChange(Optional.empty(), Optional.of(groups), Optional.empty(), Optional.empty()));
    }

    private void setSourceDestCheck(Step.SetSourceDestCheck step) {
        Optional<Boolean> checked = Optional.of(step.checked());
        changeNic(step.nic(), new NicChange(Optional.empty(), Optional.empty(), checked, Optional.empty()));
    }

    private void changeNic(String name, NicChange change) {
        Nic nic = nicOf(name);
        change(nic.owner(), unit -> nics.update(unit, nic.owner(), nic.id(), change));
    }

    /** What an account does about one resource. */
    private interface Call<T, R> {
        R by(UnitOfWork unit, AccountId owner, T subject);
    }

    private void onVm(String name, Call<VmId, ?> call) {
        VmId id = required(vmsByName, name);
        Vm vm = fixture.read(snapshot -> snapshot.vms().find(id)).orElseThrow(Missing::new);
        change(vm.owner(), unit -> call.by(unit, vm.owner(), id));
    }

    private void onPeering(String name, boolean bySource, Call<NetPeeringId, NetPeering> call) {
        NetPeering peering = required(peeringsByName, name);
        AccountId by = (bySource ? peering.source() : peering.accepter()).owner();
        change(by, unit -> call.by(unit, by, peering.id()));
    }

    private void askForPeering(Step.AskForPeering step) {
        Net source = required(netsByName, step.source());
        Net accepter = required(netsByName, step.accepter());
        NetPeering peering = change(
                source.owner(),
                unit -> netPeerings.create(
                        unit, source.owner(), source.id(), accepter.id(), Optional.of(accepter.owner())));
        peeringsByName.put(step.peering(), peering);
    }

    private void createRoute(Step.CreateRoute step) {
        RouteTable table = table(step.table());
        RequestedTarget target = target(step.peering());
        Cidr destination = Cidr.parse(step.destination());
        change(table.owner(), unit -> routeTables.createRoute(unit, table.owner(), table.id(), destination, target));
    }

    private void updateRoute(Step.UpdateRoute step) {
        RouteTable table = table(step.table());
        RequestedTarget target = target(step.peering());
        Cidr destination = Cidr.parse(step.destination());
        change(table.owner(), unit -> routeTables.updateRoute(unit, table.owner(), table.id(), destination, target));
    }

    private RequestedTarget target(String peering) {
        return new RequestedTarget.Peering(required(peeringsByName, peering).id());
    }

    private void deleteRoute(Step.DeleteRoute step) {
        RouteTable table = table(step.table());
        Cidr destination = Cidr.parse(step.destination());
        change(table.owner(), unit -> routeTables.deleteRoute(unit, table.owner(), table.id(), destination));
    }

    private RouteTable table(String name) {
        RouteTableId id = required(tablesByName, name);
        return fixture.read(snapshot -> snapshot.routeTables().find(id)).orElseThrow(Missing::new);
    }

    private interface RuleCall {
        SecurityGroup by(UnitOfWork unit, AccountId caller, SecurityGroupId group, List<RequestedRule> rules);
    }

    private void onRule(Step.Allow step, RuleCall call) {
        SecurityGroupId id = required(groupsByName, step.group());
        AccountId owner = groupOwner(id);
        Traffic traffic = Traffic.parse(step.protocol(), Optional.of(step.from()), Optional.of(step.to()));
        RequestedRule rule = new RequestedRule(step.direction(), traffic, counterpart(step.whom()), "");
        change(owner, unit -> call.by(unit, owner, id, List.of(rule)));
    }

    private AccountId groupOwner(SecurityGroupId id) {
        return fixture.read(snapshot -> snapshot.securityGroups().find(id))
                .orElseThrow(Missing::new)
                .owner();
    }

    private RequestedCounterpart counterpart(String whom) {
        if (whom.contains("/")) {
            return new RequestedCounterpart.Range(Cidr.parse(whom));
        }
        SecurityGroupId id = required(groupsByName, whom);
        return new RequestedCounterpart.GroupById(id, Optional.of(groupOwner(id)));
    }

    private interface SubregionCall {
        void by(UnitOfWork unit, SubregionName name);
    }

    private void onSubregion(String name, SubregionCall call) {
        fixture.change(unit -> {
            call.by(unit, subregion(name));
            return unit.now();
        });
    }

    private <T> T change(AccountId by, Function<UnitOfWork, T> work) {
        return store.change(Fixture.REGION, new Origin(by.value(), "wire"), work);
    }

    private static <T> T required(Map<String, T> named, String name) {
        return Optional.ofNullable(named.get(name)).orElseThrow(Missing::new);
    }
}
