package dev.linkspan.core.plan;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * The network of one Net that must exist, for any driver: everything decided, nothing looked up. Two plans are equal
 * exactly when the packets of the Net are treated the same, and the same is asked for; every collection is in a stable order.
 *
 * @param range the Net's own range: what is in it never leaves the Net (R1)
 * @param gateways each Subnet's range, on whose {@code .1} the router answers
 * @param ports every NIC that is linked to a VM, by NIC
 * @param natServices those that stand in its Subnets, by id (X4)
 * @param peerings the active peerings, by id (R4)
 * @param requested the peerings that are asked for, by id: they carry nothing, and a driver may prepare for them
 * @param tables the route tables that Subnets of the Net use, by id
 * @param groups the security groups that NICs of the Net have, by id
 * @param members for each group that a rule names: who is in it, seen from this Net (S5)
 * @param borders what may cross the border of a Subnet, for those whose network ACL does not let everything pass (N3)
 * @param exit the way to the outside, where the Net has one (X3)
 */
public record NetPlan(
        NetId net,
        Cidr range,
        Map<SubnetId, Cidr> gateways,
        Map<NicId, Port> ports,
        Map<NatServiceId, NatService> natServices,
        Map<NetPeeringId, PeeringLink> peerings,
        Map<NetPeeringId, PeeringLink> requested,
        Map<RouteTableId, Table> tables,
        Map<SecurityGroupId, GroupRules> groups,
        Map<SecurityGroupId, Set<Member>> members,
        Map<SubnetId, Border> borders,
        Optional<NetPlan.Exit> exit) {

    /** The NICs to which a route leads, in the order of {@link #ports}. */
    public List<Port> appliances() {
        Set<NextHop> targets = tables.values().stream()
                .flatMap(table -> table.routes().values().stream())
                .filter(NextHop.Nic.class::isInstance)
                .collect(Collectors.toSet());
        return targets.isEmpty()
                ? List.of()
                : ports.values().stream()
                        .filter(port -> targets.contains(new NextHop.Nic(port.nic())))
                        .toList();
    }

    /** The first NIC of each machine that has one here. */
    public Map<VmId, Port> firstPorts() {
        return ports.values().stream()
                .collect(Collectors.toMap(
                        Port::vm, port -> port, BinaryOperator.minBy(Comparator.comparingInt(Port::deviceNumber))));
    }

    /** The same with other route tables. */
    public NetPlan withTables(Map<RouteTableId, Table> changed) {
        return new NetPlan(
                net, range, gateways, ports, natServices, peerings, requested, changed, groups, members, borders, exit);
    }

    /** The same with other NAT services. */
    public NetPlan withNatServices(Map<NatServiceId, NatService> changed) {
        return new NetPlan(
                net, range, gateways, ports, changed, peerings, requested, tables, groups, members, borders, exit);
    }

    /** The same with other NICs, and other members of the groups. */
    public NetPlan with(Map<NicId, Port> otherPorts, Map<SecurityGroupId, Set<Member>> otherMembers) {
        return new NetPlan(
                net,
                range,
                gateways,
                otherPorts,
                natServices,
                peerings,
                requested,
                tables,
                groups,
                otherMembers,
                borders,
                exit);
    }

    /** The same for a driver that prepares nothing: as though nobody asked for any peering. */
    public NetPlan withoutRequests() {
        if (requested.isEmpty()) {
            return this;
        }
        Map<RouteTableId, Table> changed = new LinkedHashMap<>();
        tables.forEach((id, table) -> changed.put(id, table.withoutRequests()));
        return new NetPlan(
                net, range, gateways, ports, natServices, peerings, Map.of(), changed, groups, members, borders, exit);
    }

    /**
     * A NIC in a VM.
     *
     * @param deviceNumber its place in the VM, 0 for {@code eth0}
     * @param subnet its Subnet, inside which no network ACL judges
     * @param subnetRange the range of its Subnet, for the VM's own configuration
     * @param table the route table that decides for what it sends
     * @param groups whose rules apply, in a stable order; their union counts
     * @param checked whether it may only send from its own MAC and addresses (S6)
     * @param up whether it exchanges packets: the VM runs and its Subregion has not failed
     */
    public record Port(
            NicId nic,
            VmId vm,
            int deviceNumber,
            MacAddress mac,
            List<Ipv4> addresses,
            SubnetId subnet,
            Cidr subnetRange,
            RouteTableId table,
            List<SecurityGroupId> groups,
            boolean checked,
            boolean up) {}

    /**
     * What sends the packets that routes lead to it on with its own address, and hands the answers back. Nobody begins a flow
     * to it.
     *
     * @param subnet where it stands: inside it no network ACL judges
     * @param table the route table that decides for what it sends
     * @param up whether it exchanges packets: its Subregion has not failed
     */
    public record NatService(NatServiceId id, Ipv4 address, SubnetId subnet, RouteTableId table, boolean up) {}

    /**
     * The way to a peer.
     *
     * @param peer the other Net
     * @param peerRange the only addresses that may come from there, and the only ones that may be reached there (R2, S6)
     */
    public record PeeringLink(NetPeeringId id, NetId peer, Cidr peerRange) {}

    /**
     * The way to the outside, by the Net's internet service.
     *
     * @param publicAddresses by the private address of this Net that each stands for, one to one, both ways; who has none does
     *     not get out
     */
    public record Exit(Map<Ipv4, Ipv4> publicAddresses) {}

    /** A route table, without the local route, which every table has: destination to where, by destination. */
    public record Table(RouteTableId id, Map<Cidr, NextHop> routes) {

        private Table withoutRequests() {
            if (routes.values().stream().noneMatch(NextHop.Requested.class::isInstance)) {
                return this;
            }
            Map<Cidr, NextHop> changed = new LinkedHashMap<>(routes);
            changed.replaceAll((_, hop) -> hop instanceof NextHop.Requested ? new NextHop.Blackhole() : hop);
            return new Table(id, Collections.unmodifiableMap(changed));
        }
    }

    /** Where a route leads. */
    public sealed interface NextHop {

        /** Into a peering that is active. */
        record Peering(NetPeeringId id) implements NextHop {}

        /** Into a peering that is asked for: its packets are dropped as long as nobody accepts it (R4). */
        record Requested(NetPeeringId id) implements NextHop {}

        /** To the outside. */
        record Exit() implements NextHop {}

        /** To a NAT service, which passes it on. */
        record Nat(NatServiceId id) implements NextHop {}

        /** To a NIC that is up and takes in what is not for its addresses: it is handed over whatever its destination (X6). */
        record Nic(NicId id) implements NextHop {}

        /** Nowhere: its packets are dropped (R4). */
        record Blackhole() implements NextHop {}

        /** The active peering that it leads into, if it is one. */
        default Optional<NetPeeringId> peering() {
            return switch (this) {
                case Peering(NetPeeringId id) -> Optional.of(id);
                case Requested _, NextHop.Exit(), Nat _, Nic _, Blackhole() -> Optional.empty();
            };
        }
    }

    /** A security group's rules, merged: what it lets in and what it lets out. */
    public record GroupRules(SecurityGroupId id, List<GroupRule> inbound, List<GroupRule> outbound) {}

    /**
     * What may cross a Subnet's border: the first entry that speaks of a packet decides, and without one it is dropped (N2).
     *
     * @param inbound for packets that come from outside the Subnet
     * @param outbound for packets that leave it
     */
    public record Border(List<BorderEntry> inbound, List<BorderEntry> outbound) {}

    /**
     * An entry of a network ACL.
     *
     * @param traffic by destination port, or ICMP type, of the packet itself
     * @param range where it comes from, or goes to
     */
    public record BorderEntry(Traffic traffic, Cidr range, boolean allows) {}

    /**
     * Someone whom a rule may name by a group.
     *
     * @param link what its packets come and go through, seen from this Net
     */
    public record Member(Link link, Ipv4 address) {}

    /** A way into the Net's router. */
    public sealed interface Link {

        /** A NIC of this Net. */
        record ToNic(NicId nic) implements Link {}

        /** An active peering. */
        record ToPeer(NetPeeringId peering) implements Link {}
    }
}
