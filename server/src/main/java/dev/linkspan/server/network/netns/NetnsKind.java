package dev.linkspan.server.network.netns;

import dev.linkspan.server.network.Driver;
import dev.linkspan.server.network.DriverKind;
import dev.linkspan.server.network.DriverSettings;
import dev.linkspan.server.network.UnusableNetwork;
import dev.linkspan.server.network.linux.namespace.NamespaceParticulars;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The driver for one machine. What a server leaves of it, {@code linkspan cleanup} removes, and {@code linkspan vm exec}
 * finds its way into it: the class {@code NetnsTools} of the command line.
 */
public final class NetnsKind implements DriverKind {

    private static final int NAME_LENGTH = 8;

    @Override
    public String name() {
        return "netns";
    }

    /** A link for each peering keeps its packets apart from those of every other. */
    @Override
    public boolean separatesOverlappingPeers() {
        return true;
    }

    @Override
    public Record particulars() {
        return NamespaceParticulars.withoutFolder();
    }

    @Override
    public Driver openDriver(DriverSettings settings) {
        return NetnsDriver.open(
                runFolder(settings.network()),
                settings.flows(),
                settings.publicIps(),
                NetnsDriver.Host.bound(settings.uplink()));
    }

    @Override
    public void requireUsable(DriverSettings settings) {
        settings.uplink().ifPresent(NetnsKind::requireUplink);
    }

    private static void requireUplink(String device) {
        if (NamespaceParticulars.withoutFolder().rootless()) {
            throw new UnusableNetwork(
                    "--outside %s takes root: without it nothing of this computer's network can be changed"
                            .formatted(device));
        }
        try {
            if (NetworkInterface.getByName(device) == null) {
                throw new UnusableNetwork(
                        "--outside: there is no interface %s here; there are %s".formatted(device, interfaces()));
            }
        } catch (SocketException unreadable) {
            throw new UnusableNetwork("--outside %s: %s".formatted(device, unreadable.getMessage()));
        }
    }

    private static String interfaces() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .map(NetworkInterface::getName)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** A restart finds it and a reboot does not: namespaces do not outlive one either. */
    private static Path runFolder(String network) {
        String name = UUID.nameUUIDFromBytes(network.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, NAME_LENGTH);
        return NetworkNamespaces.RUN_FOLDERS.resolve(name);
    }
}
