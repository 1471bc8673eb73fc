package dev.linkspan.server.history;

import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the rules R, S, N and X let a single packet do, as things are recorded at one time. It knows nothing of flows, and uses
 * nothing of what plans, explains or carries: it reads the records and says what they mean, rule by rule.
 */
final class Rulebook {

    private final Map<NetId, Net> nets = new HashMap<>();
    private final Map<SubnetId, Subnet> subnets = new HashMap<>();
    private final Map<SubnetId, RouteTable> tables = new HashMap<>();
    private final Map<NicId, Nic> nics = new HashMap<>();
    private final Map<NicId, VmId> awake = new HashMap<>();
    private final Map<SecurityGroupId, SecurityGroup> groups = new HashMap<>();
    private final Map<NetPeeringId, NetPeering> active = new HashMap<>();
    private final Map<SubnetId, NetworkAcl> acls = new HashMap<>();
    private final Map<NetId, InternetServiceId> services = new HashMap<>();
    private final Map<Ipv4, PublicIpLink> linked = new HashMap<>();
    private Optional<Rulebook> before = Optional.empty();

    /** By what a packet leaves its Net, and what its flow belongs to (P13, X5). */
    sealed interface Passage {

        record Peering(NetPeeringId id) implements Passage {}

        /** An internet service, and another one if it comes into a Net again. */
        record Exit() implements Passage {}
    }

    /**
     * Where a packet comes to.
     *
     * @param through none inside a Net
     */
    record FlowPath(Optional<Passage> through, NicId from, VmId sender, NicId to, VmId receiver) {

        FlowPath back() {
            return new FlowPath(through, to, receiver, from, sender);
        }
    }

    Rulebook(Snapshot now) {
        for (NetId id : now.nets().ids()) {
            nets.put(id, now.nets().find(id).orElseThrow());
            now.subnets().ofNet(id).forEach(subnet -> subnets.put(subnet.id(), subnet));
            now.nics().ofNet(id).forEach(nic -> nics.put(nic.id(), nic));
            now.securityGroups().ofNet(id).forEach(group -> groups.put(group.id(), group));
            now.peerings().liveOfNet(id).stream()
                    .filter(peering -> peering.stateAt(now.now()) instanceof PeeringState.Active)
                    .forEach(peering -> active.put(peering.id(), peering));
            now.internetServices().findOfNet(id).map(InternetService::id).ifPresent(it -> services.put(id, it));
            for (PublicIp ip : now.publicIps().ofNet(id)) {
                ip.link().ifPresent(link -> linked.put(ip.address(), link));
            }
            now.subnets()
                    .ofNet(id)
                    .forEach(subnet -> acls.put(
                            subnet.id(), NetworkAcls.of(now, nets.get(id)).of(subnet.id())));
            List<RouteTable> tablesOfNet = now.routeTables().ofNet(id);
            for (Subnet subnet : now.subnets().ofNet(id)) {
                tables.put(
                        subnet.id(),
                        tablesOfNet.stream()
                                .filter(table -> table.linkOf(subnet.id()).isPresent())
                                .findFirst()
                                .orElseGet(() -> tablesOfNet.stream()
                                        .filter(RouteTable::main)
                                        .findFirst()
                                        .orElseThrow()));
            }
        }
        for (Nic nic : nics.values()) {
            boolean failed =
                    now.subregions().failed().contains(subnets.get(nic.subnet()).subregion());
            nic.link()
                    .flatMap(link -> now.vms().find(link.vm()))
                    .filter(vm -> vm.state() == VmState.RUNNING && !failed)
                    .ifPresent(vm -> awake.put(nic.id(), vm.id()));
        }
    }

    Optional<Nic> nic(NicId id) {
        return Optional.ofNullable(nics.get(id));
    }

