package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.host.Host;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.World.Cell;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link HostRepository} of an {@link InMemoryStore}. */
record InMemoryHosts(Cell cell) implements HostRepository {

    @Override
    public Optional<Host> find(HostId id) {
        return cell.hosts.row(id);
    }

    @Override
    public List<Host> all() {
        return inOrder(cell.hosts.where(_ -> true), Host::createdAt, Host::id);
    }

    @Override
    public Optional<HostId> ofVm(VmId vm) {
        return cell.placements.row(vm);
    }

    @Override
    public List<VmId> vmsOn(HostId host) {
        return cell.placements.keys().stream()
                .filter(vm -> ofVm(vm).equals(Optional.of(host)))
                .sorted(Comparator.comparing(VmId::value))
                .toList();
    }

    @Override
    public Map<HostId, Integer> placements() {
        Map<HostId, Integer> placements = new HashMap<>();
        cell.placements.where(_ -> true).forEach(host -> placements.merge(host, 1, Integer::sum));
        return placements;
    }

    @Override
    public void save(Host host) {
        needs(
                cell.hosts
                        .where(other ->
                                !other.id().equals(host.id()) && other.name().equals(host.name()))
                        .findAny()
                        .isEmpty(),
                "host_one_name_per_region");
        cell.hosts.put(host.id(), host);
    }

    @Override
    public void delete(HostId id) {
        needs(vmsOn(id).isEmpty(), "vm_placement_has_host");
        cell.hosts.remove(id);
    }

    @Override
    public void place(VmId vm, HostId host) {
        needs(cell.vms.has(vm), "vm_placement_has_vm");
        needs(cell.hosts.has(host), "vm_placement_has_host");
        cell.placements.put(vm, host);
    }

    @Override
    public void displace(VmId vm) {
        cell.placements.remove(vm);
    }
}
