package dev.linkspan.core.insights;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a path asks, in the words in which it was asked. However much or little is said, and wherever, it has to come down to
 * one packet: to one port, from one end to another.
 *
 * @param source a VM, a NIC, or a peering that the packet comes through from the far Net
 * @param destination the same; absent where an address alone is meant
 * @param sourceAddress which address of the source; needed for a peering
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
        requireEnd("Source", source);
        destination.ifPresent(end -> requireEnd("Destination", end));
    }

    /** Refuses what does not come down to one packet. */
    public void requireOnePacket() {
        if (source instanceof NetPeeringId && from().isEmpty()) {
            throw missing("SourceIp", "where the Source is a Net peering: it says which address is meant");
        }
        if (destination.isEmpty() && to().isEmpty()) {
            throw missing("Destination", "unless there is a DestinationIp");
        }
        if (destination.filter(NetPeeringId.class::isInstance).isPresent() && to().isEmpty()) {
            throw missing("DestinationIp", "where the Destination is a Net peering: it says which address is meant");
        }
        packet();
    }

    /** The address that the packet comes from, where it is told. */
    public Optional<Ipv4> from() {
        return agreed(
                new Given<>("SourceIp", sourceAddress),
                new Given<>("FilterAtSource.SourceAddress", atSource.sourceAddress()),
                new Given<>("FilterAtDestination.SourceAddress", atDestination.sourceAddress()));
    }

    /** The address that the packet is for, where it is told. */
    public Optional<Ipv4> to() {
        return agreed(
                new Given<>("DestinationIp", destinationAddress),
                new Given<>("FilterAtSource.DestinationAddress", atSource.destinationAddress()),
                new Given<>("FilterAtDestination.DestinationAddress", atDestination.destinationAddress()));
    }

    /** The packet, apart from its addresses. */
    public Traffic packet() {
        Optional<Integer> port = agreed(
                new Given<>("DestinationPort", destinationPort.map(this::possible)),
                port("FilterAtSource.DestinationPortRange", atSource),
                port("FilterAtDestination.DestinationPortRange", atDestination));
        int one = port.orElseThrow(() -> missing("DestinationPort", "since the way of one packet is analysed"));
        return new Traffic.Ports(protocol, one, one);
    }

    private int possible(int port) {
        return PortRange.of("DestinationPort", port, port).first();
    }

    private static Given<Integer> port(String parameter, PacketFilter filter) {
        return new Given<>(parameter, filter.destinationPorts().map(range -> {
            if (range.first() != range.last()) {
                throw Refusal.badValue(
                        parameter, range, "one port is expected, since the way of one packet is analysed");
            }
            return range.first();
        }));
    }

    private static void requireEnd(String parameter, ResourceId end) {
        if (!(end instanceof VmId || end instanceof NicId || end instanceof NetPeeringId)) {
            throw Refusal.malformed(
                    parameter, end.value(), "the id or ARN of a VM, of a NIC or of a Net peering is expected");
        }
    }

    private static Refusal missing(String parameter, String when) {
        return new Refusal(
                RefusalCode.MISSING_PARAMETER, "The parameter '%s' is required %s.".formatted(parameter, when));
    }

    private record Given<T>(String parameter, Optional<T> value) {}

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
                        "%s says %s, and nothing changes a packet on its way"
                                .formatted(first.parameter(), first.value().orElseThrow()));
            }
        }
        return told.isEmpty() ? Optional.empty() : told.getFirst().value();
    }
}
