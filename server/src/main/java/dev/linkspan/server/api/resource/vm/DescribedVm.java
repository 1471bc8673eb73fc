package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.volume.VolumeLink;
import dev.linkspan.server.api.call.ReadCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A VM with what answers and filters say about it.
 *
 * @param nics by their device number; none where the VM is terminated
 * @param volumes by their devices; none where the VM is terminated
 * @param tenancy that of its Net
 */
public record DescribedVm(Vm vm, List<DescribedNic> nics, List<Volume> volumes, String tenancy) {

    public static DescribedVm of(Snapshot snapshot, Vm vm) {
        return of(snapshot, List.of(vm)).getFirst();
    }

    /** VMs of one account. */
    public static List<DescribedVm> of(Snapshot snapshot, List<Vm> vms) {
        return of(snapshot, vms, nicsOfEach(snapshot, vms), volumesOfEach(snapshot, vms));
    }

    private static List<DescribedVm> of(
            Snapshot snapshot, List<Vm> vms, Map<VmId, List<Nic>> nics, Map<VmId, List<Volume>> volumes) {
        NicScene scene = NicScene.of(
                snapshot, nics.values().stream().flatMap(List::stream).toList());
        Map<NetId, String> tenancies = new HashMap<>();
        return vms.stream()
                .map(vm -> new DescribedVm(
                        vm,
                        nics.getOrDefault(vm.id(), List.of()).stream()
                                .sorted(Comparator.comparingInt(DescribedVm::deviceNumber))
                                .map(nic -> new DescribedNic(nic, scene))
                                .toList(),
                        volumes.getOrDefault(vm.id(), List.of()).stream()
                                .sorted(Comparator.comparing(
                                        volume -> volume.link().orElseThrow().device()))
                                .toList(),
                        tenancies.computeIfAbsent(vm.net(), net -> tenancy(snapshot, net))))
                .toList();
    }

    /** The caller's VMs, those terminated within the last hour included; where any are named, only those. */
    static List<DescribedVm> candidates(ReadCall call, Optional<List<VmId>> named) {
        List<Vm> vms = visible(call, named);
        return of(
                call.snapshot(),
                vms,
                named.isPresent() ? nicsOfEach(call.snapshot(), vms) : nicsOfAll(call.snapshot(), call.caller()),
                named.isPresent() ? volumesOfEach(call.snapshot(), vms) : volumesOfAll(call.snapshot(), call.caller()));
    }

    /** The same, without what is beside them. */
    static List<Vm> visible(ReadCall call, Optional<List<VmId>> named) {
        Stream<Vm> candidates = named.map(ids -> ids.stream().flatMap(id -> call.snapshot().vms().find(id).stream()))
                .orElseGet(() -> call.snapshot().vms().ofOwner(call.caller()).stream());
        return candidates
                .filter(vm -> vm.owner().equals(call.caller()) && vm.visibleAt(call.now()))
                .toList();
    }

    private static Map<VmId, List<Nic>> nicsOfEach(Snapshot snapshot, List<Vm> vms) {
        Map<VmId, List<Nic>> nics = new HashMap<>();
        vms.forEach(vm -> nics.put(vm.id(), snapshot.nics().ofVm(vm.id())));
        return nics;
    }

    private static Map<VmId, List<Nic>> nicsOfAll(Snapshot snapshot, AccountId owner) {
        Map<VmId, List<Nic>> nics = new HashMap<>();
        for (Nic nic : snapshot.nics().ofOwner(owner)) {
            nic.link()
                    .ifPresent(link -> nics.computeIfAbsent(link.vm(), _ -> new ArrayList<>())
                            .add(nic));
        }
        return nics;
    }

    private static Map<VmId, List<Volume>> volumesOfEach(Snapshot snapshot, List<Vm> vms) {
        Map<VmId, List<Volume>> volumes = new HashMap<>();
        vms.forEach(vm -> volumes.put(vm.id(), snapshot.volumes().ofVm(vm.id())));
        return volumes;
    }

    private static Map<VmId, List<Volume>> volumesOfAll(Snapshot snapshot, AccountId owner) {
        Map<VmId, List<Volume>> volumes = new HashMap<>();
        for (Volume volume : snapshot.volumes().ofOwner(owner)) {
            volume.link()
                    .ifPresent(link -> volumes.computeIfAbsent(link.vm(), _ -> new ArrayList<>())
                            .add(volume));
        }
        return volumes;
    }

    private static String tenancy(Snapshot snapshot, NetId net) {
        return snapshot.nets().find(net).map(Net::tenancy).orElse(Net.DEFAULT_TENANCY);
    }

    private static int deviceNumber(Nic nic) {
        return nic.link().map(NicLink::deviceNumber).orElse(NicLink.LAST_DEVICE_NUMBER);
    }

    public Optional<DescribedNic> primaryNic() {
        return nics.stream().findFirst();
    }

    /** The public address of its primary NIC. */
    public Optional<PublicAddress> publicAddress() {
        return primaryNic().flatMap(DescribedNic::publicAddress);
    }

    /** What this is for its primary NIC. */
    public <V> Optional<V> ofPrimaryNic(Function<Nic, V> value) {
        return primaryNic().map(DescribedNic::nic).map(value);
    }

    /** What this is for each of the VM's NICs. */
    public <V> List<V> ofNics(Function<Nic, V> value) {
        return nics.stream().map(DescribedNic::nic).map(value).toList();
    }

    /** What this is for each of the VM's links to volumes. */
    <V> List<V> ofVolumes(Function<VolumeLink, V> value) {
        return volumes.stream()
                .map(volume -> volume.link().orElseThrow())
                .map(value)
                .toList();
    }

    /** What these are for all of the VM's NICs. */
    public <V> List<V> ofAllNics(Function<DescribedNic, ? extends Collection<V>> values) {
        return nics.stream().<V>flatMap(nic -> values.apply(nic).stream()).toList();
    }

    /** What this is for each of the VM's links to NICs. */
    public <V> List<V> ofLinks(Function<NicLink, V> value) {
        return nics.stream().map(DescribedNic::requireLink).map(value).toList();
    }
}
