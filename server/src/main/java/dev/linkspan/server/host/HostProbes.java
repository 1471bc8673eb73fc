package dev.linkspan.server.host;

import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.PacketProbes;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.server.host.protocol.HostTask;
import dev.linkspan.server.host.protocol.TaskResult;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/** Probes from VMs whose machines are on hosts: the host's agent sends the packet. Tenants are told nothing of hosts (H1). */
public final class HostProbes implements PacketProbes {

    private static final Logger LOG = System.getLogger(HostProbes.class.getName());

    /** A probe waits two seconds for its answer, and on the way there and back an agent takes a moment. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Store store;
    private final List<RegionName> regions;
    private final HostTasks tasks;

    /** @param regions in which VMs may be */
    public HostProbes(Store store, List<RegionName> regions, HostTasks tasks) {
        this.store = store;
        this.regions = List.copyOf(regions);
        this.tasks = tasks;
    }

    @Override
    public ProbeAnswer probe(VmId from, ProbePacket packet) {
        HostId host = regions.stream()
                .flatMap(region ->
                        store
                                .<Optional<HostId>>read(
                                        region, snapshot -> snapshot.hosts().ofVm(from))
                                .stream())
                .findFirst()
                .orElseThrow(() -> notPossible(from, "it has no machine yet and gets one when it is started again"));
        if (!tasks.reaches(host)) {
            throw notPossible(from, "this server does not reach its machine now");
        }
        TaskResult result = done(host, from, packet);
        return result.probe().map(TaskResult.ProbeResult::answer).orElseThrow(() -> {
            LOG.log(
                    Level.WARNING,
                    "{0} sent no packet from {1}: {2}",
                    host,
                    from,
                    result.failure().orElse("no reason"));
            return notPossible(from, "its machine is not ready");
        });
    }

    private TaskResult done(HostId host, VmId from, ProbePacket packet) {
        try {
            return tasks.assign(host, new HostTask.Probe(UUID.randomUUID(), from, packet), PATIENCE)
                    .get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw notPossible(from, "the server is stopping");
        } catch (ExecutionException late) {
            throw notPossible(from, "its machine did not say in time what came of it");
        }
    }

    private static Refusal notPossible(VmId from, String why) {
        return new Refusal(RefusalCode.INVALID_STATE, "The %s '%s' cannot send a packet now: %s.", Noun.VM, from, why)
                .about(from);
    }
}
