package dev.linkspan.server.network.linux.netlink;

import dev.linkspan.core.address.Ipv4;

/**
 * An address of a link; other than a range it has host bits: {@code 10.0.1.10/24}.
 *
 * @param length the prefix length; below 32, the kernel adds a route to the range through the link
 */
public record AddressEntry(String device, Ipv4 address, int length) {}
