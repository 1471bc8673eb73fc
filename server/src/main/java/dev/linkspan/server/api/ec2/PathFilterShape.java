package dev.linkspan.server.api.ec2;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.insights.PacketFilter;
import dev.linkspan.core.insights.PortRange;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.json.Required;
import java.util.Optional;

/** What a packet looks like at one end of a path, as clients give it and are shown it. */
record PathFilterShape(
        Optional<Ipv4> sourceAddress,
        Optional<Ports> sourcePortRange,
        Optional<Ipv4> destinationAddress,
        Optional<Ports> destinationPortRange) {

    record Ports(@Required Integer fromPort, @Required Integer toPort) {

        static Ports of(PortRange range) {
            return new Ports(range.first(), range.last());
        }
    }

    /** @param parameter where it was given */
    PacketFilter filter(String parameter) {
        return new PacketFilter(
                sourceAddress,
                sourcePortRange.map(
                        it -> PortRange.of(new Verbatim(parameter + ".SourcePortRange"), it.fromPort(), it.toPort())),
                destinationAddress,
                destinationPortRange.map(it ->
                        PortRange.of(new Verbatim(parameter + ".DestinationPortRange"), it.fromPort(), it.toPort())));
    }

    /** Empty for a filter that lets everything pass. */
    static Optional<PathFilterShape> of(PacketFilter filter) {
        return filter.equals(PacketFilter.NONE)
                ? Optional.empty()
                : Optional.of(new PathFilterShape(
                        filter.sourceAddress(),
                        filter.sourcePorts().map(Ports::of),
                        filter.destinationAddress(),
                        filter.destinationPorts().map(Ports::of)));
    }
}
