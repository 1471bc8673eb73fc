package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.NewNatService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.networkacl.NetworkAclAssociation;
import dev.linkspan.core.operation.NatServices;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteLookup;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** A few Nets with everything that can go wrong between them, drawn from a seed. */
final class RandomRegion {

    static final SubregionName OTHER_SUBREGION = new SubregionName("eu-west-2b");

    private static final List<String> RANGES =
            List.of("10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16", "10.1.0.0/17", "10.0.0.0/16", "172.16.0.0/20");
    static final List<Traffic> PACKETS = List.of(
            new Traffic.Ports(Traffic.TCP, 22, 22),
            new Traffic.Ports(Traffic.TCP, 443, 443),
            new Traffic.Ports(Traffic.UDP, 53, 53),
            Question.ECHO_REQUEST,
            new Traffic.Icmp(0, 0),
            new Traffic.Other(47));
    /** Where somebody outside may be, and the public addresses of the Region. */
    private static final List<Cidr> OUTSIDE = Stream.of("203.0.113.0/24", "198.51.100.0/24", "198.51.100.0/29")
            .map(Cidr::parse)
            .toList();

    private static final List<Traffic> RULES = List.of(
            new Traffic.All(),
            new Traffic.Ports(Traffic.TCP, 0, 1023),
            new Traffic.Ports(Traffic.TCP, 443, 443),
            new Traffic.Ports(Traffic.UDP, 1, 65_535),
            new Traffic.Icmp(Traffic.ANY, Traffic.ANY),
            new Traffic.Icmp(8, Traffic.ANY),
            new Traffic.Other(47));

    final InMemoryStore store = new InMemoryStore();
    final Fixture fixture = new Fixture(store);
    final List<Net> nets = new ArrayList<>();
    final List<Nic> nics = new ArrayList<>();
    final List<NetPeering> peerings = new ArrayList<>();
    final List<SecurityGroup> groups = new ArrayList<>();
    final List<PublicIp> publicIps = new ArrayList<>();
    final List<NatService> natServices = new ArrayList<>();
    private final List<InternetServiceId> services = new ArrayList<>();
    private final NatServices operations = new NatServices();
    final Exits exits = new Exits(fixture);
    private final Random random;
    /** For routes to NICs, so that everything else is drawn as without them. */
    private final Random apart;

    RandomRegion(long seed) {
        random = new Random(seed);
        apart = new Random(seed);
        List<AccountId> owners = List.of(fixture.account(), fixture.account());
        for (int i = 0; i < 3 + random.nextInt(3); i++) {
            nets.add(fixture.net(pick(owners), RANGES.get(i)));
        }
        nets.forEach(this::groups);
        nets.forEach(this::inhabit);
        peerings();
        nets.forEach(this::exits);
        nets.forEach(this::natServices);
        nets.forEach(net ->
                fixture.read(snapshot -> snapshot.routeTables().ofNet(net.id())).forEach(table -> routes(net, table)));
        groups.forEach(this::rules);
        nets.stream().filter(_ -> chance(25)).forEach(this::acl);
        if (chance(10)) {
            fixture.change(unit -> {
                unit.subregions().setFailed(OTHER_SUBREGION, true);
                return true;
            });
        }
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private void groups(Net net) {
        groups.add(fixture.defaultGroup(net));
        groups.add(fixture.change(unit -> {
            SecurityGroup group = new SecurityGroup(
                    unit.newId(SecurityGroupId.KIND), net.id(), net.owner(), "web", "", List.of(), unit.now());
            unit.securityGroups().save(group);
            return group;
        }));
    }

    private void inhabit(Net net) {
        Ipv4 start = net.range().network();
        Subnet first = subnet(net, new Cidr(start.plus(256), 24), Fixture.SUBREGION);
        Subnet second = subnet(net, new Cidr(start.plus(512), 24), OTHER_SUBREGION);
        if (chance(60)) {
            ownTable(net, second);
        }
        for (Subnet subnet : List.of(first, second)) {
            for (int i = 0; i < 1 + random.nextInt(2); i++) {
                machine(subnet, i, chance(15) ? Optional.of(subnet.equals(first) ? second : first) : Optional.empty());
            }
            if (chance(15)) {
                nics.add(nic(subnet, 40, Optional.empty(), 0));
            }
        }
    }

    Subnet subnet(Net net, Cidr range, SubregionName subregion) {
        return fixture.change(unit -> {
            Subnet subnet =
                    new Subnet(unit.newId(SubnetId.KIND), net.id(), net.owner(), subregion, range, false, unit.now());
            unit.subnets().save(subnet);
            return subnet;
        });
    }

    void ownTable(Net net, Subnet subnet) {
        fixture.change(unit -> {
            RouteTableLink link = new RouteTableLink(unit.newId(RouteTableLinkId.KIND), Optional.of(subnet.id()));
            RouteTable table = RouteTable.born(unit.newId(RouteTableId.KIND), net, unit.now())
                    .withLink(link);
            unit.routeTables().save(table);
            return table;
        });
    }

    void machine(Subnet subnet, int number, Optional<Subnet> second) {
        Vm vm = fixture.bareVm(subnet);
        if (chance(10)) {
            fixture.change(unit -> {
                unit.vms().save(vm.withState(VmState.STOPPED, unit.now()));
                return vm;
            });
        }
        nics.add(nic(subnet, 4 + number, Optional.of(vm), 0));
        second.ifPresent(other -> nics.add(nic(other, 20 + number, Optional.of(vm), 1)));
    }

    private Nic nic(Subnet subnet, int offset, Optional<Vm> vm, int device) {
        Ipv4 address = subnet.range().network().plus(offset);
        Nic bare = fixture.nic(subnet, address.toString(), someGroups(subnet));
        return fixture.change(unit -> {
            Nic nic = bare.withSourceDestChecked(!chance(20))
                    .withLink(vm.map(it -> new NicLink(unit.newId(NicLinkId.KIND), it.id(), device, true)));
            unit.nics().save(nic);
            return nic;
        });
    }

    private SecurityGroupId[] someGroups(Subnet subnet) {
        List<SecurityGroupId> own = groups.stream()
                .filter(group -> group.net().equals(subnet.net()))
                .map(SecurityGroup::id)
                .toList();
        return (chance(20) ? own : List.of(pick(own))).toArray(SecurityGroupId[]::new);
    }

    private void peerings() {
        for (int i = 0; i < nets.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (!nets.get(i).range().overlaps(nets.get(j).range())) {
                    peer(nets.get(i), nets.get(j));
                }
            }
        }
    }

