package dev.linkspan.server.network.ovn;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.server.host.protocol.HostedMachine;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which machines there are, and on which of the hosts each is: one after the other, and then again from the first. */
final class Placement {

    private final int hosts;
    private final Map<NetId, NetPlan> plans = new HashMap<>();
    private final Map<NetId, List<HostedMachine>> machines = new HashMap<>();
    private final Map<VmId, Integer> places = new HashMap<>();

    Placement(int hosts) {
        this.hosts = hosts;
    }

    synchronized boolean isNews(NetPlan plan) {
        return !plan.equals(plans.get(plan.net()));
    }

    synchronized void put(NetPlan plan, List<HostedMachine> its) {
        plans.put(plan.net(), plan);
        machines.put(plan.net(), its);
        its.forEach(machine -> places.putIfAbsent(machine.vmId(), places.size() % hosts));
    }

    synchronized void remove(NetId net) {
        plans.remove(net);
        machines.remove(net);
    }

    /** Answers whether there were others. */
    synchronized boolean retain(Set<NetId> nets) {
        plans.keySet().retainAll(nets);
        return machines.keySet().retainAll(nets);
    }

    synchronized int hostOf(VmId vm) {
        return places.getOrDefault(vm, 0);
    }

    synchronized List<HostedMachine> on(int host) {
        return machines.values().stream()
                .flatMap(Collection::stream)
                .filter(machine -> hostOf(machine.vmId()) == host)
                .toList();
    }
}
