package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.plan.FilterRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Filter;
import dev.linkspan.core.plan.NetPlan.Link;
import dev.linkspan.core.plan.NetPlan.Member;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.netns.NftTable.NftChain;
import dev.linkspan.server.network.netns.NftTable.NftSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Compiles a Net's plan into the packet filter of its router.
 *
 * <h2>The way of a packet</h2>
 *
 * <p>{@code prerouting} lets in what comes from a NIC with that NIC's own MAC and address (S6), marking it with the NIC's
 * route table, and what comes from a peering with an address of the peer for an address of this Net; nothing else.
 * Routing then chooses the way out by that mark. {@code forward} binds each flow to the peering in which it started
 * (P13), lets replies pass (S3), and judges every packet of a flow's original direction again, so that what no longer is
 * allowed stops at once (S3, R6): first by the sender's outbound rules, then by the receiver's inbound rules. A peer's
 * NICs are judged in the peer's own router.
 *
 * <h2>Lookups, not lists</h2>
 *
 * <p>NICs, peerings and group members are elements of sets and maps, so the number of rules that a packet meets depends
 * on its groups' rules alone. NICs with the same groups share a chain.
 */
final class NftCompiler {

    private final NetPlan plan;
    private final Map<String, NftSet> sets = new LinkedHashMap<>();
    private final Map<String, NftChain> chains = new LinkedHashMap<>();

    private NftCompiler(NetPlan plan) {
        this.plan = plan;
    }

    static NftTable compile(NetPlan plan) {
        NftCompiler compiler = new NftCompiler(plan);
        compiler.identities();
        compiler.peerings();
        compiler.groupMembers();
        compiler.chains.put("inbound", new NftChain("", List.of("oifname vmap @port_in", "drop")));
        plan.groups().values().forEach(compiler::groupChains);
        compiler.portVerdicts();
        compiler.hooks();
        return new NftTable(compiler.sets, compiler.chains);
    }

    /** Who may send what from which NIC, and the route table that decides for it. */
    private void identities() {
        List<String> checked = new ArrayList<>();
        List<String> unchecked = new ArrayList<>();
        Map<String, String> marks = new LinkedHashMap<>();
        for (Port port : plan.ports().values()) {
            String link = quoted(Names.link(port.nic()));
            if (port.checked()) {
                port.addresses().forEach(address -> checked.add(joined(link, port.mac(), address)));
            } else {
                unchecked.add(joined(link, port.mac()));
            }
            marks.put(link, hex(Names.number(port.table())));
        }
        sets.put("port_identities", NftSet.set("ifname . ether_addr . ipv4_addr", checked));
        sets.put("port_unchecked", NftSet.set("ifname . ether_addr", unchecked));
        sets.put("port_tables", NftSet.map("ifname : mark", marks));
    }

    /** What may pass a peering, each way, and which flows belong to it. */
    private void peerings() {
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        List<String> marked = new ArrayList<>();
        Map<String, String> marks = new LinkedHashMap<>();
        for (PeeringLink peering : plan.peerings().values()) {
            String link = quoted(Names.link(peering.id()));
            String mark = hex(Names.mark(peering.id()));
            in.add(joined(link, peering.peerRange(), plan.range()));
            out.add(joined(link, plan.range(), peering.peerRange()));
            marked.add(joined(link, mark));
            marks.put(link, mark);
        }
        sets.put("peering_in", NftSet.set("ifname . ipv4_addr . ipv4_addr", in).withIntervals());
        sets.put(
                "peering_out", NftSet.set("ifname . ipv4_addr . ipv4_addr", out).withIntervals());
        sets.put("peering_links", NftSet.set("ifname", marks.keySet()));
        sets.put("peering_flows", NftSet.set("ifname . mark", marked));
        sets.put("peering_marks", NftSet.map("ifname : mark", marks));
    }

    private void groupMembers() {
        plan.members().forEach((group, members) -> {
            List<String> keys = members.stream().map(NftCompiler::memberKey).toList();
            sets.put(membersOf(group), NftSet.set("ifname . ipv4_addr", keys));
        });
    }

    private static String memberKey(Member member) {
        String link = switch (member.link()) {
            case Link.ToNic(NicId nic) -> Names.link(nic);
            case Link.ToPeer(NetPeeringId peering) -> Names.link(peering);
        };
        return joined(quoted(link), member.address());
    }

    private void groupChains(Filter filter) {
        chains.put(
                "in_" + digits(filter.id()),
                new NftChain("", rules(filter.inbound(), "ip saddr", "iifname . ip saddr", "accept")));
        chains.put(
                "out_" + digits(filter.id()),
                new NftChain("", rules(filter.outbound(), "ip daddr", "oifname . ip daddr", "goto inbound")));
    }

