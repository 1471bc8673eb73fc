package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.plan.GroupRule;
import dev.linkspan.core.plan.NetPlan.BorderEntry;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules of a security group in the language of nft(8). */
final class NftRules {

    private NftRules() {}

    /**
     * Which end of a flow a rule's counterpart is.
     *
     * @param address where connection tracking has its address
     * @param members the sets of whom a group holds
     * @param places what tells, beside the address, that it is a member
     * @param traffic what the rule speaks of
     */
    record OtherEnd(String address, String members, List<String> places, Function<Traffic, String> traffic) {

        static final OtherEnd OPENER = new OtherEnd(
                "ct original ip saddr",
                "openers_",
                List.of("ct direction original iifname", "ct direction reply oifname"),
                NftRules::ofFlow);
        static final OtherEnd RESPONDER =
                new OtherEnd("ct original ip daddr", "responders_", List.of("ct mark"), NftRules::ofFlow);

        /** Of a packet that is judged by itself. */
        static final OtherEnd RECEIVER =
                new OtherEnd("ip daddr", OPENER.members, List.of("oifname"), NftRules::ofPacket);
    }

    /**
     * The lines of a chain.
     *
     * @param other the end of a flow that the rules' ranges and groups speak of
     * @param verdict what is done with the packets of a flow that a rule covers; the others go on
     */
    static List<String> of(List<GroupRule> rules, OtherEnd other, String verdict) {
        List<String> lines = new ArrayList<>();
        for (GroupRule rule : rules) {
            String traffic = other.traffic.apply(rule.traffic());
            if (rule.ranges().ranges().contains(Cidr.ALL)) {
                lines.add(traffic + verdict);
            } else if (!rule.ranges().isEmpty()) {
                lines.add("%s%s %s %s".formatted(traffic, other.address, elements(rule.ranges()), verdict));
            }
            for (SecurityGroupId group : rule.groups()) {
                other.places.forEach(place -> lines.add("%s%s . %s @%s%s %s"
                        .formatted(traffic, place, other.address, other.members, digits(group), verdict)));
            }
        }
        return lines;
    }

    /**
     * The line of an entry of a network ACL, which judges packets.
     *
     * @param outside where a packet has the address outside the Subnet
     */
    static String of(BorderEntry entry, String outside) {
        String address = entry.range().equals(Cidr.ALL) ? "" : "%s %s ".formatted(outside, entry.range());
        return ofPacket(entry.traffic()) + address + (entry.allows() ? "return" : "drop");
    }

    /** Which flows a rule speaks of. Connection tracking keeps an ICMP query's type and code in place of a port. */
    private static String ofFlow(Traffic traffic) {
        return switch (traffic) {
            case Traffic.All _ -> "";
            case Traffic.Ports(int protocol, int from, int to) -> traffic(protocol, from, to);
            case Traffic.Icmp(int type, int code) when type < 0 -> "ct protocol %d ".formatted(Traffic.ICMP);
            case Traffic.Icmp(int type, int code) when code < 0 -> traffic(Traffic.ICMP, type << 8, type << 8 | 0xff);
            case Traffic.Icmp(int type, int code) -> traffic(Traffic.ICMP, type << 8 | code, type << 8 | code);
            case Traffic.Other(int protocol) -> "ct protocol %d ".formatted(protocol);
        };
    }

    /** The same of a packet alone; fragments were put together before. */
    private static String ofPacket(Traffic traffic) {
        return switch (traffic) {
            case Traffic.All _ -> "";
            case Traffic.Ports(int protocol, int from, int to) ->
                "meta l4proto %d th dport %d-%d ".formatted(protocol, from, to);
            case Traffic.Icmp(int type, int code) when type < 0 -> "meta l4proto %d ".formatted(Traffic.ICMP);
            case Traffic.Icmp(int type, int code) when code < 0 -> "icmp type %d ".formatted(type);
            case Traffic.Icmp(int type, int code) -> "icmp type %d icmp code %d ".formatted(type, code);
            case Traffic.Other(int protocol) -> "meta l4proto %d ".formatted(protocol);
        };
    }

    private static String traffic(int protocol, int from, int to) {
        String ports = from == to ? "" + from : from + "-" + to;
        return "ct protocol %d ct original proto-dst %s ".formatted(protocol, ports);
    }

    private static String elements(CidrSet ranges) {
        return ranges.ranges().stream().map(Cidr::toString).collect(Collectors.joining(", ", "{ ", " }"));
    }

    /** What stands for the group in the names of its sets and chains. */
    static String digits(SecurityGroupId group) {
        return KernelNames.digits(SecurityGroupId.KIND, group);
    }
}