    /** Where a packet that this NIC sends comes to, by who may send what (S6), by routes and peerings (P11, R1 to R4). */
    Optional<FlowPath> way(NicId sender, Ipv4 source, Ipv4 to) {
        Nic nic = nics.get(sender);
        if (nic == null
                || !awake.containsKey(sender)
                || nic.sourceDestChecked() && !nic.addresses().contains(source)) {
            return Optional.empty();
        }
        Net own = nets.get(nic.net());
        if (own.range().contains(to)) {
            return arriving(nic, own.id(), to, Optional.empty());
        }
        return outlet(sender, source, to).flatMap(passage -> switch (passage) {
            case Passage.Peering(NetPeeringId id) ->
                arriving(nic, active.get(id).peerOf(own.id()).net(), to, Optional.of(passage));
            case Passage.Exit _ ->
                Optional.ofNullable(linked.get(to))
                        .filter(link -> services.containsKey(link.net()))
                        .flatMap(link -> arriving(nic, link.net(), link.privateAddress(), Optional.of(passage)));
        });
    }

    /** By what a packet leaves its Net, whether or not anybody is at its address there. */
    Optional<Passage> outlet(NicId sender, Ipv4 source, Ipv4 to) {
        Nic nic = nics.get(sender);
        if (nic == null
                || !awake.containsKey(sender)
                || nic.sourceDestChecked() && !nic.addresses().contains(source)) {
            return Optional.empty();
        }
        Net own = nets.get(nic.net());
        return routed(nic.subnet(), to)
                .filter(_ -> own.range().contains(source) && !own.range().contains(to))
                .filter(passage -> switch (passage) {
                    case Passage.Peering(NetPeeringId id) ->
                        active.containsKey(id)
                                && nets.get(active.get(id).peerOf(own.id()).net())
                                        .range()
                                        .contains(to);
                    case Passage.Exit _ -> publicAddress(own.id(), source).isPresent();
                });
    }

