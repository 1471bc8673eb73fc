package dev.linkspan.core.insights;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.Optional;

/** Questions for tests. */
public final class PathQuestions {

    private PathQuestions() {}

    /** From here to there on tcp/443. */
    public static PathQuestion web(ResourceId from, ResourceId to) {
        return new PathQuestion(
                from,
                Optional.of(to),
                Optional.empty(),
                Optional.empty(),
                Traffic.TCP,
                Optional.of(443),
                PacketFilter.NONE,
                PacketFilter.NONE);
    }

    /** From here to this address on tcp/443. */
    public static PathQuestion web(ResourceId from, String to) {
        return new PathQuestion(
                from,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Ipv4.parse(to)),
                Traffic.TCP,
                Optional.of(443),
                PacketFilter.NONE,
                PacketFilter.NONE);
    }

    public static PathQuestion withSource(PathQuestion question, ResourceId source, String address) {
        return new PathQuestion(
                source,
                question.destination(),
                Optional.of(Ipv4.parse(address)),
                question.destinationAddress(),
                question.protocol(),
                question.destinationPort(),
                question.atSource(),
                question.atDestination());
    }

    public static PathQuestion withDestination(PathQuestion question, ResourceId destination, String address) {
        return new PathQuestion(
                question.source(),
                Optional.of(destination),
                question.sourceAddress(),
                Optional.of(Ipv4.parse(address)),
                question.protocol(),
                question.destinationPort(),
                question.atSource(),
                question.atDestination());
    }

    /** The same of another protocol, and with what is known at both ends instead of a port. */
    public static PathQuestion of(PathQuestion question, int protocol, PacketFilter atSource, PacketFilter atEnd) {
        return new PathQuestion(
                question.source(),
                question.destination(),
                question.sourceAddress(),
                question.destinationAddress(),
                protocol,
                Optional.empty(),
                atSource,
                atEnd);
    }
}
