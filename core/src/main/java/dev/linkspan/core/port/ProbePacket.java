package dev.linkspan.core.port;

import dev.linkspan.core.address.Ipv4;

/** A packet, or the first ones of a connection, to find out whether somebody answers. */
public sealed interface ProbePacket {

    Ipv4 to();

    /** An echo request (RFC 792). */
    record Echo(Ipv4 to) implements ProbePacket {}

    /** A TCP connection, which is closed as soon as it stands. */
    record Connection(Ipv4 to, int port) implements ProbePacket {}

    /** A UDP datagram with a few bytes that mean nothing. */
    record Datagram(Ipv4 to, int port) implements ProbePacket {}
}
