package dev.linkspan.server.network.ovn;

import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.server.host.agent.HostedMachines;
import dev.linkspan.server.host.protocol.HostedMachine;
import dev.linkspan.server.network.Driver;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The driver, and the agents of its hosts, which are told at once what they must have. */
final class HostedDriver implements Driver {

    private static final Duration CONNECTED = Duration.ofSeconds(20);

    private final OvnDriver driver;
    private final Placement placement;
    private final List<OvnHost> hosts;
    private final List<HostedMachines> agents;

    HostedDriver(OvnDriver driver, List<OvnHost> hosts, Placement placement) {
        this.driver = driver;
        this.hosts = hosts;
        this.placement = placement;
        this.agents =
                hosts.stream().map(OvnHost::settings).map(HostedMachines::open).toList();
    }

    @Override
    public void removeOrphans(Set<NetId> nets, Set<VmId> vms, Set<NatServiceId> natServices) {
        driver.removeOrphans(nets, vms, natServices);
        if (placement.retain(nets)) {
            host();
        }
    }

    @Override
    public void apply(NetPlan plan) {
        driver.apply(plan);
        host(plan);
    }

    @Override
    public void verify(NetPlan plan) {
        driver.verify(plan);
        host(plan);
    }

    @Override
    public void remove(NetId net) {
        driver.remove(net);
        hosts.forEach(OvnHost::awaitRevalidated);
        placement.remove(net);
        host();
    }

    private void host(NetPlan plan) {
        if (placement.isNews(plan)) {
            hosts.forEach(OvnHost::awaitRevalidated);
        }
        List<HostedMachine> machines =
                plan.ports().values().stream().collect(Collectors.groupingBy(Port::vm)).entrySet().stream()
                        .map(machine -> HostedMachine.of(plan.net(), machine.getKey(), machine.getValue()))
                        .toList();
        placement.put(plan, machines);
        host();
    }

    private void host() {
        for (int i = 0; i < agents.size(); i++) {
            HostedMachines agent = agents.get(i);
            agent.apply(placement.on(i));
            try {
                if (!agent.awaitConnected(CONNECTED)) {
                    throw new IllegalStateException("some are not connected: " + agent.links());
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
            agent.announce();
        }
    }

    @Override
    public ProbeAnswer probe(VmId from, ProbePacket packet) {
        return agents.get(placement.hostOf(from)).probe(from, packet);
    }

    @Override
    public Record particulars() {
        return new Particulars("a test");
    }

    private record Particulars(String of) {}

    @Override
    public void close() {
        driver.close();
        agents.forEach(HostedMachines::close);
    }
}
