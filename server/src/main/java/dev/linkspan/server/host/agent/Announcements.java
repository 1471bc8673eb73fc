package dev.linkspan.server.host.agent;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.server.host.protocol.HostedNic;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.socket.FrameSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What machines tell their neighbours when they have come onto the network: who they are, for those that know somebody else by one of
 * their addresses. Each is told twice, as RFC 5227 has it (section 2.3): the first may come before all hosts forward it.
 */
final class Announcements {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final int TIMES = 2;

    /**
     * What was told of a NIC.
     *
     * @param device the number of the host's end of its link: a new link is a new beginning
     */
    private record Told(List<Ipv4> addresses, int device, int times, long lastNanos) {

        boolean isOf(HostedNic nic, int itsDevice) {
            return addresses.equals(nic.addresses()) && device == itsDevice;
        }
    }

    private final Map<NicId, Told> told = new HashMap<>();

    /** Tells what is to be told now. */
    void send(NetworkNamespace machine, HostedNic nic, int device) {
        Told before = told.get(nic.nicId());
        int times = before != null && before.isOf(nic, device) ? before.times() : 0;
        long now = System.nanoTime();
        boolean due = times == 0 || (times < TIMES && before != null && now - before.lastNanos() >= INTERVAL.toNanos());
        if (due) {
            try (FrameSocket socket =
                    FrameSocket.open(machine, HostDiff.vmNic(nic).device())) {
                nic.addresses().forEach(address -> socket.announce(nic.mac(), address));
            }
            told.put(nic.nicId(), new Told(nic.addresses(), device, times + 1, now));
        }
    }

    /** Forgets those of other NICs, which have left the network: they tell again when they are back. */
    void retain(Set<NicId> connected) {
        told.keySet().retainAll(connected);
    }
}
