package dev.linkspan.server.network;

import dev.linkspan.core.address.Cidr;

/**
 * What a driver is opened with.
 *
 * @param network what tells the network of this server from those of others on the same machine: the same after each
 *     restart, and for all servers that share a database
 * @param publicIps the addresses outside all Nets that stand for machines
 */
public record DriverSettings(String network, FlowLimits flows, Cidr publicIps) {}
