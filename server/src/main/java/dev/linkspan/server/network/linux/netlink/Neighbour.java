package dev.linkspan.server.network.linux.netlink;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;

/** A permanent entry of a link's neighbour table: the address is at this MAC, and nobody asks or forgets. */
public record Neighbour(String device, Ipv4 address, MacAddress mac) {}
