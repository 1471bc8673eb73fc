package dev.linkspan.core.operation;

import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import java.util.List;
import java.util.Optional;

/** The public addresses that machines have of their own while they run: nobody allocated them, and nobody keeps them. */
final class MachineAddresses {

    private MachineAddresses() {}

    /** Gives a VM its address, if it is one that gets one, runs, and has no address that an account linked to its primary NIC. */
    static void give(UnitOfWork unit, Vm vm, FreePublicAddresses free) {
        if (!vm.publicIp() || vm.state() != VmState.RUNNING) {
            return;
        }
        Nic nic = primaryNic(unit, vm);
        if (unit.publicIps().ofNic(nic.id()).stream()
                .noneMatch(ip -> ip.standsForOneOf(List.of(nic.primaryAddress())))) {
            PublicIpLink link =
                    new PublicIpLink(unit.newId(PublicIpLinkId.KIND), nic.net(), nic.id(), nic.primaryAddress());
            unit.publicIps()
                    .save(new PublicIp(
                            unit.newId(PublicIpId.KIND), free.take(), vm.owner(), true, Optional.of(link), unit.now()));
        }
    }

    /** The same, but where no address is free it goes without: what ends a link is not refused. */
    static void giveIfAny(UnitOfWork unit, Vm vm, FreePublicAddresses free) {
        if (free.count() > 0) {
            give(unit, vm, free);
        }
    }

    /** Takes it away. */
    static void take(UnitOfWork unit, Vm vm) {
        unit.nics().ofVm(vm.id()).stream()
                .flatMap(nic -> unit.publicIps().ofNic(nic.id()).stream())
                .filter(PublicIp::ofMachine)
                .forEach(ip -> unit.publicIps().delete(ip.id()));
    }

    static Nic primaryNic(Snapshot snapshot, Vm vm) {
        return snapshot.nics().ofVm(vm.id()).stream()
                .filter(nic -> nic.link().filter(NicLink::primary).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("BUG: %s has no primary NIC".formatted(vm.id())));
    }
}
