package dev.linkspan.server.network.ovn;

import dev.linkspan.server.network.Driver;
import dev.linkspan.server.network.DriverKind;
import dev.linkspan.server.network.DriverSettings;
import dev.linkspan.server.network.UnusableNetwork;
import dev.linkspan.server.network.ovsdb.Certificates;

/**
 * The driver for OVN, as {@code serve --network ovn} opens it. It makes routers, switches and ports, and no machines: those are
 * made and connected on hosts, by their agents.
 */
public record OvnKind(OvnAccess access) implements DriverKind {

    public static final String NAME = "ovn";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean placesOnHosts() {
        return true;
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
        return OvnDriver.open(OvnSettings.of(access));
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
