package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@link VmRepository} of an {@link InMemoryStore}. */
record InMemoryVms(InMemorySnapshot snapshot) implements VmRepository {

    @Override
    public Optional<Vm> find(VmId id) {
        return snapshot.cell.vms.row(id);
    }

    @Override
    public List<Vm> ofOwner(AccountId owner) {
        return where(vm -> vm.owner().equals(owner));
    }

    @Override
    public List<Vm> ofNet(NetId net) {
        return where(vm -> vm.net().equals(net));
    }

    @Override
    public List<Vm> ofClientToken(AccountId owner, String clientToken) {
        return where(vm -> vm.owner().equals(owner) && vm.clientToken().equals(Optional.of(clientToken)));
    }

    @Override
    public boolean existsIn(NetId net) {
        return ofNet(net).stream().anyMatch(Vm::exists);
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return where(vm -> vm.owner().equals(owner) && vm.exists()).size();
    }

    @Override
    public Map<VmState, Long> countByState() {
        return where(vm -> vm.visibleAt(snapshot.now())).stream()
                .collect(Collectors.groupingBy(Vm::state, Collectors.counting()));
    }

    private List<Vm> where(Predicate<Vm> predicate) {
        return inOrder(snapshot.cell.vms.where(predicate), Vm::createdAt, Vm::id);
    }

    @Override
    public void save(Vm vm) {
        needs(!vm.exists() || snapshot.cell.subnets.has(vm.subnet()), "vm_has_subnet");
        snapshot.cell.vms.put(vm.id(), vm);
    }

    @Override
    public void delete(VmId id) {
        needs(snapshot.nics().ofVm(id).isEmpty(), "nic_link_has_vm");
        needs(snapshot.volumes().ofVm(id).isEmpty(), "volume_link_has_vm");
        needs(!snapshot.cell.placements.has(id), "vm_placement_has_vm");
        snapshot.cell.vms.remove(id);
    }

    @Override
    public List<Vm> terminatedBy(Instant time, int limit) {
        return snapshot.cell
                .vms
                .where(vm ->
                        vm.state() == VmState.TERMINATED && !vm.stateSince().isAfter(time))
                .sorted(Comparator.comparing(Vm::stateSince)
                        .thenComparing(vm -> vm.id().value()))
                .limit(limit)
                .toList();
    }
}
