package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Subnet's border, crossed in one direction, for sets of addresses (N3).
 *
 * @param inside the Subnet's own range, with which nothing crosses it
 * @param always the address with which it is crossed, whatever the far end's is: on the way to a NAT service, and back
 */
record BorderSets(NetworkAcl acl, Direction direction, Cidr inside, Optional<Ipv4> always) {

    private static final CidrSet EVERYWHERE = CidrSet.of(List.of(Cidr.ALL));

    /** What passes with each of the addresses. */
    record Passing(Traffic traffic, CidrSet addresses) {}

    /** Ports about which no entry has decided yet, with these addresses. */
    private record Undecided(PortSet ports, CidrSet addresses) {}

    /** One that is crossed with the far end's address. */
    BorderSets(NetworkAcl acl, Direction direction, Cidr inside) {
        this(acl, direction, inside, Optional.empty());
    }

    boolean isOpen() {
        return acl.allowsAll(direction);
    }

    /** The addresses with which the whole of this traffic passes. */
    CidrSet addresses(Traffic traffic) {
        CidrSet passing = crossing(traffic);
        return always.map(it -> passing.contains(it) ? EVERYWHERE : CidrSet.EMPTY)
                .orElse(passing);
    }

    private CidrSet crossing(Traffic traffic) {
        CidrSet own = CidrSet.of(List.of(inside));
        return traffic instanceof Traffic.Ports ports
                ? own.union(decide(ports, new ArrayList<>()))
                : own.union(withoutPorts(traffic));
    }

    /** Which parts of this traffic pass. */
    List<Passing> parts(Traffic traffic) {
        List<Passing> parts = new ArrayList<>();
        if (traffic instanceof Traffic.Ports ports) {
            parts.add(new Passing(traffic, CidrSet.of(List.of(inside))));
            decide(ports, parts);
        } else {
            parts.add(new Passing(traffic, crossing(traffic)));
        }
        return always.map(it -> parts.stream()
                        .filter(part -> part.addresses().contains(it))
                        .map(part -> new Passing(part.traffic(), EVERYWHERE))
                        .toList())
                .orElse(parts);
    }

    /**
     * Follows the entries; answers the addresses with which all of the ports pass.
     *
     * @param parts gets what passes
     */
    private CidrSet decide(Traffic.Ports traffic, List<Passing> parts) {
        CidrSet whole = CidrSet.EMPTY;
        List<Undecided> undecided =
                List.of(new Undecided(PortSet.of(traffic.from(), traffic.to()), EVERYWHERE.minus(inside)));
        for (AclEntry entry : entries()) {
            PortSet spoken = BorderJudgement.ports(entry, traffic.protocol());
            CidrSet range = CidrSet.of(List.of((Cidr) entry.range()));
            List<Undecided> left = new ArrayList<>();
            for (Undecided open : undecided) {
                add(left, open.ports(), open.addresses().minus(range));
                CidrSet met = open.addresses().intersection(range);
                PortSet after = open.ports().minus(spoken);
                PortSet decided = open.ports().minus(after);
                if (decided.isEmpty() || entry.allows()) {
                    add(left, after, met);
                }
                if (entry.allows() && !met.isEmpty()) {
                    decided.ranges()
                            .forEach(it -> parts.add(
                                    new Passing(new Traffic.Ports(traffic.protocol(), it.first(), it.last()), met)));
                    whole = after.isEmpty() ? whole.union(met) : whole;
                }
            }
            undecided = left;
        }
        return whole;
    }

    private static void add(List<Undecided> undecided, PortSet ports, CidrSet addresses) {
        if (!ports.isEmpty() && !addresses.isEmpty()) {
            undecided.add(new Undecided(ports, addresses));
        }
    }

    private CidrSet withoutPorts(Traffic traffic) {
        CidrSet allowed = CidrSet.EMPTY;
        CidrSet undecided = EVERYWHERE.minus(inside);
        for (AclEntry entry : entries()) {
            CidrSet met = undecided.intersection(CidrSet.of(List.of((Cidr) entry.range())));
            if (entry.traffic().covers(traffic)) {
                allowed = entry.allows() ? allowed.union(met) : allowed;
                undecided = undecided.minus(met);
            } else if (!entry.allows() && traffic.covers(entry.traffic()) && traffic instanceof Traffic.Icmp) {
                undecided = undecided.minus(met);
            }
        }
        return allowed;
    }

    private List<AclEntry> entries() {
        return acl.entries(direction)
                .filter(entry -> entry.range() instanceof Cidr)
                .toList();
    }
}
