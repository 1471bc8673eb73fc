package dev.linkspan.server.history;

import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.server.network.MachineTap;
import dev.linkspan.server.network.Testbed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The machines of a Region, each with an ear and a mouth. */
final class Machines implements AutoCloseable {

    private final Testbed testbed;
    private final Map<VmId, MachineTap> taps = new HashMap<>();
    private final Map<MacAddress, NicId> nicsByMac = new HashMap<>();
    private final Map<NicId, Nic> nics = new HashMap<>();

    Machines(Testbed testbed) {
        this.testbed = testbed;
    }

    /** Something that came into a machine. */
    record Arrival(NicId nic, Frames.Received frame) {}

    /** Listens in the machines that there are now, if there are any. */
    boolean meet(Snapshot now) {
        Set<VmId> existing = new HashSet<>();
        nics.clear();
        now.nets().ids().forEach(net -> {
            now.vms().ofNet(net).stream().filter(Vm::exists).map(Vm::id).forEach(existing::add);
            now.nics().ofNet(net).forEach(nic -> {
                nics.put(nic.id(), nic);
                nicsByMac.put(nic.mac(), nic.id());
            });
        });
        taps.keySet().removeIf(vm -> {
            if (!existing.contains(vm)) {
                taps.get(vm).close();
            }
            return !existing.contains(vm);
        });
        existing.forEach(vm -> taps.computeIfAbsent(vm, testbed::tap));
        return !existing.isEmpty();
    }

    Optional<Nic> nic(NicId id) {
        return Optional.ofNullable(nics.get(id));
    }

    /** A NIC that is in no machine sends nothing. */
    void send(NicId from, byte[] frame) {
        nic(from)
                .ifPresent(nic -> nic.link()
                        .flatMap(link -> Optional.ofNullable(taps.get(link.vm())))
                        .ifPresent(tap -> tap.send(nic.mac(), frame)));
    }

    /** What has come into the machine that has this NIC. */
    void poll(NicId of, Consumer<Arrival> arrivals) {
        nic(of).flatMap(Nic::link)
                .flatMap(link -> Optional.ofNullable(taps.get(link.vm())))
                .ifPresent(tap -> poll(tap, arrivals));
    }

    void pollAll(Consumer<Arrival> arrivals) {
        taps.values().forEach(tap -> poll(tap, arrivals));
    }

    private void poll(MachineTap tap, Consumer<Arrival> arrivals) {
        for (Optional<byte[]> frame = tap.poll(); frame.isPresent(); frame = tap.poll()) {
            Frames.read(frame.get())
                    .filter(received -> nicsByMac.containsKey(received.nic()))
                    .ifPresent(received -> arrivals.accept(new Arrival(nicsByMac.get(received.nic()), received)));
        }
    }

    @Override
    public void close() {
        taps.values().forEach(MachineTap::close);
    }
}
