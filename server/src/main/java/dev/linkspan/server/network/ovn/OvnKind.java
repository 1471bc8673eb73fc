package dev.linkspan.server.network.ovn;

import dev.linkspan.core.port.PacketProbes;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.network.Driver;
import dev.linkspan.server.network.DriverKind;
import dev.linkspan.server.network.DriverSettings;
import dev.linkspan.server.network.UnusableNetwork;
import dev.linkspan.server.network.ovsdb.Certificates;

/**
 * The driver for OVN, as {@code serve --network ovn} opens it. It makes routers, switches and ports, and no machines: those are
 * connected on OVN's hosts.
 *
 * @param hosts who sends the probes from machines
 */
public record OvnKind(OvnAccess access, PacketProbes hosts) implements DriverKind {

    public static final String NAME = "ovn";

    /** Where no host tells that it has any machine. */
    public static final PacketProbes NO_HOSTS = (vm, _) -> {
        throw new Refusal(
                        RefusalCode.INVALID_STATE, "No host has the machine '%s', so nothing can be sent from it.", vm)
                .about(vm);
    };

    @Override
    public String name() {
        return NAME;
    }

    /** Flows that differ in nothing but the peering are one flow to OVN's connection tracking. */
    @Override
    public boolean separatesOverlappingPeers() {
        return false;
    }

    @Override
    public Record particulars() {
        return OvnParticulars.unconnected(access);
    }

    @Override
    public Driver openDriver(DriverSettings settings) {
        return OvnDriver.open(OvnSettings.of(access), hosts);
    }

    @Override
    public void requireUsable(DriverSettings settings) {
        settings.uplink().ifPresent(device -> {
            throw new UnusableNetwork("--outside %s: nothing leaves Nets with --network ovn yet".formatted(device));
        });
        access.certificates().ifPresent(OvnKind::requireUsable);
    }

    private static void requireUsable(Certificates certificates) {
        try {
            certificates.requireUsable();
        } catch (IllegalArgumentException unusable) {
            throw new UnusableNetwork("--ovn-ca, --ovn-certificate, --ovn-private-key: " + unusable.getMessage());
        }
    }
}
