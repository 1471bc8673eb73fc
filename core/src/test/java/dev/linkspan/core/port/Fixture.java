package dev.linkspan.core.port;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ReservationId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.NatConnectivity;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.PublicIp;
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
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Puts into a store what a test needs, through the port alone and without asking any rule: accounts, Nets, and what is
 * in them. Each method is a change of its own and answers the value that it saved.
 */
public final class Fixture {

    public static final RegionName REGION = new RegionName("eu-west-2");
    public static final RegionName OTHER_REGION = new RegionName("us-east-2");
    public static final SubregionName SUBREGION = new SubregionName("eu-west-2a");
    public static final Origin ORIGIN = new Origin("123456789012", "request-1");

    private static final AtomicLong ACCOUNTS = new AtomicLong(100_000_000_000L);

    private final Store store;
    private final RegionName region;

    /** In {@link #REGION}. */
    public Fixture(Store store) {
        this(store, REGION);
    }

    public Fixture(Store store, RegionName region) {
        this.store = store;
        this.region = region;
    }

    public <T> T change(Function<UnitOfWork, T> work) {
        return store.change(region, ORIGIN, work);
    }

    public <T> T rehearse(Function<UnitOfWork, T> work) {
        return store.rehearse(region, ORIGIN, work);
    }

    public <T> T read(Function<Snapshot, T> query) {
        return store.read(region, query);
    }

    public Instant now() {
        return read(Snapshot::now);
    }

    /** A new account, with an id that no other test has. */
    public AccountId account() {
        AccountId id = new AccountId(Long.toString(ACCOUNTS.incrementAndGet()));
        return change(unit -> {
            unit.accounts().save(new Account(id, Optional.empty(), Map.of(), unit.now()));
            return id;
        });
    }

    /** A Net alone, without the table and group that it is born with. */
    public Net bareNet(AccountId owner, String range) {
        return change(unit -> {
            NetId id = unit.newId(NetId.KIND);
            Net net = new Net(
                    id,
                    owner,
                    region,
                    Cidr.parse(range),
                    "default",
                    DhcpOptionsSet.DEFAULT,
                    Net.DEFAULT_ATTRIBUTES,
                    unit.now());
            unit.nets().save(net);
            return net;
        });
    }

    /** The account's public IP with this address, which it gets where it has it not yet. */
    public static PublicIp publicIp(UnitOfWork unit, AccountId owner, Ipv4 address) {
        return unit.publicIps().findByAddress(address).orElseGet(() -> {
            PublicIp ip =
                    new PublicIp(unit.newId(PublicIpId.KIND), address, owner, false, Optional.empty(), unit.now());
            unit.publicIps().save(ip);
            return ip;
        });
    }

    /** A Net as it is born: with its main route table (R1) and its default group (S1). */
    public Net net(AccountId owner, String range) {
        Net net = bareNet(owner, range);
        change(unit -> {
            RouteTableLink main = new RouteTableLink(unit.newId(RouteTableLinkId.KIND), Optional.empty());
            Route local = new Route(net.range(), new RouteTarget.Local());
            RouteTableId id = unit.newId(RouteTableId.KIND);
            unit.routeTables().save(new RouteTable(id, net.id(), owner, List.of(main), List.of(local), unit.now()));
            unit.securityGroups().save(defaultGroup(unit, net));
            return id;
        });
        return net;
    }

    private static SecurityGroup defaultGroup(UnitOfWork unit, Net net) {
        SecurityGroupId id = unit.newId(SecurityGroupId.KIND);
        SecurityGroupRule in = new SecurityGroupRule(
                unit.newId(SecurityGroupRuleId.KIND),
                Direction.INBOUND,
                new Traffic.All(),
                new Counterpart.Group(id, net.owner()),
                "");
        SecurityGroupRule out = new SecurityGroupRule(
                unit.newId(SecurityGroupRuleId.KIND),
                Direction.OUTBOUND,
                new Traffic.All(),
                new Counterpart.Range(Cidr.ALL),
                "");
        return new SecurityGroup(
                id, net.id(), net.owner(), SecurityGroup.DEFAULT_NAME, "default group", List.of(in, out), unit.now());
    }

    public RouteTable mainTable(Net net) {
        return read(snapshot -> snapshot.routeTables().ofNet(net.id()).stream()
                .filter(RouteTable::main)
                .findFirst()
                .orElseThrow());
    }