    private static List<String> rules(List<FilterRule> rules, String address, String member, String verdict) {
        List<String> lines = new ArrayList<>();
        for (FilterRule rule : rules) {
            String traffic = traffic(rule.traffic());
            if (rule.ranges().ranges().contains(Cidr.ALL)) {
                lines.add(traffic + verdict);
            } else if (!rule.ranges().isEmpty()) {
                lines.add(traffic + address + " " + elements(rule.ranges()) + " " + verdict);
            }
            rule.groups().forEach(group -> lines.add(traffic + member + " @" + membersOf(group) + " " + verdict));
        }
        return lines;
    }

    private static String traffic(Traffic traffic) {
        return switch (traffic) {
            case Traffic.All _ -> "";
            case Traffic.Ports(int protocol, int from, int to) ->
                "meta l4proto %d th dport %s ".formatted(protocol, from == to ? "" + from : from + "-" + to);
            case Traffic.Icmp(int type, int code) ->
                "meta l4proto icmp " + (type < 0 ? "" : "icmp type %d ".formatted(type))
                        + (code < 0 ? "" : "icmp code %d ".formatted(code));
            case Traffic.Other(int protocol) -> "meta l4proto %d ".formatted(protocol);
        };
    }

    /** Which chain judges what leaves and what enters each NIC; a peering has none, its other end judges. */
    private void portVerdicts() {
        Map<String, String> out = new LinkedHashMap<>();
        Map<String, String> in = new LinkedHashMap<>();
        for (Port port : plan.ports().values()) {
            String suffix = combination(port.groups());
            chains.computeIfAbsent("ports_in_" + suffix, _ -> jumps("in_", port.groups()));
            chains.computeIfAbsent("ports_out_" + suffix, _ -> jumps("out_", port.groups()));
            out.put(quoted(Names.link(port.nic())), "jump ports_out_" + suffix);
            in.put(quoted(Names.link(port.nic())), "goto ports_in_" + suffix);
        }
        for (NetPeeringId peering : plan.peerings().keySet()) {
            out.put(quoted(Names.link(peering)), "goto inbound");
            in.put(quoted(Names.link(peering)), "accept");
        }
        sets.put("port_out", NftSet.map("ifname : verdict", out));
        sets.put("port_in", NftSet.map("ifname : verdict", in));
    }

    private static NftChain jumps(String prefix, List<SecurityGroupId> groups) {
        return new NftChain(
                "",
                groups.stream().map(group -> "jump " + prefix + digits(group)).toList());
    }

    private void hooks() {
        chains.put(
                "prerouting",
                new NftChain(
                        "type filter hook prerouting priority raw; policy drop;",
                        List.of(
                                "iifname . ether saddr . ip saddr @port_identities meta mark set iifname map @port_tables accept",
                                "iifname . ip saddr . ip daddr @peering_in accept",
                                "iifname . ether saddr @port_unchecked meta mark set iifname map @port_tables accept")));
        chains.put(
                "forward",
                new NftChain(
                        "type filter hook forward priority filter; policy drop;",
                        List.of(
                                "ct state new ct mark set iifname map @peering_marks",
                                "ct state new ct mark set oifname map @peering_marks",
                                "iifname @peering_links iifname . ct mark != @peering_flows drop",
                                "oifname @peering_links oifname . ct mark != @peering_flows drop",
                                "oifname @peering_links oifname . ip saddr . ip daddr != @peering_out drop",
                                "ct direction reply ct state established,related accept",
                                "ct state related accept",
                                "ct state invalid drop",
                                "iifname vmap @port_out")));
        chains.put(
                "input",
                new NftChain(
                        "type filter hook input priority filter; policy drop;",
                        List.of("iifname != @peering_links icmp type echo-request accept")));
    }

    private static String membersOf(SecurityGroupId group) {
        return "members_" + digits(group);
    }

    /** A name for a set of groups: the same for the same groups. */
    private static String combination(List<SecurityGroupId> groups) {
        String ids = groups.stream().map(SecurityGroupId::value).collect(Collectors.joining(","));
        return UUID.nameUUIDFromBytes(ids.getBytes(StandardCharsets.US_ASCII))
                .toString()
                .replace("-", "");
    }

    private static String elements(CidrSet ranges) {
        return ranges.ranges().stream().map(Cidr::toString).collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String digits(SecurityGroupId group) {
        return Names.digits(SecurityGroupId.KIND, group);
    }

    private static String joined(Object... parts) {
        return Arrays.stream(parts).map(Object::toString).collect(Collectors.joining(" . "));
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static String hex(int number) {
        return "0x%08x".formatted(number);
    }
}
