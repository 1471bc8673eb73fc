package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.FlowTables.FlowTable;
import dev.linkspan.core.reachability.Step.Outcome;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteLookup;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RuleEvaluation;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One packet's way, and its reply's: walked once, noting each decision. */
final class Walk {

    /** The ICMP messages that are answered (RFC 792, RFC 950): only with these a flow begins, says the kernel. */
    static final List<Integer> ICMP_REQUESTS = List.of(8, 13, 15, 17);

    private static final int ECHO_REQUEST = 8;

    private final RegionView region;
    private final FlowTables flowTables;
    private final Question question;
    private final ResolvedEndpoint from;
    private final Ipv4 address;
    private final Optional<ResolvedEndpoint> to;
    private final List<Step> steps = new ArrayList<>(16);
    private final List<Cause> causes = new ArrayList<>(4);

    /** @param to who is meant by the address; empty where nobody can be */
    Walk(
            RegionView region,
            FlowTables flowTables,
            Question question,
            ResolvedEndpoint from,
            Ipv4 address,
            Optional<ResolvedEndpoint> to) {
        this.region = region;
        this.flowTables = flowTables;
        this.question = question;
        this.from = from;
        this.address = address;
        this.to = to;
    }

    Trace trace() {
        machine(Leg.THERE, Direction.OUTBOUND, from);
        if (to.isEmpty()) {
            leave();
            route(Leg.THERE, from, from.exitTo(address), address, Optional.empty(), Optional.empty());
        } else if (to.get().netId().equals(from.netId())) {
            inside(to.get());
        } else {
            across(to.get());
        }
        return new Trace(question, from.site(), to.map(ResolvedEndpoint::site), address, steps, Verdict.of(causes));
    }

    private void leave() {
        if (question.packet() instanceof Traffic.Icmp icmp && !ICMP_REQUESTS.contains(icmp.type())) {
            note(new Step.Beginning(Leg.THERE, from.netId(), question.packet(), false), List.of());
        }
        from.exitTo(address).ifPresent(nic -> {
            sourceCheck(Leg.THERE, from, nic);
            groups(Direction.OUTBOUND, from, nic, address, to);
            leaveSubnet(Leg.THERE, from, nic, address, to, question.packet());
            tracked(from.netId(), Optional.of(nic.id()), Optional.empty());
        });
    }

    private void inside(ResolvedEndpoint target) {
        if (from.vmId().isPresent() && from.vmId().equals(target.vmId())) {
            note(new Step.InsideMachine(Leg.THERE, from.netId(), from.vmId().get()), List.of());
            return;
        }
        if (isGateway(target)) {
            from.exitTo(address).ifPresent(nic -> sourceCheck(Leg.THERE, from, nic));
            from.exitTo(address).ifPresent(nic -> tracked(from.netId(), Optional.of(nic.id()), Optional.empty()));
            boolean answers = question.packet() instanceof Traffic.Icmp icmp && icmp.type() == ECHO_REQUEST;
            note(new Step.Router(Leg.THERE, from.netId(), address, answers), List.of());
            return;
        }
        leave();
        route(Leg.THERE, from, from.exitTo(address), address, to, Optional.empty());
        arrive(target);
        reply(target, Optional.empty());
    }

    private boolean isGateway(ResolvedEndpoint target) {
        return target.subnet()
                .filter(subnet -> subnet.gateway().equals(address))
                .isPresent();
    }

    private void across(ResolvedEndpoint target) {
        if (from.range().overlaps(target.range())) {
            leave();
            RouteTable table = from.table(from.exitTo(address));
            note(
                    new Step.Routing(
                            Leg.THERE,
                            from.netId(),
                            table.id(),
                            address,
                            RouteLookup.winner(table, address),
                            Optional.empty(),
                            Outcome.OVERLAP),
                    List.of());
            return;
        }
        Optional<NetPeering> peering = connecting(target);
        leave();
        route(Leg.THERE, from, from.exitTo(address), address, to, peering);
        cross(target, peering);
        arrive(target);
        peering.filter(NetPeering::isActive)
                .ifPresent(it -> tracked(target.netId(), Optional.empty(), Optional.of(it.id())));
        reply(target, peering);
    }

    /** The peering that connects the two Nets: the active one, else one that may be; the one with a route first. */
    private Optional<NetPeering> connecting(ResolvedEndpoint target) {
        List<NetPeering> live = from.net().peeringsWith(target.netId());
        Optional<NetPeeringId> routed = RouteLookup.winner(from.table(from.exitTo(address)), address)
                .flatMap(winner -> winner.target().peering());
        return live.stream()
                .filter(NetPeering::isActive)
                .findFirst()
                .or(() -> live.stream()
                        .filter(it -> routed.filter(it.id()::equals).isPresent())
                        .findFirst())
                .or(() -> live.stream().findFirst());
    }

