package dev.linkspan.server.network;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Link;
import dev.linkspan.core.plan.NetPlan.Member;
import dev.linkspan.core.plan.NetPlan.Port;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cuts the application of a Net that gets many machines at once into stages, between which other Nets have their turn: a
 * machine takes some ten milliseconds to make, and a call asks for a thousand. Each stage has everything that the plan has
 * but for the machines that are still to come; so what was taken away is gone with the first stage.
 *
 * <p>A Net that was there when this process began is applied whole the first time, since what exists of it is not known:
 * nothing that carries packets may be missing from a stage.
 */
final class StagedPlans {

    /** New machines in a stage. */
    static final int AT_ONCE = 8;

    private final Map<NetId, Set<VmId>> made = new HashMap<>();
    private final Set<NetId> unknown = new HashSet<>();

    /** What exists of these is not known. */
    synchronized void found(Set<NetId> nets) {
        nets.stream().filter(net -> !made.containsKey(net)).forEach(unknown::add);
    }

    /** What is to be applied now: the plan itself, where that is all. */
    synchronized NetPlan stage(NetPlan plan) {
        if (unknown.contains(plan.net())) {
            return plan;
        }
        Set<VmId> there = made.getOrDefault(plan.net(), Set.of());
        Set<VmId> missing = plan.ports().values().stream()
                .map(Port::vm)
                .filter(vm -> !there.contains(vm))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (missing.size() <= AT_ONCE) {
            return plan;
        }
        Set<VmId> later = missing.stream().skip(AT_ONCE).collect(Collectors.toSet());
        return without(plan, later);
    }

    synchronized void applied(NetPlan stage) {
        unknown.remove(stage.net());
        made.put(stage.net(), stage.ports().values().stream().map(Port::vm).collect(Collectors.toSet()));
    }

    synchronized void removed(NetId net) {
        unknown.remove(net);
        made.remove(net);
    }

    private static NetPlan without(NetPlan plan, Set<VmId> machines) {
        Map<NicId, Port> ports = new LinkedHashMap<>();
        plan.ports().forEach((nic, port) -> {
            if (!machines.contains(port.vm())) {
                ports.put(nic, port);
            }
        });
        Map<SecurityGroupId, Set<Member>> members = new LinkedHashMap<>();
        plan.members()
                .forEach((group, all) -> members.put(
                        group,
                        all.stream()
                                .filter(member ->
                                        !(member.link() instanceof Link.ToNic(NicId nic)) || ports.containsKey(nic))
                                .collect(Collectors.toCollection(LinkedHashSet::new))));
        return plan.with(ports, members);
    }
}
