package dev.linkspan.server.network.linux.conntrack;

import dev.linkspan.core.address.Ipv4;

/**
 * A flow that the kernel's connection tracking knows, by the packet that opened it.
 *
 * @param protocol IANA's number
 * @param opener who sent the first packet
 * @param responder to whom it was
 * @param from the opener's port, or the identifier of an ICMP query; 0 where the protocol has neither
 * @param to the responder's port, or type and code of an ICMP query as {@code type << 8 | code}; 0 likewise
 * @param answeredFrom who answers: the responder, or for whom the packet filter translates its address
 * @param answeredTo whom it answers: the opener, or as whom the responder sees it
 * @param zone the part of the table that it is in; 0 for the one that most are in
 * @param mark what the packet filter has marked it with; 0 for nothing
 * @param id the kernel's own number of the entry; one that takes its place in memory, between the same ends, may have it too
 */
public record TrackedFlow(
        int protocol,
        Ipv4 opener,
        Ipv4 responder,
        int from,
        int to,
        Ipv4 answeredFrom,
        Ipv4 answeredTo,
        int zone,
        int mark,
        int id) {

    /** The same flow, tracked elsewhere. */
    public TrackedFlow inZone(int other) {
        return new TrackedFlow(protocol, opener, responder, from, to, answeredFrom, answeredTo, other, mark, id);
    }

    /** The same ends, had the other one opened it. */
    public TrackedFlow reversed() {
        return new TrackedFlow(protocol, answeredFrom, answeredTo, to, from, opener, responder, zone, mark, id);
    }
}
