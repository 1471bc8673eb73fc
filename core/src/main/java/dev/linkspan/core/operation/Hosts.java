package dev.linkspan.core.operation;

import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.host.Host;
import dev.linkspan.core.host.HostName;
import dev.linkspan.core.host.HostReport;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The operator's operations on hosts, and what becomes of what their agents tell. */
public final class Hosts {

    private final Subregions subregions;

    public Hosts(Subregions subregions) {
        this.subregions = subregions;
    }

    /** Makes a host, on which nothing is placed before its agent was heard. */
    public Host create(UnitOfWork unit, HostName name, SubregionName subregion, String tokenHash) {
        subregions.require(unit.region(), Parameter.SUBREGION, subregion);
        unit.hosts().all().stream()
                .filter(other -> other.name().equals(name))
                .findFirst()
                .ifPresent(other -> {
                    throw new Refusal(RefusalCode.CONFLICT, "The host %s is named %s.", other.id(), name)
                            .about(other.id());
                });
        Host made = new Host(unit.newId(HostId.KIND), name, subregion, tokenHash, Optional.empty(), false, unit.now());
        unit.hosts().save(made);
        record(unit, EventType.HOST_CREATED, made, Set.of(), "%s in %s".formatted(name, subregion));
        return made;
    }

    /** Forgets a host, on which no VM is; from then on nobody speaks for it. */
    public void delete(UnitOfWork unit, HostId id) {
        Host host = find(unit, id);
        List<String> placed = unit.hosts().vmsOn(id).stream().map(VmId::value).toList();
        if (!placed.isEmpty()) {
            throw new Refusal(
                            RefusalCode.CONFLICT,
                            "The host '%s' has machines, which do not leave it before they are terminated: %s.",
                            id,
                            Fact.listed(placed))
                    .about(id);
        }
        unit.hosts().delete(id);
        record(unit, EventType.HOST_DELETED, host, Set.of(), host.name().value());
    }

    /** The host of this id; refused where there is none. */
    public Host find(Snapshot snapshot, HostId id) {
        return snapshot.hosts().find(id).orElseThrow(() -> Refusal.unknown("HostId", id));
    }

    /** Whether what a host's agent told is to be written down with {@link #heard}. */
    public boolean isNews(Host host, HostReport report) {
        return !host.announced() || host.report().map(report::replaces).orElse(true);
    }

    /** Writes down what a host's agent told; nothing happens where the host was deleted meanwhile. */
    public void heard(UnitOfWork unit, HostId id, HostReport report) {
        unit.hosts().find(id).ifPresent(host -> {
            // Before it is saved: afterwards nobody could tell that the Subregion was silent.
            boolean subregionReturns = !host.reachableAt(unit.now()) && nobodyHeardIn(unit, host.subregion());
            unit.hosts().save(host.withReport(report).withAnnounced(true));
            if (!host.announced() || subregionReturns) {
                Set<NetId> nets = subregionReturns ? Subregions.netsIn(unit, host.subregion()) : Set.of();
                record(unit, EventType.HOST_REACHABLE, host, nets, "%s is heard".formatted(host.name()));
            }
        });
    }

    /**
     * Records which hosts have fallen silent. Readers never depend on it (T2); the event tells the operator, and has the network
     * made anew where a Subregion has fallen silent with them.
     *
     * @return how many
     */
    public int sweep(UnitOfWork unit) {
        List<Host> silent = unit.hosts().all().stream()
                .filter(host -> host.announced() && !host.reachableAt(unit.now()))
                .toList();
        for (Host host : silent) {
            unit.hosts().save(host.withAnnounced(false));
            Set<NetId> nets =
                    nobodyHeardIn(unit, host.subregion()) ? Subregions.netsIn(unit, host.subregion()) : Set.of();
            record(unit, EventType.HOST_UNREACHABLE, host, nets, "%s is silent".formatted(host.name()));
        }
        return silent.size();
    }

    private static boolean nobodyHeardIn(Snapshot snapshot, SubregionName subregion) {
        return snapshot.hosts().all().stream()
                .filter(host -> host.subregion().equals(subregion))
                .noneMatch(host -> host.reachableAt(snapshot.now()));
    }

    private static void record(UnitOfWork unit, EventType type, Host host, Set<NetId> nets, String detail) {
        unit.record(new Fact(type, host.id().value(), Set.of(), nets, detail));
    }
}