    private void peer(Net one, Net other) {
        if (chance(25)) {
            NetPeering dead = fixture.activePeering(one, other);
            peerings.add(fixture.change(unit -> {
                NetPeering deleted = dead.delete(one.owner(), unit.now());
                unit.peerings().save(deleted);
                return deleted;
            }));
        }
        if (chance(65)) {
            peerings.add(fixture.activePeering(one, other));
        } else if (chance(50)) {
            peerings.add(fixture.pendingPeering(one, other));
            if (chance(30)) {
                peerings.add(fixture.pendingPeering(other, one));
            }
        }
    }

    /** Some have a way outside, some do not, and some of what would make one leads nowhere. */
    private void exits(Net net) {
        if (chance(60)) {
            services.add(exits.service(net.owner(), Optional.of(net.id())).id());
        }
        if (chance(15)) {
            services.add(exits.service(net.owner(), Optional.empty()).id());
        }
        for (Nic nic : nics) {
            if (nic.net().equals(net.id()) && chance(60)) {
                publicIps.add(exits.publicIp(net.owner(), nic, nic.primaryAddress()));
            }
        }
        if (chance(30)) {
            publicIps.add(exits.publicIp(net.owner()));
        }
    }

    private void natServices(Net net) {
        for (int i = 0; i < 2 && chance(60 - 40 * i); i++) {
            natService(net);
        }
    }

    /** One that gets outside, if the Net has a way there; some are deleted again. */
    NatService natService(Net net) {
        Subnet subnet = chance(60)
                ? natSubnet(net)
                : pick(fixture.read(snapshot -> snapshot.subnets().ofNet(net.id())));
        boolean reachesOutside = chance(75)
                && fixture.read(snapshot -> snapshot.internetServices().findOfNet(net.id()))
                        .isPresent();
        Optional<PublicIp> ip =
                Optional.of(net.owner()).filter(_ -> reachesOutside).map(exits::publicIp);
        ip.ifPresent(publicIps::add);
        NatService service = fixture.change(unit -> {
            NatService made = operations.create(
                    unit,
                    net.owner(),
                    new NewNatService(subnet.id(), ip.map(PublicIp::id), Optional.empty(), Optional.empty()));
            return chance(12) ? operations.delete(unit, net.owner(), made.id()) : made;
        });
        natServices.add(service);
        if (service.exists()) {
            nics.add(
                    fixture.read(snapshot -> snapshot.nics().find(service.nic()).orElseThrow()));
        }
        return service;
    }

    /** One with a table of its own, in which NAT services alone are. */
    private Subnet natSubnet(Net net) {
        Cidr range = new Cidr(net.range().network().plus(256 * 12), 24);
        return fixture.read(snapshot -> snapshot.subnets().ofNet(net.id())).stream()
                .filter(subnet -> subnet.range().equals(range))
                .findFirst()
                .orElseGet(() -> {
                    Subnet made = subnet(net, range, Fixture.SUBREGION);
                    ownTable(net, made);
                    return made;
                });
    }

