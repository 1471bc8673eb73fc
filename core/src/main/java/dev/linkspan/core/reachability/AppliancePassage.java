package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.reachability.Step.Outcome;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.Direction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A packet's way by a NIC of its Net that is handed it whatever its destination, because a route leads there, and on from there as
 * it is (X6). It is judged by the NIC's groups as if the packet were for it, and as what its VM sends by those of the NIC that it
 * goes on by. Whether the VM passes it on nobody but that knows: the way on is the one that it takes if it does.
 *
 * @param leg on which part of its way the packet is
 * @param from who sends it
 * @param exit the NIC through which it does
 * @param nic the one that it is handed to
 * @param vm the one that has it
 * @param address where the packet is to go
 */
record AppliancePassage(
        Decisions decisions, Leg leg, ResolvedEndpoint from, Optional<Nic> exit, Nic nic, Vm vm, Ipv4 address) {

    /** By the NIC to which the sender's routes lead what is for the address, if they do; no machine is handed what it sends itself. */
    static Optional<AppliancePassage> routed(Decisions decisions, Leg leg, ResolvedEndpoint from, Ipv4 address) {
        Optional<Nic> exit = from.exitTo(address);
        return from.applianceTo(address)
                .flatMap(nic -> vmOf(from, nic.id())
                        .filter(vm -> from.vmId().filter(vm.id()::equals).isEmpty())
                        .map(vm -> new AppliancePassage(decisions, leg, from, exit, nic, vm, address)));
    }

    /**
     * Where a route to a NIC leads.
     *
     * @param whileItRuns what that is, if the NIC's VM runs
     */
    static Outcome outcome(ResolvedEndpoint seat, NicId id, Outcome whileItRuns) {
        return vmOf(seat, id)
                .map(vm -> vm.state() == VmState.RUNNING ? whileItRuns : Outcome.APPLIANCE_STOPPED)
                .orElse(Outcome.APPLIANCE_UNLINKED);
    }

    private static Optional<Vm> vmOf(ResolvedEndpoint seat, NicId id) {
        return seat.net().nic(id).flatMap(Nic::link).map(NicLink::vm).flatMap(seat.net()::vm);
    }

    /** Whether what goes from this NIC to the appliance stays in one Subnet. */
    boolean isBeside(Nic other) {
        return other.subnet().equals(nic.subnet());
    }

    /** What has it taken in where it is stopped. */
    List<Remedy> start() {
        return List.of(new Remedy.StartVm(from.owner(), vm.id()));
    }

    /** Where it passes on what it is handed. */
    ResolvedEndpoint seat() {
        return ResolvedEndpoint.of(from.net(), nic);
    }

    /** The NIC by which it does. */
    Nic onward() {
        return seat().exitTo(address).orElse(nic);
    }

    /** The table that decides for what it passes on. */
    RouteTable table() {
        return seat().table(Optional.of(onward()));
    }

    /** The NAT service to which it passes on, where that table leads to one. */
    Optional<NatPassage> natService() {
        return seat().natServiceTo(address)
                .flatMap(service ->
                        service.nic().map(its -> new NatPassage(decisions, from, Optional.of(onward()), service, its)));
    }

    /** The packet gets there. */
    void there() {
        ResolvedEndpoint seat = seat();
        if (exit.filter(this::isBeside).isEmpty()) {
            decisions.border(leg, Direction.INBOUND, seat, nic, FarEnd.at(from.address(), Optional.of(from)));
        }
        decisions.subregion(leg, seat, nic);
        if (leg == Leg.THERE) {
            decisions.groups(Direction.INBOUND, seat, nic, sender());
        }
        decisions.destinationCheck(leg, seat, nic);
        decisions.note(new Step.Appliance(leg, from.netId(), nic.id(), vm.id()), List.of());
    }

    /**
     * It goes on, as far as the border of the appliance's Subnet.
     *
     * @param goal whom it is for
     * @param natService the one that it goes to, if any
     */
    void on(FarEnd goal, Optional<NatPassage> natService) {
        Nic onward = onward();
        if (!onward.equals(nic)) {
            decisions.sourceCheck(leg, from.address(), seat(), onward);
        }
        if (leg == Leg.THERE) {
            decisions.groups(Direction.OUTBOUND, seat(), onward, goal);
        }
        if (natService.filter(it -> it.isBeside(onward)).isEmpty()) {
            decisions.border(leg, Direction.OUTBOUND, seat(), onward, goal);
        }
    }

    /** A packet that leaves through another NIC than its address's is not one of a member. */
    private FarEnd sender() {
        return new FarEnd(
                from.address(),
                exit.equals(from.nic()) ? from.memberships(from.net()) : Set.of(),
                Optional.of(from.neighbourhood()));
    }
}
