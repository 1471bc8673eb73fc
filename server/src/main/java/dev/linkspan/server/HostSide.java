package dev.linkspan.server;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.PacketProbes;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.api.own.HostCalls;
import dev.linkspan.server.host.AgentEndpoint;
import dev.linkspan.server.host.HostProbes;
import dev.linkspan.server.host.HostTasks;
import dev.linkspan.server.network.Network;
import dev.linkspan.server.network.NetworkKind;
import java.util.List;

/**
 * The server's side of hosts.
 *
 * @param calls the operator's
 * @param agents where hosts' agents call
 * @param probes of machines, wherever they are: where they are on hosts, their agents send the packets
 */
record HostSide(HostCalls calls, AgentEndpoint agents, PacketProbes probes) {

    static HostSide of(
            Store store, List<RegionName> regions, Operations operations, NetworkKind kind, Network network) {
        HostTasks tasks = new HostTasks();
        return new HostSide(
                new HostCalls(store, operations.subregions(), operations.hosts(), new RandomCredentials()::newSecret),
                new AgentEndpoint(store, regions, operations.hosts(), tasks),
                kind.placesOnHosts() ? new HostProbes(store, regions, tasks) : network);
    }
}