    /** From a table that no NAT service's Subnet has for the most part: it leads on what they send. */
    private void routeByNatService(Net net, RouteTable table, Set<Cidr> taken) {
        List<NatService> own =
                natServices.stream().filter(it -> it.net().equals(net.id())).toList();
        if (own.stream().anyMatch(it -> tableOf(it).id().equals(table.id())) && chance(85)) {
            return;
        }
        List<Cidr> peers = peerings.stream()
                .filter(it -> it.connects(net.id()))
                .map(it -> it.peerOf(net.id()).range())
                .toList();
        if (!own.isEmpty() && chance(80)) {
            Cidr destination = peers.isEmpty() || chance(50) ? Cidr.ALL : destination(pick(peers));
            if (!net.range().contains(destination) && taken.add(destination)) {
                NatService service = pick(own);
                add(table, new Route(destination, new RouteTarget.NatService(service.id())));
            }
        }
    }

    private RouteTable tableOf(NatService service) {
        return fixture.read(
                snapshot -> RouteLookup.tableOf(snapshot.routeTables().ofNet(service.net()), service.subnet()));
    }

    /** By the Net's own internet service for the most part. */
    private void routeOutside(Net net, RouteTable table, Set<Cidr> taken) {
        Optional<InternetServiceId> own = fixture.read(
                snapshot -> snapshot.internetServices().findOfNet(net.id()).map(InternetService::id));
        Optional<InternetServiceId> other = services.isEmpty() ? Optional.empty() : Optional.of(pick(services));
        Optional<InternetServiceId> target = chance(85) ? own.or(() -> other) : other;
        Cidr destination = chance(70) ? Cidr.ALL : pick(OUTSIDE);
        target.filter(_ -> taken.add(destination))
                .ifPresent(id -> add(table, new Route(destination, new RouteTarget.InternetService(id))));
    }

    void routes(Net net, RouteTable table) {
        Set<Cidr> taken = new HashSet<>();
        routeByNatService(net, table, taken);
        // Else it is hardly ever a NAT service that leads to a peer.
        int led = taken.isEmpty() ? 80 : 30;
        if (chance(70)) {
            routeOutside(net, table, taken);
        }
        for (NetPeering peering : peerings) {
            if (peering.connects(net.id()) && chance(led)) {
                Cidr destination = destination(peering.peerOf(net.id()).range());
                if (!net.range().contains(destination) && taken.add(destination)) {
                    add(table, new Route(destination, new RouteTarget.Peering(peering.id())));
                }
            }
        }
        Cidr there = nets.get(apart.nextInt(nets.size())).range();
        if (!net.range().contains(there) && taken.add(there)) {
            List<Nic> own = fixture.read(snapshot -> snapshot.nics().ofNet(net.id()));
            Nic nic = own.get(apart.nextInt(own.size()));
            add(table, new Route(there, new RouteTarget.Nic(nic.id())));
        }
    }

    private Cidr destination(Cidr range) {
        return switch (random.nextInt(9)) {
            case 0 -> new Cidr(range.network().plus(256), 24);
            case 1 -> new Cidr(range.network().plus(260), 32);
            case 2 -> Cidr.ALL;
            case 3 -> Cidr.parse("10.0.0.0/8");
            case 4 -> pick(OUTSIDE);
            default -> range;
        };
    }

    /** One of the Net's Subnets gets an ACL that lets some of it pass. */
    NetworkAcl acl(Net net) {
        Subnet subnet = pick(fixture.read(snapshot -> snapshot.subnets().ofNet(net.id())));
        return fixture.change(unit -> {
            NetworkAcls.of(unit, net)
                    .stored()
                    .forEach(acl -> acl.associationOf(subnet.id())
                            .ifPresent(old -> unit.networkAcls().save(acl.withoutAssociation(old.id()))));
            NetworkAcl acl = NetworkAcl.born(unit.newId(NetworkAclId.KIND), net, unit.now(), Optional.empty())
                    .withAssociation(new NetworkAclAssociation(unit.newId(NetworkAclAssociationId.KIND), subnet.id()));
            for (Direction direction : Direction.values()) {
                acl = withEntries(acl, direction);
            }
            unit.networkAcls().save(acl);
            return acl;
        });
    }

