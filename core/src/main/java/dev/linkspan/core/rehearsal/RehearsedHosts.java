package dev.linkspan.core.rehearsal;

import dev.linkspan.core.host.Host;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.HostReader;
import dev.linkspan.core.port.HostRepository;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link HostRepository} of a rehearsal. */
final class RehearsedHosts extends Overlay<HostId, Host> implements HostRepository {

    private final HostReader truth;

    /** Where each VM is now; empty where it is nowhere any more. */
    private final Map<VmId, Optional<HostId>> placed = new LinkedHashMap<>();

    RehearsedHosts(HostReader truth, Allowance allowance) {
        super(truth::find, Host::id, byCreation(Host::createdAt, it -> it.id().value()), allowance);
        this.truth = truth;
    }

    @Override
    public List<Host> all() {
        return some(truth.all(), _ -> true);
    }

    @Override
    public Optional<HostId> ofVm(VmId vm) {
        Optional<HostId> own = placed.get(vm);
        return own != null ? own : truth.ofVm(vm);
    }

    @Override
    public List<VmId> vmsOn(HostId host) {
        Stream<VmId> stayed = truth.vmsOn(host).stream().filter(vm -> !placed.containsKey(vm));
        Stream<VmId> came = placed.entrySet().stream()
                .filter(entry -> entry.getValue().equals(Optional.of(host)))
                .map(Map.Entry::getKey);
        return Stream.concat(stayed, came)
                .sorted(Comparator.comparing(VmId::value))
                .toList();
    }

    @Override
    public Map<HostId, Integer> placements() {
        Map<HostId, Integer> counts = new HashMap<>(truth.placements());
        placed.forEach((vm, host) -> {
            truth.ofVm(vm).ifPresent(before -> counts.merge(before, -1, Integer::sum));
            host.ifPresent(now -> counts.merge(now, 1, Integer::sum));
        });
        return counts;
    }

    @Override
    public void place(VmId vm, HostId host) {
        use();
        placed.put(vm, Optional.of(host));
    }

    @Override
    public void displace(VmId vm) {
        if (ofVm(vm).isPresent()) {
            use();
            placed.put(vm, Optional.empty());
        }
    }
}
