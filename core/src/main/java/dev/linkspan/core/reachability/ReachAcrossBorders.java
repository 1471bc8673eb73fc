package dev.linkspan.core.reachability;

import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What of a reach is left where packets cross Subnets' borders and their replies cross them again.
 *
 * @param request the borders that a packet crosses, one after the other
 * @param replies those that a reply may cross, for the addresses to which it does
 */
record ReachAcrossBorders(List<BorderSets> request, List<Reply> replies) {

    /** @param addresses for which a reply crosses these borders and no other ones */
    record Reply(List<BorderSets> borders, CidrSet addresses) {}

    /** A kind of packet that passes, with these addresses; of every protocol but the excepted ones. */
    private record Part(Traffic traffic, CidrSet addresses, Set<Integer> except) {}

    /** Each kind of packet by itself, as far as entries tell kinds apart. */
    List<Reach> of(Reach reach) {
        return isOpen()
                ? List.of(reach)
                : parts(reach.traffic())
                        .map(part -> reach.part(part.traffic(), part.addresses(), part.except()))
                        .filter(part -> !part.addresses().isEmpty())
                        .toList();
    }

    /** Whether any such packet passes with one of these addresses, and its reply. */
    boolean passesAny(Traffic traffic, CidrSet addresses) {
        return isOpen()
                || parts(traffic)
                        .anyMatch(part ->
                                !part.addresses().intersection(addresses).isEmpty());
    }

    private boolean isOpen() {
        return borders().allMatch(BorderSets::isOpen);
    }

    private Stream<Part> parts(Traffic traffic) {
        Stream<Part> told = kinds(traffic).flatMap(kind -> parts(kind, Set.of()));
        return traffic instanceof Traffic.All ? Stream.concat(told, parts(traffic, toldApart())) : told;
    }

    private Stream<Part> parts(Traffic kind, Set<Integer> except) {
        List<BorderSets.Passing> parts = List.of(new BorderSets.Passing(kind, answered(kind)));
        for (BorderSets border : request) {
            parts = parts.stream().flatMap(part -> across(border, part)).toList();
        }
        return parts.stream().map(part -> new Part(part.traffic(), part.addresses(), except));
    }

    private static Stream<BorderSets.Passing> across(BorderSets border, BorderSets.Passing part) {
        return border.parts(part.traffic()).stream()
                .map(it -> new BorderSets.Passing(it.traffic(), it.addresses().intersection(part.addresses())));
    }

    private CidrSet answered(Traffic packet) {
        Traffic answer = BorderJudgement.reply(packet);
        CidrSet answered = CidrSet.EMPTY;
        for (Reply reply : replies) {
            CidrSet crossing = reply.addresses();
            for (BorderSets border : reply.borders()) {
                crossing = crossing.intersection(border.addresses(answer));
            }
            answered = answered.union(crossing);
        }
        return answered;
    }

    private Stream<Traffic> kinds(Traffic traffic) {
        return switch (traffic) {
            case Traffic.All _ -> toldApart().stream().flatMap(ReachAcrossBorders::ofProtocol);
            case Traffic.Icmp(int type, int _) when type == Traffic.ANY -> ofProtocol(Traffic.ICMP);
            case Traffic.Ports _, Traffic.Icmp _, Traffic.Other _ -> Stream.of(traffic);
        };
    }

    private static Stream<Traffic> ofProtocol(int protocol) {
        Function<Integer, Traffic> query = type -> new Traffic.Icmp(type, Traffic.ANY);
        return switch (protocol) {
            case Traffic.TCP, Traffic.UDP -> Stream.of(new Traffic.Ports(protocol, 0, Traffic.Ports.LAST));
            case Traffic.ICMP -> Decisions.ICMP_REQUESTS.stream().map(query);
            default -> Stream.of(new Traffic.Other(protocol));
        };
    }

    /** The protocols with replies of another kind than their requests, and those that entries name; in order. */
    private Set<Integer> toldApart() {
        Set<Integer> protocols = new TreeSet<>(Set.of(Traffic.TCP, Traffic.UDP, Traffic.ICMP));
        borders()
                .flatMap(border -> border.acl().entries(border.direction()))
                .map(AclEntry::traffic)
                .forEach(traffic -> traffic.protocolNumber().ifPresent(protocols::add));
        return protocols;
    }

    private Stream<BorderSets> borders() {
        return Stream.concat(request.stream(), replies.stream().flatMap(reply -> reply.borders().stream()));
    }
}
