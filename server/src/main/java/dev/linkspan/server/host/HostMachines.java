package dev.linkspan.server.host;

import dev.linkspan.core.event.Event;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.planner.NetView;
import dev.linkspan.core.planner.Planner;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.host.protocol.HostedMachine;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The machines that a host must have, as of one place in the Region's log.
 *
 * @param sequence of the newest event that they take into account
 * @param vms the VMs that are placed there, by id
 * @param nets the Nets that these are in
 * @param machines by VM
 * @param revision a number that stands for these machines and no others, whichever server counts it
 */
record HostMachines(long sequence, List<VmId> vms, Set<NetId> nets, List<HostedMachine> machines, long revision) {

    /** More events than these are not looked at one by one. */
    private static final int MOST_EVENTS = 1000;

    /** Every program reads a whole number of JSON up to here exactly (RFC 8259, 6). */
    private static final long GREATEST_REVISION = (1L << 53) - 1;

    /** Those of the snapshot; where nothing that concerns them has happened since the earlier look, what that saw. */
    static HostMachines of(Snapshot snapshot, HostId host, Optional<HostMachines> before) {
        List<VmId> placed = snapshot.hosts().vmsOn(host);
        long sequence = snapshot.events().lastSequence();
        return before.filter(it -> it.vms().equals(placed) && it.untouchedSince(snapshot))
                .map(it -> new HostMachines(sequence, it.vms(), it.nets(), it.machines(), it.revision()))
                .orElseGet(() -> planned(snapshot, placed, sequence));
    }

    private boolean untouchedSince(Snapshot snapshot) {
        if (snapshot.events().lastSequence() == sequence) {
            return true;
        }
        List<Event> since = snapshot.events().after(sequence, MOST_EVENTS);
        boolean complete = since.size() < MOST_EVENTS
                && !since.isEmpty()
                && since.getFirst().sequence() == sequence + 1;
        return complete
                && since.stream()
                        .allMatch(event -> Collections.disjoint(event.fact().nets(), nets));
    }

    private static HostMachines planned(Snapshot snapshot, List<VmId> placed, long sequence) {
        Set<VmId> here = Set.copyOf(placed);
        Set<NetId> nets = placed.stream()
                .flatMap(vm -> snapshot.vms().find(vm).stream())
                .map(Vm::net)
                .collect(Collectors.toCollection(HashSet::new));
        List<HostedMachine> machines = new ArrayList<>();
        for (NetId net : nets) {
            NetView.of(snapshot, net)
                    .map(Planner::plan)
                    .ifPresent(plan ->
                            machines.addAll(machinesOf(net, here, plan.ports().values())));
        }
        machines.sort(Comparator.comparing(machine -> machine.vmId().value()));
        return new HostMachines(
                sequence, placed, Set.copyOf(nets), List.copyOf(machines), revisionOf(List.copyOf(machines)));
    }

    private static List<HostedMachine> machinesOf(NetId net, Set<VmId> here, Collection<Port> ports) {
        Map<VmId, List<Port>> byVm =
                ports.stream().filter(port -> here.contains(port.vm())).collect(Collectors.groupingBy(Port::vm));
        return byVm.entrySet().stream()
                .map(entry -> HostedMachine.of(net, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static long revisionOf(List<HostedMachine> machines) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(StrictJson.bytes(machines));
            return ByteBuffer.wrap(digest).getLong() & GREATEST_REVISION;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("BUG: every Java has SHA-256", impossible);
        }
    }
}
