package dev.linkspan.core.port;

import dev.linkspan.core.host.Host;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the hosts of the Region, and which VM is on which. */
public interface HostReader {

    Optional<Host> find(HostId id);

    /** Every host: as many as the operator has, which are few. */
    List<Host> all();

    /** Where a VM's machine is; empty for one that was never placed, or is terminated. */
    Optional<HostId> ofVm(VmId vm);

    /** The VMs that are placed on a host, by id. */
    List<VmId> vmsOn(HostId host);

    /** How many VMs are placed on each host; a host without any may be left out. */
    Map<HostId, Integer> placements();

    /** The Subregions in which VMs are placed on hosts, none of which can be reached (H2). */
    default Set<SubregionName> silentSubregions(Instant now) {
        List<Host> hosts = all();
        if (hosts.stream().allMatch(host -> host.reachableAt(now))) {
            return Set.of();
        }
        Map<HostId, Integer> placements = placements();
        Set<SubregionName> silent = new HashSet<>();
        hosts.stream()
                .filter(host -> placements.getOrDefault(host.id(), 0) > 0)
                .forEach(host -> silent.add(host.subregion()));
        hosts.stream().filter(host -> host.reachableAt(now)).forEach(host -> silent.remove(host.subregion()));
        return silent;
    }
}
