package dev.linkspan.server.history;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.reachability.Step;
import java.util.List;

/**
 * A packet as it is on the wire.
 *
 * @param source the address that it says it is from
 * @param header what follows its IP header, as far as flows are concerned
 * @param about the packet that an ICMP error is about; for every other packet, itself
 */
record Packet(Ipv4 source, Ipv4 to, Header header, Subject about, Step.Form form) {

    static final int EXPERIMENTAL = 253;
    static final int ECHO_REQUEST = 8;
    static final int ECHO_REPLY = 0;
    static final int UNREACHABLE = 3;
    static final int HOST_UNREACHABLE = 1;

    /**
     * What tells flows between the same two addresses apart.
     *
     * @param from the port, or the number of an echo; 0 where the protocol has none
     * @param to the port, or the ICMP type; 0 where the protocol has none
     */
    record Header(int protocol, int from, int to) {}

    /** The part of a packet that an ICMP error repeats, and by which it is known what it is about. */
    record Subject(Ipv4 source, Ipv4 to, Header header) {

        /** What a packet back would be. */
        Subject reversed() {
            Header back = header.protocol() == Traffic.ICMP
                    ? new Header(Traffic.ICMP, header.from(), header.to() == ECHO_REQUEST ? ECHO_REPLY : ECHO_REQUEST)
                    : new Header(header.protocol(), header.to(), header.from());
            return new Subject(to, source, back);
        }
    }

    /**
     * What a step sends.
     *
     * @param own the addresses of the NIC: an error comes from the one that it is about, if it has that
     */
    static Packet of(Step.Say say, List<Ipv4> own) {
        Subject request = request(say);
        Subject reply = request.reversed();
        return switch (say.part()) {
            case REQUEST -> plain(request, say.form());
            case REPLY -> plain(reply, say.form());
            case ERROR_ABOUT_REQUEST -> error(request, own);
            case ERROR_ABOUT_REPLY -> error(reply, own);
        };
    }

    private static Subject request(Step.Say say) {
        Header header = switch (say.protocol()) {
            case "udp" -> new Header(Traffic.UDP, say.port(), say.service());
            case "tcp" -> new Header(Traffic.TCP, say.port(), say.service());
            case "icmp" -> new Header(Traffic.ICMP, say.port(), ECHO_REQUEST);
            default -> new Header(EXPERIMENTAL, 0, 0);
        };
        return new Subject(Ipv4.parse(say.client()), Ipv4.parse(say.server()), header);
    }

    private static Packet plain(Subject subject, Step.Form form) {
        return new Packet(subject.source(), subject.to(), subject.header(), subject, form);
    }

    private static Packet error(Subject about, List<Ipv4> own) {
        Ipv4 from = own.contains(about.to()) ? about.to() : own.getFirst();
        return new Packet(from, about.source(), new Header(Traffic.ICMP, 0, UNREACHABLE), about, Step.Form.WHOLE);
    }

    /** The same with other addresses; not for errors. */
    Packet between(Ipv4 from, Ipv4 other) {
        return plain(new Subject(from, other, header), form);
    }

    /** What would come back; not for errors. */
    Packet reversed() {
        return plain(about.reversed(), Step.Form.WHOLE);
    }

    /** As rules speak of it (S2). */
    Traffic traffic() {
        return switch (header.protocol()) {
            case Traffic.ICMP -> new Traffic.Icmp(header.to(), isError() ? HOST_UNREACHABLE : 0);
            case EXPERIMENTAL -> new Traffic.Other(EXPERIMENTAL);
            default -> new Traffic.Ports(header.protocol(), header.to(), header.to());
        };
    }

    boolean isError() {
        return header.protocol() == Traffic.ICMP && header.to() == UNREACHABLE;
    }

    boolean isTcp() {
        return header.protocol() == Traffic.TCP;
    }
}
