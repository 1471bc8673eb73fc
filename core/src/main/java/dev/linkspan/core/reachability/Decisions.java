package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.FlowTables.FlowTable;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RuleEvaluation;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is decided about one packet and its reply, noted in order: whoever walks their way says where what is met. */
final class Decisions {

    /** The ICMP messages that are answered (RFC 792, RFC 950): only with these a flow begins, says the kernel. */
    static final List<Integer> ICMP_REQUESTS = List.of(8, 13, 15, 17);

    private final RegionView region;
    private final FlowTables flowTables;
    private final Question question;
    private final List<Step> steps = new ArrayList<>(16);
    private final List<Cause> causes = new ArrayList<>(4);

    Decisions(RegionView region, FlowTables flowTables, Question question) {
        this.region = region;
        this.flowTables = flowTables;
        this.question = question;
    }

    RegionView region() {
        return region;
    }

    Question question() {
        return question;
    }

    Traffic packet() {
        return question.packet();
    }

    List<Step> steps() {
        return steps;
    }

    Verdict verdict() {
        return Verdict.of(causes);
    }

    void begins(NetId net) {
        if (packet() instanceof Traffic.Icmp icmp && !ICMP_REQUESTS.contains(icmp.type())) {
            note(new Step.Beginning(Leg.THERE, net, packet(), false), List.of());
        }
    }

    void machine(Leg leg, Direction direction, ResolvedEndpoint seat) {
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
        seat.nic().ifPresent(nic -> subregion(leg, seat, nic));
    }

    void subregion(Leg leg, ResolvedEndpoint seat, Nic nic) {
        SubregionName subregion = seat.net().subnet(nic.subnet()).subregion();
        note(
                new Step.InSubregion(leg, seat.netId(), subregion, region.failed(subregion)),
                List.of(new Remedy.HealSubregion(subregion)));
    }

    private static Step.Condition condition(ResolvedEndpoint seat) {
        if (seat.nic().isEmpty()) {
            return Step.Condition.NOBODY;
        }
        if (seat.nic().get().natService().isPresent()) {
            return Step.Condition.NAT_SERVICE;
        }
        return seat.vm()
                .map(Vm::state)
                .map(state -> state == VmState.RUNNING ? Step.Condition.RUNNING : Step.Condition.STOPPED)
                .orElse(Step.Condition.NOT_LINKED);
    }

    /** @param exit the NIC through which the machine sends */
    void sourceCheck(Leg leg, ResolvedEndpoint seat, Nic exit) {
        sourceCheck(leg, seat.address(), seat, exit);
    }

    /** @param source the address with which it does */
    void sourceCheck(Leg leg, Ipv4 source, ResolvedEndpoint seat, Nic exit) {
        boolean own = exit.addresses().contains(source);
        boolean primary = exit.link().filter(link -> link.primary()).isPresent();
        note(
                new Step.SourceCheck(leg, seat.netId(), exit.id(), source, own, exit.sourceDestChecked()),
                seat.vmId().filter(_ -> primary).<Remedy>map(vm -> new Remedy.UncheckSource(seat.owner(), vm)).stream()
                        .toList());
    }

    /** @param nic the one that is handed what is for others */
    void destinationCheck(Leg leg, ResolvedEndpoint seat, Nic nic) {
        boolean primary = nic.link().filter(link -> link.primary()).isPresent();
        note(
                new Step.DestinationCheck(leg, seat.netId(), nic.id(), nic.sourceDestChecked()),
                seat.vmId().filter(_ -> primary).<Remedy>map(vm -> new Remedy.UncheckSource(seat.owner(), vm)).stream()
                        .toList());
    }

