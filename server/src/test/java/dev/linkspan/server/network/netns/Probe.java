package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Ipv4;

/** A packet that a test sends from a VM, by the name of its namespace, to find out who receives it. */
public sealed interface Probe {

    String from();

    Ipv4 to();

    /** One datagram, which whoever receives it sends back. */
    record Udp(String from, Ipv4 to, int port) implements Probe {}

    /** A connection, with one message over it. */
    record Tcp(String from, Ipv4 to, int port) implements Probe {}

    /** An echo request (RFC 792), which the receiver's kernel answers. */
    record Icmp(String from, Ipv4 to) implements Probe {}
}