    private Optional<Ipv4> publicAddress(NetId net, Ipv4 own) {
        return linked.entrySet().stream()
                .filter(link -> link.getValue().net().equals(net)
                        && link.getValue().privateAddress().equals(own))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** A packet as who it is for gets it: a public address is seen outside, and a private one inside (X2). */
    Packet seen(Packet packet, FlowPath way) {
        return way.through().filter(Passage.Exit.class::isInstance).isPresent()
                ? packet.between(
                        publicAddress(nics.get(way.from()).net(), packet.source())
                                .orElse(packet.source()),
                        Optional.ofNullable(linked.get(packet.to()))
                                .map(PublicIpLink::privateAddress)
                                .orElse(packet.to()))
                : packet;
    }

    /** The machine that it is in, if that runs. */
    Optional<VmId> machine(NicId nic) {
        return Optional.ofNullable(awake.get(nic));
    }

    /** Whether it may send from others' addresses than its own (S6); one that is gone sends nothing. */
    boolean maySendForOthers(NicId nic) {
        return nic(nic).filter(it -> !it.sourceDestChecked()).isPresent();
    }

    /** Whether any NIC of the same Net may. */
    boolean anyMaySendForOthers(NicId neighbour) {
        return nic(neighbour).stream()
                .anyMatch(own -> nics.values().stream()
                        .anyMatch(nic -> nic.net().equals(own.net()) && !nic.sourceDestChecked()));
    }

    /** Whether one of the machine's NICs has the address. */
    boolean isAddressOf(VmId machine, Ipv4 address) {
        return awake.entrySet().stream()
                .filter(nic -> nic.getValue().equals(machine))
                .anyMatch(nic -> nics.get(nic.getKey()).addresses().contains(address));
    }

    /** Whether it is there; that one's own end is, of an exit. */
    boolean isActive(Passage passage) {
        return switch (passage) {
            case Passage.Peering(NetPeeringId id) -> active.containsKey(id);
            case Passage.Exit _ -> true;
        };
    }

    /** To what this NIC's packets to an address are routed out of its Net. */
    Optional<Passage> routed(NicId sender, Ipv4 to) {
        return nic(sender).flatMap(nic -> routed(nic.subnet(), to));
    }

    /** Remembers what was so before. */
    Rulebook after(Rulebook earlier) {
        before = Optional.of(earlier);
        return this;
    }

    /** Whether this NIC's packets to an address were ever routed that way before. */
    boolean wasRouted(NicId sender, Ipv4 to, Optional<Passage> passage) {
        for (Optional<Rulebook> past = before; past.isPresent(); past = past.get().before) {
            if (past.get().routed(sender, to).equals(passage)) {
                return true;
            }
        }
        return false;
    }

    private Optional<FlowPath> arriving(Nic sender, NetId net, Ipv4 to, Optional<Passage> through) {
        return awake.keySet().stream()
                .map(nics::get)
                .filter(nic -> nic.net().equals(net) && nic.addresses().contains(to))
                .findFirst()
                .map(nic -> new FlowPath(through, sender.id(), awake.get(sender.id()), nic.id(), awake.get(nic.id())));
    }

    /** Where the longest prefix leads (R2): to a peering, or to the internet service of the Net itself (X5). */
    private Optional<Passage> routed(SubnetId from, Ipv4 to) {
        return tables.get(from).routes().stream()
                .filter(route -> route.destination().contains(to))
                .max(Comparator.comparingInt(route -> route.destination().length()))
                .map(Route::target)
                .flatMap(target -> passage(from, target));
    }

    private Optional<Passage> passage(SubnetId from, RouteTarget target) {
        return switch (target) {
            case RouteTarget.Peering(NetPeeringId id) -> Optional.of(new Passage.Peering(id));
            case RouteTarget.InternetService(InternetServiceId id)
            when id.equals(services.get(subnets.get(from).net())) -> Optional.of(new Passage.Exit());
            default -> Optional.empty();
        };
    }

    /** Whether the ACLs of both Subnets let it cross their borders, which they judge each packet at, by itself (N2, N3). */
    boolean crosses(Packet packet, FlowPath way) {
        SubnetId from = nics.get(way.from()).subnet();
        SubnetId to = nics.get(way.to()).subnet();
        return from.equals(to)
                || leaves(packet, way.from())
                        && passes(
                                acls.get(to),
                                Direction.INBOUND,
                                packet,
                                seen(packet, way).source());
    }

    /** Whether the sender's lets it out. */
    boolean leaves(Packet packet, NicId sender) {
        return passes(acls.get(nics.get(sender).subnet()), Direction.OUTBOUND, packet, packet.to());
    }

    private static boolean passes(NetworkAcl acl, Direction direction, Packet packet, Ipv4 other) {
        return acl.entries(direction)
                .filter(entry -> entry.traffic().covers(packet.traffic())
                        && entry.range().contains(other))
                .min(Comparator.comparingInt(AclEntry::number))
                .filter(AclEntry::allows)
                .isPresent();
    }

    /** Whether the sender's groups let such a packet go as the first of a flow (S2, S4, S5). */
    boolean letsOut(Packet packet, FlowPath way) {
        return anyRule(nics.get(way.from()), Direction.OUTBOUND, packet.traffic(), nics.get(way.to()), packet.to());
    }

    /** The same, for a packet to where nobody is. */
    boolean letsOut(Packet packet, NicId sender) {
        return nics.get(sender).groups().stream()
                .flatMap(group -> groups.get(group).rules(Direction.OUTBOUND))
                .filter(rule -> rule.traffic().covers(packet.traffic()))
                .anyMatch(rule ->
                        rule.counterpart() instanceof Counterpart.Range(Cidr range) && range.contains(packet.to()));
    }

    /** Whether the receiver's groups let such a packet come. */
    boolean letsIn(Packet packet, FlowPath way) {
        return anyRule(
                nics.get(way.to()),
                Direction.INBOUND,
                packet.traffic(),
                nics.get(way.from()),
                seen(packet, way).source());
    }

    private boolean anyRule(Nic judging, Direction direction, Traffic traffic, Nic other, Ipv4 address) {
        return judging.groups().stream()
                .flatMap(group -> groups.get(group).rules(direction))
                .filter(rule -> rule.traffic().covers(traffic))
                .anyMatch(rule -> switch (rule.counterpart()) {
                    case Counterpart.Range(AddressRange range) -> range.contains(address);
                    case Counterpart.Group(SecurityGroupId group, AccountId _) ->
                        other.groups().contains(group) && other.addresses().contains(address);
                });
    }
}