    public SecurityGroup defaultGroup(Net net) {
        return read(snapshot -> snapshot.securityGroups().ofNet(net.id()).stream()
                .filter(SecurityGroup::isDefault)
                .findFirst()
                .orElseThrow());
    }

    public Subnet subnet(Net net, String range) {
        return change(unit -> {
            SubnetId id = unit.newId(SubnetId.KIND);
            Subnet subnet = new Subnet(id, net.id(), net.owner(), SUBREGION, Cidr.parse(range), false, unit.now());
            unit.subnets().save(subnet);
            return subnet;
        });
    }

    /** A running VM without a NIC. */
    public Vm bareVm(Subnet subnet) {
        return change(unit -> {
            VmSettings settings =
                    new VmSettings("tinav5.c1r1p2", Optional.empty(), "", false, "stop", "high", false, false, false);
            Vm vm = new Vm(
                    unit.newId(VmId.KIND),
                    subnet.owner(),
                    subnet.net(),
                    subnet.id(),
                    subnet.subregion(),
                    unit.newId(ReservationId.KIND),
                    0,
                    Optional.empty(),
                    new ImageId("ami-00000001"),
                    Images.LINUX.system(),
                    VmState.RUNNING,
                    unit.now(),
                    settings,
                    VmOptions.STANDARD,
                    false,
                    unit.now());
            unit.vms().save(vm);
            return vm;
        });
    }

    /** A running VM with its primary NIC on this address, in these groups. */
    public Vm vm(Subnet subnet, String address, SecurityGroupId... groups) {
        Vm vm = bareVm(subnet);
        change(unit -> {
            NicLink link = new NicLink(unit.newId(NicLinkId.KIND), vm.id(), 0, true);
            Nic nic = nicOf(unit, subnet, address, groups).withLink(Optional.of(link));
            unit.nics().save(nic);
            return nic;
        });
        return vm;
    }

    /** A NIC that is linked to no VM. */
    public Nic nic(Subnet subnet, String address, SecurityGroupId... groups) {
        return change(unit -> {
            Nic nic = nicOf(unit, subnet, address, groups);
            unit.nics().save(nic);
            return nic;
        });
    }

    /** A private NAT service, with its NIC. */
    public NatService natService(Subnet subnet, String address) {
        return change(unit -> {
            Nic nic = nicOf(unit, subnet, address);
            NatService service = new NatService(
                    unit.newId(NatServiceId.KIND),
                    subnet.owner(),
                    subnet.net(),
                    subnet.id(),
                    nic.id(),
                    NatConnectivity.PRIVATE,
                    unit.now(),
                    Optional.empty(),
                    Optional.empty());
            unit.natServices().save(service);
            unit.nics()
                    .save(new Nic(
                            nic.id(),
                            nic.owner(),
                            nic.net(),
                            nic.subnet(),
                            nic.mac(),
                            nic.description(),
                            nic.addresses(),
                            List.of(),
                            false,
                            Optional.empty(),
                            Optional.of(service.id()),
                            unit.now()));
            return service;
        });
    }

    private static Nic nicOf(UnitOfWork unit, Subnet subnet, String address, SecurityGroupId... groups) {
        Ipv4 primary = Ipv4.parse(address);
        return new Nic(
                unit.newId(NicId.KIND),
                subnet.owner(),
                subnet.net(),
                subnet.id(),
                new MacAddress(0x0600_0000_0000L | primary.unsigned()),
                "",
                List.of(primary),
                List.of(groups),
                true,
                Optional.empty(),
                Optional.empty(),
                unit.now());
    }

    /** A request from the source's owner, pending. */
    public NetPeering pendingPeering(Net source, Net accepter) {
        return change(unit -> {
            NetPeering peering = NetPeering.requested(
                    unit.newId(NetPeeringId.KIND), PeeringSide.of(source), PeeringSide.of(accepter), unit.now());
            unit.peerings().save(peering);
            return peering;
        });
    }

    public NetPeering activePeering(Net source, Net accepter) {
        NetPeering pending = pendingPeering(source, accepter);
        return change(unit -> {
            NetPeering active = pending.accept(accepter.owner(), unit.now());
            unit.peerings().save(active);
            return active;
        });
    }
}