    private void machine(Leg leg, Direction direction, ResolvedEndpoint seat) {
        note(
                new Step.Machine(
                        leg,
                        seat.netId(),
                        direction,
                        seat.address(),
                        seat.nic().map(Nic::id),
                        seat.vmId(),
                        condition(seat)),
                seat.vmId().<Remedy>map(vm -> new Remedy.StartVm(seat.owner(), vm)).stream()
                        .toList());
        if (seat.nic().isPresent()) {
            SubregionName subregion =
                    seat.net().subnet(seat.nic().get().subnet()).subregion();
            note(
                    new Step.InSubregion(leg, seat.netId(), subregion, region.failed(subregion)),
                    List.of(new Remedy.HealSubregion(subregion)));
        }
    }

    private static Step.Condition condition(ResolvedEndpoint seat) {
        if (seat.nic().isEmpty()) {
            return Step.Condition.NOBODY;
        }
        return seat.vm()
                .map(Vm::state)
                .map(state -> state == VmState.RUNNING ? Step.Condition.RUNNING : Step.Condition.STOPPED)
                .orElse(Step.Condition.NOT_LINKED);
    }

    private void sourceCheck(Leg leg, ResolvedEndpoint seat, Nic exit) {
        boolean own = exit.addresses().contains(seat.address());
        boolean primary = exit.link().filter(link -> link.primary()).isPresent();
        note(
                new Step.SourceCheck(leg, seat.netId(), exit.id(), seat.address(), own, exit.sourceDestChecked()),
                seat.vmId().filter(_ -> primary).<Remedy>map(vm -> new Remedy.UncheckSource(seat.owner(), vm)).stream()
                        .toList());
    }

    private void groups(
            Direction direction, ResolvedEndpoint seat, Nic nic, Ipv4 other, Optional<ResolvedEndpoint> otherSeat) {
        Set<SecurityGroupId> memberships =
                otherSeat.map(it -> memberships(direction, seat, it)).orElse(Set.of());
        Optional<Step.Allowance> allowance = RuleEvaluation.of(
                        seat.net().groupsOf(nic), direction, question.packet(), other, memberships)
                .map(it -> new Step.Allowance(it.group().id(), it.rule()));
        note(
                new Step.Groups(
                        Leg.THERE,
                        seat.netId(),
                        nic.id(),
                        direction,
                        question.packet(),
                        other,
                        nic.groups(),
                        allowance),
                otherSeat.map(it -> Remedies.rule(seat, nic, direction, question.packet(), it)).stream()
                        .toList());
    }

    /** A packet that leaves through another NIC than its address's is not one of a member, as its own Net sees it. */
    private Set<SecurityGroupId> memberships(Direction direction, ResolvedEndpoint asker, ResolvedEndpoint other) {
        boolean strange = direction == Direction.INBOUND
                && to.filter(it -> it.netId().equals(from.netId())).isPresent()
                && !from.exitTo(address).equals(from.nic());
        return strange ? Set.of() : other.memberships(asker.net());
    }

    /**
     * Chooses the route.
     *
     * @param exit the NIC through which the packet leaves
     * @param other who is meant by the address
     * @param wanted the peering that connects the two Nets
     */
    private void route(
            Leg leg,
            ResolvedEndpoint seat,
            Optional<Nic> exit,
            Ipv4 goal,
            Optional<ResolvedEndpoint> other,
            Optional<NetPeering> wanted) {
        RouteTable table = seat.table(exit);
        Optional<Route> route = RouteLookup.winner(table, goal);
        Optional<NetPeering> target =
                route.flatMap(winner -> winner.target().peering()).flatMap(region::peering);
        Outcome outcome = outcome(seat.netId(), route, target, goal, wanted);
        note(
                new Step.Routing(
                        leg,
                        seat.netId(),
                        table.id(),
                        goal,
                        route,
                        target.map(it -> it.stateAt(region.now()).name()),
                        outcome),
                other.map(it -> Remedies.route(region, seat, table, it, wanted.map(NetPeering::id))).stream()
                        .toList());
    }

    private Outcome outcome(
            NetId own, Optional<Route> route, Optional<NetPeering> target, Ipv4 goal, Optional<NetPeering> wanted) {
        if (route.isEmpty()) {
            return Outcome.NOWHERE;
        }
        return switch (route.get().target()) {
            case RouteTarget.Local _ -> Outcome.LOCAL;
            case RouteTarget.Peering _ -> through(own, target, goal, wanted);
            case RouteTarget.InternetService _ -> Outcome.BEYOND;
        };
    }

    private Outcome through(NetId own, Optional<NetPeering> target, Ipv4 goal, Optional<NetPeering> wanted) {
        Optional<NetPeering> live = target.filter(it -> it.stateAt(region.now()) instanceof PeeringState.Live);
        if (live.isEmpty()) {
            return Outcome.DEAD;
        }
        if (wanted.filter(it -> it.id().equals(live.get().id())).isPresent()) {
            return Outcome.THROUGH_PEERING;
        }
        return live.get().peerOf(own).range().contains(goal) ? Outcome.ELSEWHERE : Outcome.BEYOND;
    }

