package dev.linkspan.server.network;

import dev.linkspan.core.internet.PublicIpPools;
import java.util.Optional;

/**
 * What a driver is opened with.
 *
 * @param network what tells the network of this server from those of others on the same machine: the same after each
 *     restart, and for all servers that share a database
 * @param publicIps the addresses that stand for machines outside
 * @param uplink the interface of this computer by which what leaves Nets by their exits goes on, if it does
 */
public record DriverSettings(String network, FlowLimits flows, PublicIpPools publicIps, Optional<String> uplink) {}