    /** Those of a NIC; they are asked about the packet, and not about its reply (S3). A NAT service's has none. */
    void groups(Direction direction, ResolvedEndpoint seat, Nic nic, FarEnd other) {
        if (nic.natService().isPresent()) {
            return;
        }
        Optional<Step.Allowance> allowance = RuleEvaluation.of(
                        seat.net().groupsOf(nic), direction, packet(), other.address(), other.memberships())
                .map(it -> new Step.Allowance(it.group().id(), it.rule()));
        note(
                new Step.Groups(
                        Leg.THERE,
                        seat.netId(),
                        nic.id(),
                        direction,
                        packet(),
                        other.address(),
                        nic.groups(),
                        allowance),
                other.neighbourhood().map(it -> Remedies.rule(seat, nic, direction, packet(), it)).stream()
                        .toList());
    }

    /** A packet, or its reply, crosses the border of the NIC's Subnet (N3). */
    void border(Leg leg, Direction direction, ResolvedEndpoint seat, Nic nic, FarEnd other) {
        NetworkAcl acl = seat.net().view().acls().of(nic.subnet());
        if (acl.allowsAll(direction)) {
            return;
        }
        Traffic crossing = leg == Leg.THERE ? packet() : BorderJudgement.reply(packet());
        BorderJudgement judgement = BorderJudgement.of(acl, direction, crossing, other.address());
        note(
                new Step.SubnetBorder(
                        leg,
                        seat.netId(),
                        nic.subnet(),
                        acl.id(),
                        direction,
                        crossing,
                        other.address(),
                        judgement.decision(),
                        judgement.passes()),
                other
                        .neighbourhood()
                        .flatMap(it -> Remedies.aclEntry(seat, acl, direction, crossing, judgement, it, proposed()))
                        .stream()
                        .toList());
    }

    /** What is called for already: what is called for next must go together with it. */
    List<Remedy> proposed() {
        return causes.stream().flatMap(cause -> cause.remedies().stream()).toList();
    }

    /** Whether the router has room to remember the flow, which comes in by a NIC, by a peering, or from outside. */
    void tracked(NetId net, Optional<NicId> nic, Optional<NetPeeringId> peering) {
        flowTables.flowTable(net).filter(FlowTable::drops).ifPresent(table -> {
            Optional<NicId> fullNic = nic.filter(table.fullNics()::contains);
            Optional<NetPeeringId> fullPeering = peering.filter(table.fullPeerings()::contains);
            if (table.full() || fullNic.isPresent() || fullPeering.isPresent()) {
                note(new Step.Tracking(Leg.THERE, net, fullNic, fullPeering, table.flows()), List.of());
            }
        });
    }

    void note(Step step, List<Remedy> remedies) {
        note(step, remedies, List.of());
    }

    /** @param instead other calls that would do as well */
    void note(Step step, List<Remedy> remedies, List<Remedy> instead) {
        steps.add(step);
        step.blockReason()
                .ifPresent(blockReason ->
                        causes.add(new Cause(step, blockReason, removing(blockReason, remedies), instead)));
    }

    /** Some reasons no call removes, whatever would help against others of the same step. */
    private static List<Remedy> removing(BlockReason blockReason, List<Remedy> remedies) {
        return switch (blockReason) {
            case NIC_NOT_LINKED,
                    NOBODY_THERE,
                    OVERLAP,
                    ROUTER_SILENT,
                    BEGINS_NO_FLOW,
                    TOO_MANY_FLOWS,
                    NOT_TRANSLATABLE,
                    NAT_SERVICE_SILENT,
                    HANDED_TO_APPLIANCE,
                    NO_ANSWER -> List.of();
            case VM_STOPPED,
                    SUBREGION_FAILED,
                    SOURCE_CHECK,
                    NO_RULE,
                    NETWORK_ACL,
                    NO_ROUTE,
                    DEAD_ROUTE,
                    WRONG_ROUTE,
                    NOT_TRANSITIVE,
                    INTERNET_SERVICE_NOT_LINKED,
                    NO_PUBLIC_ADDRESS,
                    EXIT_NOT_SHARED,
                    NAT_SERVICE_DELETED,
                    NAT_BEHIND_NAT,
                    APPLIANCE_DOWN,
                    SOURCE_DEST_CHECKED,
                    NO_PEERING,
                    PEERING_PENDING,
                    NOT_LET_IN,
                    NO_WAY_BACK -> remedies;
        };
    }
}
