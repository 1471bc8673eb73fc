package dev.linkspan.server.host.agent;

import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.ovsdb.Endpoint;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Where a host has what its machines are made of.
 *
 * @param machines the machines' namespaces, and nothing else
 * @param host the namespace in which the switch has its devices
 * @param switchDatabase where the database Open_vSwitch is reached
 * @param control where ovs-vswitchd listens for commands, as it is now
 * @param mtu the largest packet of a machine in bytes: what the hosts' network carries, less what a tunnel adds
 */
public record HostSettings(
        NetworkNamespaces machines, NetworkNamespace host, Endpoint switchDatabase, Supplier<Path> control, int mtu) {}