    private void cross(ResolvedEndpoint target, Optional<NetPeering> peering) {
        note(
                new Step.Crossing(
                        Leg.THERE,
                        from.netId(),
                        peering.map(NetPeering::id),
                        target.netId(),
                        target.range(),
                        peering.map(it -> it.stateAt(region.now()).name())),
                Remedies.peering(from, target, peering));
    }

    private void arrive(ResolvedEndpoint target) {
        machine(Leg.THERE, Direction.INBOUND, target);
        target.nic().ifPresent(nic -> {
            enterSubnet(Leg.THERE, target, nic, from, from.exitTo(address), question.packet());
            groups(Direction.INBOUND, target, nic, from.address(), Optional.of(from));
        });
    }

    /** Unless the packet stays in the Subnet (N3). */
    private void leaveSubnet(
            Leg leg, ResolvedEndpoint seat, Nic nic, Ipv4 goal, Optional<ResolvedEndpoint> other, Traffic packet) {
        boolean stays = other.flatMap(ResolvedEndpoint::nic)
                .filter(it -> it.subnet().equals(nic.subnet()))
                .isPresent();
        if (!stays) {
            border(leg, Direction.OUTBOUND, seat, nic, goal, other, packet);
        }
    }

    /** @param exit the NIC through which it was sent */
    private void enterSubnet(
            Leg leg, ResolvedEndpoint seat, Nic nic, ResolvedEndpoint sender, Optional<Nic> exit, Traffic packet) {
        boolean stays = exit.filter(it -> it.subnet().equals(nic.subnet())).isPresent();
        if (!stays) {
            border(leg, Direction.INBOUND, seat, nic, sender.address(), Optional.of(sender), packet);
        }
    }

    private void border(
            Leg leg,
            Direction direction,
            ResolvedEndpoint seat,
            Nic nic,
            Ipv4 other,
            Optional<ResolvedEndpoint> otherSeat,
            Traffic packet) {
        NetworkAcl acl = seat.net().view().acls().of(nic.subnet());
        if (acl.allowsAll(direction)) {
            return;
        }
        BorderJudgement judgement = BorderJudgement.of(acl, direction, packet, other);
        note(
                new Step.SubnetBorder(
                        leg,
                        seat.netId(),
                        nic.subnet(),
                        acl.id(),
                        direction,
                        packet,
                        other,
                        judgement.decision(),
                        judgement.passes()),
                otherSeat
                        .flatMap(it -> Remedies.aclEntry(seat, acl, direction, packet, judgement, it, proposed()))
                        .stream()
                        .toList());
    }

    private Stream<Remedy> proposed() {
        return causes.stream().flatMap(cause -> cause.remedies().stream());
    }

    /** Whether the router has room to remember the flow, which comes in by a NIC or a peering. */
    private void tracked(NetId net, Optional<NicId> nic, Optional<NetPeeringId> peering) {
        flowTables.flowTable(net).filter(FlowTable::drops).ifPresent(table -> {
            Optional<NicId> fullNic = nic.filter(table.fullNics()::contains);
            Optional<NetPeeringId> fullPeering = peering.filter(table.fullPeerings()::contains);
            if (table.full() || fullNic.isPresent() || fullPeering.isPresent()) {
                note(new Step.Tracking(Leg.THERE, net, fullNic, fullPeering, table.flows()), List.of());
            }
        });
    }

    private void reply(ResolvedEndpoint target, Optional<NetPeering> peering) {
        Optional<Nic> exit = target.exitTo(from.address());
        exit.ifPresent(nic -> sourceCheck(Leg.BACK, target, nic));
        Traffic answer = BorderJudgement.reply(question.packet());
        exit.ifPresent(nic -> leaveSubnet(Leg.BACK, target, nic, from.address(), Optional.of(from), answer));
        route(Leg.BACK, target, exit, from.address(), Optional.of(from), peering);
        from.nic().ifPresent(nic -> enterSubnet(Leg.BACK, from, nic, target, exit, answer));
    }

    private void note(Step step, List<Remedy> remedies) {
        steps.add(step);
        step.blockReason()
                .ifPresent(blockReason -> causes.add(new Cause(step, blockReason, removing(blockReason, remedies))));
    }

    /** Some reasons no call removes, whatever would help against others of the same step. */
    private static List<Remedy> removing(BlockReason blockReason, List<Remedy> remedies) {
        return switch (blockReason) {
            case NIC_NOT_LINKED, NOBODY_THERE, OVERLAP, ROUTER_SILENT, BEGINS_NO_FLOW, TOO_MANY_FLOWS -> List.of();
            case VM_STOPPED,
                    SUBREGION_FAILED,
                    SOURCE_CHECK,
                    NO_RULE,
                    NETWORK_ACL,
                    NO_ROUTE,
                    DEAD_ROUTE,
                    WRONG_ROUTE,
                    NOT_TRANSITIVE,
                    NO_PEERING,
                    PEERING_PENDING,
                    NOT_LET_IN,
                    NO_WAY_BACK -> remedies;
        };
    }
}
