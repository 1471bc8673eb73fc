package dev.linkspan.server.host.agent;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.server.network.ovsdb.ControlSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * The connections that the host's switch tracks for NICs, each in the zone that OVN has given it. They outlive what they were let
 * through for: whoever comes next with the same addresses and ports would pass by them.
 */
final class TrackedConnections {

    private static final String FLUSH = "dpctl/flush-conntrack";

    private final HostSwitch hostSwitch;
    private final Supplier<Path> control;

    TrackedConnections(HostSwitch hostSwitch, Supplier<Path> control) {
        this.hostSwitch = hostSwitch;
        this.control = control;
    }

    /** Forgets all those of a NIC. */
    void forgetAll(NicId nic) {
        hostSwitch.zone(nic).ifPresent(zone -> vswitchd().run(FLUSH, "zone=" + zone));
    }

    /** Forgets those of a NIC that one of these addresses has begun or was asked in. */
    void forget(NicId nic, List<Ipv4> addresses) {
        hostSwitch
                .zone(nic)
                .ifPresent(zone -> addresses.forEach(address -> {
                    vswitchd().run(FLUSH, "zone=" + zone, "ct_nw_src=" + address);
                    vswitchd().run(FLUSH, "zone=" + zone, "ct_nw_dst=" + address);
                }));
    }

    private ControlSocket vswitchd() {
        return new ControlSocket(control.get());
    }
}
