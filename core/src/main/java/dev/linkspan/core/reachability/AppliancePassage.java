package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.reachability.Step.Outcome;
import dev.linkspan.core.securitygroup.Direction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A packet's way to a NIC of its Net that is handed it whatever its destination, because a route leads there (X6). It is judged
 * by the NIC's groups as if the packet were for it. What the NIC's VM does with it nobody but that knows, so the way ends here.
 *
 * @param from who sends the packet
 * @param exit the NIC through which it does
 * @param nic the one that it is handed to
 * @param vm the one that has it
 */
record AppliancePassage(Decisions decisions, ResolvedEndpoint from, Optional<Nic> exit, Nic nic, Vm vm) {

    /** To the NIC to which the sender's routes lead what is for the address, if they do; a NIC is handed nothing that it sends. */
    static Optional<AppliancePassage> routed(Decisions decisions, ResolvedEndpoint from, Ipv4 address) {
        Optional<Nic> exit = from.exitTo(address);
        return from.applianceTo(address)
                .filter(nic -> exit.filter(nic::equals).isEmpty())
                .flatMap(nic -> vmOf(from, nic.id()).map(vm -> new AppliancePassage(decisions, from, exit, nic, vm)));
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

    /** The packet gets there. */
    void there() {
        ResolvedEndpoint seat = ResolvedEndpoint.of(from.net(), nic);
        if (exit.filter(this::isBeside).isEmpty()) {
            decisions.border(Leg.THERE, Direction.INBOUND, seat, nic, FarEnd.at(from.address(), Optional.of(from)));
        }
        decisions.subregion(Leg.THERE, seat, nic);
        decisions.groups(Direction.INBOUND, seat, nic, sender());
        decisions.destinationCheck(seat, nic);
        decisions.note(new Step.Appliance(Leg.THERE, from.netId(), nic.id(), vm.id()), List.of());
    }

    /** A packet that leaves through another NIC than its address's is not one of a member. */
    private FarEnd sender() {
        return new FarEnd(
                from.address(),
                exit.equals(from.nic()) ? from.memberships(from.net()) : Set.of(),
                Optional.of(from.neighbourhood()));
    }
}
