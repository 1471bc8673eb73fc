package dev.linkspan.server.network.linux.netlink;

import dev.linkspan.core.address.MacAddress;
import java.util.Optional;

/**
 * A network interface as the kernel shows it.
 *
 * @param index its number within its namespace
 * @param kind the type of a virtual device such as {@code veth}; empty for the loopback
 * @param mtu the largest packet in bytes
 * @param up whether it was set up, whatever its other end
 * @param arp whether it resolves addresses by ARP (RFC 826)
 * @param peerIndex the index of a veth's other end, in that end's namespace; 0 without other end
 */
public record NetworkDevice(
        int index,
        String name,
        String kind,
        Optional<MacAddress> mac,
        int mtu,
        boolean up,
        boolean arp,
        int peerIndex) {}
