package dev.linkspan.core.insights;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Sentence;
import dev.linkspan.core.wording.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a path asks, in the words in which it was asked. However much or little is said, and wherever, it has to come down to
 * one packet: to one port, from one end to another.
 *
 * @param source a VM, a NIC, a peering that the packet comes through from the far Net, or an internet service that it comes in by
 * @param destination the same; absent where an address alone is meant
 * @param sourceAddress which address of the source; needed for a peering and an internet service
 * @param destinationAddress likewise
 * @param protocol {@link Traffic#TCP} or {@link Traffic#UDP}
 * @param destinationPort may be told by the filters instead
 */
public record PathQuestion(
        ResourceId source,
        Optional<ResourceId> destination,
        Optional<Ipv4> sourceAddress,
        Optional<Ipv4> destinationAddress,
        int protocol,
        Optional<Integer> destinationPort,
        PacketFilter atSource,
        PacketFilter atDestination) {

    public PathQuestion {
        requireEnd(Parameter.SOURCE, source);
        destination.ifPresent(end -> requireEnd(Parameter.DESTINATION, end));
    }

    /** Refuses what does not come down to one packet. */
    public void requireOnePacket() {
        if (from().isEmpty()) {
            requireNoDoor(Parameter.SOURCE, source, Parameter.SOURCE_ADDRESS);
        }
        if (destination.isEmpty() && to().isEmpty()) {
            throw missing(Parameter.DESTINATION, Sentence.of("unless there is a %s", Parameter.DESTINATION_ADDRESS));
        }
        if (to().isEmpty()) {
            destination.ifPresent(end -> requireNoDoor(Parameter.DESTINATION, end, Parameter.DESTINATION_ADDRESS));
        }
        packet();
    }

    /** Behind a peering and an internet service there are many. */
    private static void requireNoDoor(Parameter which, ResourceId end, Parameter address) {
        if (end instanceof NetPeeringId) {
            throw missing(
                    address,
                    Sentence.of("where the %s is a %s peering: it says which address is meant", which, Noun.NET));
        }
        if (end instanceof InternetServiceId) {
            throw missing(
                    address,
                    Sentence.of(
                            "where the %s is an %s: it says which address outside is meant",
                            which, Noun.INTERNET_SERVICE));
        }
    }

    /** The address that the packet comes from, where it is told. */
    public Optional<Ipv4> from() {
        return agreed(
                new Given<>(Parameter.SOURCE_ADDRESS, sourceAddress),
                new Given<>(Parameter.FILTER_AT_SOURCE_SOURCE, atSource.sourceAddress()),
                new Given<>(Parameter.FILTER_AT_DESTINATION_SOURCE, atDestination.sourceAddress()));
    }

    /** The address that the packet is for, where it is told. */
    public Optional<Ipv4> to() {
        return agreed(
                new Given<>(Parameter.DESTINATION_ADDRESS, destinationAddress),
                new Given<>(Parameter.FILTER_AT_SOURCE_DESTINATION, atSource.destinationAddress()),
                new Given<>(Parameter.FILTER_AT_DESTINATION_DESTINATION, atDestination.destinationAddress()));
    }

    /** The packet, apart from its addresses. */
    public Traffic packet() {
        Optional<Integer> port = agreed(
                new Given<>(Parameter.DESTINATION_PORT, destinationPort.map(this::possible)),
                port(Parameter.FILTER_AT_SOURCE_PORTS, atSource),
                port(Parameter.FILTER_AT_DESTINATION_PORTS, atDestination));
        int one = port.orElseThrow(
                () -> missing(Parameter.DESTINATION_PORT, Sentence.of("since the way of one packet is analysed")));
        return new Traffic.Ports(protocol, one, one);
    }

    private int possible(int port) {
        return PortRange.of(Parameter.DESTINATION_PORT, port, port).first();
    }

    private static Given<Integer> port(Term parameter, PacketFilter filter) {
        return new Given<>(parameter, filter.destinationPorts().map(range -> {
            if (range.first() != range.last()) {
                throw Refusal.badValue(
                        parameter, range, "one port is expected, since the way of one packet is analysed");
            }
            return range.first();
        }));
    }

    private static void requireEnd(Term parameter, ResourceId end) {
        if (!(end instanceof VmId
                || end instanceof NicId
                || end instanceof NetPeeringId
                || end instanceof InternetServiceId)) {
            throw Refusal.malformed(
                    parameter,
                    end.value(),
                    "the id or ARN of %s, of a %s, of a %s peering or of an %s is expected",
                    Noun.A_VM,
                    Noun.NIC,
                    Noun.NET,
                    Noun.INTERNET_SERVICE);
        }
    }

    private static Refusal missing(Term parameter, Sentence when) {
        return new Refusal(RefusalCode.MISSING_PARAMETER, "The parameter '%s' is required %s.", parameter, when);
    }

    private record Given<T>(Term parameter, Optional<T> value) {}

    /** What is said more than once must be the same. */
    @SafeVarargs
    private static <T> Optional<T> agreed(Given<T>... places) {
        List<Given<T>> told = new ArrayList<>();
        for (Given<T> place : places) {
            if (place.value().isPresent()) {
                told.add(place);
            }
        }
        for (Given<T> place : told) {
            Given<T> first = told.getFirst();
            if (!place.value().equals(first.value())) {
                throw Refusal.badValue(
                        place.parameter(),
                        place.value().orElseThrow(),
                        "%s says %s, and both mean the same packet",
                        first.parameter(),
                        first.value().orElseThrow());
            }
        }
        return told.isEmpty() ? Optional.empty() : told.getFirst().value();
    }
}
