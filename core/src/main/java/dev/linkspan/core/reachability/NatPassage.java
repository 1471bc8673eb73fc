package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.Direction;
import java.util.List;
import java.util.Optional;

/**
 * A packet's way through a NAT service of its Net, which sends it on with its own address, and the reply's back through it
 * (X4). It has no security groups. At the border of its Subnet the packet is judged as it comes in, and again as it goes on.
 *
 * @param from who sends the packet
 * @param exit the NIC through which it does
 * @param service the NAT service's address, from which the packet comes for whoever receives it
 * @param nic the NAT service's
 */
record NatPassage(Decisions decisions, ResolvedEndpoint from, Optional<Nic> exit, ResolvedEndpoint service, Nic nic) {

    /** By the NAT service to which the sender's routes lead what is for the address, if they do. */
    static Optional<NatPassage> routed(Decisions decisions, ResolvedEndpoint from, Ipv4 address) {
        return from.natServiceTo(address).flatMap(service -> through(decisions, from, address, service));
    }

    /** By this one, wherever routes lead. */
    static Optional<NatPassage> through(
            Decisions decisions, ResolvedEndpoint from, Ipv4 address, ResolvedEndpoint service) {
        return service.nic().map(nic -> new NatPassage(decisions, from, from.exitTo(address), service, nic));
    }

    NatServiceId id() {
        return nic.natService().orElseThrow();
    }

    /** The table that decides for what it sends. */
    RouteTable table() {
        return service.table(Optional.of(nic));
    }

    /** Whether what goes from this NIC to the NAT service, or back, stays in one Subnet. */
    boolean isBeside(Nic other) {
        return other.subnet().equals(nic.subnet());
    }

    /** The packet gets there and on, as far as the border of its Subnet. */
    void there(FarEnd goal) {
        if (exit.filter(this::isBeside).isEmpty()) {
            decisions.border(Leg.THERE, Direction.INBOUND, service, nic, FarEnd.at(from.address(), Optional.of(from)));
        }
        decisions.subregion(Leg.THERE, service, nic);
        translate(Leg.THERE, from.address(), service.address());
        decisions.border(Leg.THERE, Direction.OUTBOUND, service, nic, goal);
    }

    /** The reply gets there, and on to the sender. */
    void back(FarEnd goal) {
        decisions.border(Leg.BACK, Direction.INBOUND, service, nic, goal);
        translate(Leg.BACK, service.address(), from.address());
        from.nic().filter(own -> !isBeside(own)).ifPresent(own -> {
            FarEnd sender = FarEnd.at(from.address(), Optional.of(from));
            decisions.border(Leg.BACK, Direction.OUTBOUND, service, nic, sender);
            decisions.border(Leg.BACK, Direction.INBOUND, from, own, goal);
        });
    }

    private void translate(Leg leg, Ipv4 before, Ipv4 after) {
        decisions.note(new Step.Translating(leg, service.netId(), id(), decisions.packet(), before, after), List.of());
    }
}