    private NetworkAcl withEntries(NetworkAcl bare, Direction direction) {
        NetworkAcl acl = bare;
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            Cidr range = chance(50) ? Cidr.ALL : destination(pick(nets).range());
            Traffic traffic = chance(40) ? new Traffic.All() : pick(RULES);
            acl = acl.withEntry(new AclEntry(10 * (i + 1), direction, traffic, range, chance(65)));
        }
        return acl;
    }

    private void add(RouteTable table, Route route) {
        fixture.change(unit -> {
            RouteTable changed =
                    unit.routeTables().find(table.id()).orElseThrow().withRoute(route);
            unit.routeTables().save(changed);
            return changed;
        });
    }

    void rules(SecurityGroup group) {
        fixture.change(unit -> {
            List<SecurityGroupRule> rules = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                rules.add(rule(unit, Direction.INBOUND));
            }
            rules.add(
                    chance(70)
                            ? new SecurityGroupRule(
                                    unit.newId(SecurityGroupRuleId.KIND),
                                    Direction.OUTBOUND,
                                    new Traffic.All(),
                                    new Counterpart.Range(Cidr.ALL),
                                    "")
                            : rule(unit, Direction.OUTBOUND));
            unit.securityGroups()
                    .save(unit.securityGroups().find(group.id()).orElseThrow().withRules(rules));
            return group;
        });
    }

    private SecurityGroupRule rule(UnitOfWork unit, Direction direction) {
        Net net = pick(nets);
        SecurityGroup named = pick(groups);
        Counterpart counterpart = switch (random.nextInt(5)) {
            case 0 -> new Counterpart.Range(net.range());
            case 1 -> new Counterpart.Range(new Cidr(net.range().network().plus(256), 24));
            case 2 -> new Counterpart.Group(named.id(), named.owner());
            case 3 -> new Counterpart.Range(pick(OUTSIDE));
            default -> new Counterpart.Range(Cidr.ALL);
        };
        return new SecurityGroupRule(unit.newId(SecurityGroupRuleId.KIND), direction, pick(RULES), counterpart, "");
    }

    /** Somebody's question about somebody, or about an address. */
    Question question() {
        Nic from = pick(nics);
        Nic to = pick(nics);
        Traffic packet = pick(PACKETS);
        if (chance(15)) {
            return fromOutside(to, packet);
        }
        if (!natServices.isEmpty() && chance(25)) {
            return throughNatService(packet);
        }
        Endpoint sender = from.link().isPresent() && chance(50)
                ? new Endpoint.InVm(from.link().get().vm())
                : new Endpoint.AtNic(from.id());
        Endpoint target = switch (random.nextInt(9)) {
            case 0 -> new Endpoint.AtAddress(Optional.empty(), to.primaryAddress());
            case 1 -> new Endpoint.AtAddress(Optional.of(to.net()), to.primaryAddress());
            case 2 ->
                new Endpoint.AtAddress(
                        Optional.empty(), pick(nets).range().network().plus(255 + random.nextInt(4)));
            case 3 -> new Endpoint.AtAddress(Optional.empty(), Ipv4.parse("192.0.2.7"));
            case 4 -> new Endpoint.AtAddress(Optional.empty(), Exits.OUTSIDE);
            case 5, 6 ->
                new Endpoint.AtAddress(
                        Optional.empty(),
                        publicIps.isEmpty() ? Exits.OUTSIDE : pick(publicIps).address());
            default -> new Endpoint.AtNic(to.id());
        };
        return new Question(sender, target, packet);
    }

    /** From a machine of a NAT service's Net to where that may lead. */
    private Question throughNatService(Traffic packet) {
        NatService service = pick(natServices);
        List<Nic> beside = nics.stream()
                .filter(nic -> nic.net().equals(service.net()) && nic.link().isPresent())
                .toList();
        List<Nic> elsewhere =
                nics.stream().filter(nic -> !nic.net().equals(service.net())).toList();
        Endpoint target = elsewhere.isEmpty() || chance(50)
                ? new Endpoint.AtAddress(Optional.empty(), Exits.OUTSIDE)
                : new Endpoint.AtNic(pick(elsewhere).id());
        return new Question(new Endpoint.AtNic(pick(beside).id()), target, packet);
    }

    private Question fromOutside(Nic to, Traffic packet) {
        Endpoint sender =
                new Endpoint.AtAddress(Optional.empty(), chance(70) ? Exits.OUTSIDE : Ipv4.parse("192.0.2.7"));
        List<Ipv4> linked = publicIps.stream()
                .filter(ip -> ip.link().isPresent())
                .map(PublicIp::address)
                .toList();
        Endpoint target = linked.isEmpty() || chance(30)
                ? new Endpoint.AtNic(to.id())
                : new Endpoint.AtAddress(Optional.empty(), pick(linked));
        return new Question(sender, target, packet);
    }
}
