package dev.linkspan.core.operation;

import dev.linkspan.core.host.Host;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where the machines of VMs run (H1). Where the network needs hosts, a VM is placed on one of its Subregion as it is made, and
 * stays there until it is terminated.
 */
public enum Placement {

    /** The network needs no hosts: every machine is where the server is. */
    WITHOUT_HOSTS {
        @Override
        int room(Snapshot snapshot, SubregionName subregion) {
            return Integer.MAX_VALUE;
        }

        @Override
        void place(UnitOfWork unit, Vm vm) {}
    },

    /** On the host with the most room. */
    ON_HOSTS {
        @Override
        int room(Snapshot snapshot, SubregionName subregion) {
            long room = candidates(snapshot, subregion).stream()
                    .mapToLong(Candidate::room)
                    .sum();
            return (int) Math.min(room, Integer.MAX_VALUE);
        }

        @Override
        void place(UnitOfWork unit, Vm vm) {
            if (unit.hosts().ofVm(vm.id()).isEmpty()) {
                HostId roomiest = candidates(unit, vm.subregion()).stream()
                        .min(Candidate.ROOMIEST_FIRST)
                        .orElseThrow(() -> exhausted(vm.subregion()))
                        .host();
                unit.hosts().place(vm.id(), roomiest);
            }
        }
    };

    /** A host that takes another VM. */
    private record Candidate(HostId host, int room) {

        /** Of those with the same room the one whose id comes first, so that the choice can be told beforehand. */
        static final Comparator<Candidate> ROOMIEST_FIRST = Comparator.comparingInt(Candidate::room)
                .reversed()
                .thenComparing(candidate -> candidate.host().value());
    }

    /** How many more VMs there is room for. */
    abstract int room(Snapshot snapshot, SubregionName subregion);

    /** Chooses where the machine of this VM runs; one that is placed stays where it is. */
    abstract void place(UnitOfWork unit, Vm vm);

    /** Tenants never see hosts: they are told of the Subregion. */
    static Refusal exhausted(SubregionName subregion) {
        return new Refusal(
                RefusalCode.INSUFFICIENT_CAPACITY,
                "There is no room for so many machines in %s now: ask for fewer, for another place, or later.",
                subregion);
    }

    /**
     * Of the hosts that can be reached, if there is one. Else of all: then the Subregion is as if it had failed, in which things
     * can be made too, and they come to life with it (H2).
     */
    private static List<Candidate> candidates(Snapshot snapshot, SubregionName subregion) {
        List<Host> hosts = snapshot.hosts().all().stream()
                .filter(host -> host.subregion().equals(subregion))
                .toList();
        List<Host> reachable =
                hosts.stream().filter(host -> host.reachableAt(snapshot.now())).toList();
        Map<HostId, Integer> placements = snapshot.hosts().placements();
        return (reachable.isEmpty() ? hosts : reachable)
                .stream()
                        .map(host -> new Candidate(host.id(), host.capacity() - placements.getOrDefault(host.id(), 0)))
                        .filter(candidate -> candidate.room() > 0)
                        .toList();
    }
}
