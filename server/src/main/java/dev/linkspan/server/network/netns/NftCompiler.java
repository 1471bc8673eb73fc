package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.VmId;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compiles a Net's plan into the packet filter of its router.
 *
 * <h2>The way of a packet</h2>
 *
 * <p>{@code prerouting} lets in what comes from a NIC with that NIC's own MAC and address (S6), marking it with the NIC's
 * route table, and what comes from a peering, without a mark, with an address of the peer for an address of this Net;
 * nothing else. Routing then chooses the way out by that mark. {@code forward} binds a flow that begins to its peering
 * (P13), and then judges every packet of it, in either direction.
 *
 * <h2>Flows, not packets</h2>
 *
 * <p>What is judged is the flow: connection tracking knows who opened it ({@code ct original}), and a request, its reply
 * and an ICMP error about either pass by the same rules, the outbound ones of the opener and the inbound ones of the other
 * end. So all of them stop at once when the rule goes, and pass again when it is back (S3, S7). A reply that comes out of
 * a peering passes only while this Net's routes still lead to its sender through that peering (R6). Errors pass from the
 * flow's ends and from routers, never from a third machine. A peer's NICs are judged in the peer's own router.
 *
 * <h2>Lookups, not lists</h2>
 *
 * <p>NICs, peerings and group members are elements of sets and maps, so the number of rules that a packet meets depends
 * on its groups' rules alone. NICs with the same groups share a chain.
 */
final class NftCompiler {

    /** The ICMP errors that are about a flow. Redirects are none, and source quench is obsolete (RFC 6633). */
    private static final String ERRORS = "{ destination-unreachable, time-exceeded, parameter-problem }";

    /** The label (of connection tracking) of flows whose opener need not have the address that they came from. */
    private static final int OPENED_FROM_ANYWHERE = 1;

    /** Whether the table that the packet's mark names leads to its sender by the link that it came from. */
    private static final String WAY_BACK = "fib saddr . mark . iif oif";

    private final NetPlan plan;
    private final TrackingShares shares;
    private final Map<String, NftSet> sets = new LinkedHashMap<>();
    private final Map<String, NftChain> chains = new LinkedHashMap<>();

    private NftCompiler(NetPlan plan, TrackingShares shares) {
        this.plan = plan;
        this.shares = shares;
    }

    /** The tables, in a fixed order. */
    static List<NftTable> compile(NetPlan plan, TrackingShares shares) {
        return List.of(ip(plan, shares), arp(plan));
    }

    /**
     * Who may ask for whom by ARP: a NIC with its own MAC and its machine's addresses. A sender that the router hears is kept in
     * a table that all namespaces of the kernel share, so that made-up ones would leave no room for other Nets. A machine
     * that answers through another NIC than was asked asks with the address that it answers with; unheard, it would hold
     * back all else that it sends there, also where the source check lets only that pass.
     */
    private static NftTable arp(NetPlan plan) {
        Map<VmId, List<Ipv4>> ofMachines = new HashMap<>();
        for (Port port : plan.ports().values()) {
            ofMachines.computeIfAbsent(port.vm(), _ -> new ArrayList<>()).addAll(port.addresses());
        }
        List<String> senders = new ArrayList<>();
        for (Port port : plan.ports().values()) {
            String link = quoted(Names.link(port.nic()));
            ofMachines
                    .getOrDefault(port.vm(), List.of())
                    .forEach(address -> senders.add(joined(link, port.mac(), address)));
        }
        return new NftTable(
                NftTable.ARP,
                Map.of("senders", NftSet.set("ifname . ether_addr . ipv4_addr", senders)),
                Map.of(
                        "input",
                        hook("input priority filter", "iifname . arp saddr ether . arp saddr ip @senders accept")));
    }

    private static NftTable ip(NetPlan plan, TrackingShares shares) {
        NftCompiler compiler = new NftCompiler(plan, shares);
        compiler.identities();
        compiler.peerings();
        compiler.groupMembers();
        compiler.inbound();
        plan.groups().values().forEach(compiler::groupChains);
        compiler.portVerdicts();
        compiler.hooks();
        return new NftTable(NftTable.IP, compiler.sets, compiler.chains);
    }

    /** Who may send what from which NIC, and the route table that decides for it. */
    private void identities() {
        List<String> identities = new ArrayList<>();
        List<String> unchecked = new ArrayList<>();
        Map<String, String> marks = new LinkedHashMap<>();
        for (Port port : plan.ports().values()) {
            String link = quoted(Names.link(port.nic()));
            port.addresses().forEach(address -> identities.add(joined(link, port.mac(), address)));
            if (!port.checked()) {
                unchecked.add(joined(link, port.mac()));
            }
            marks.put(link, hex(Names.number(port.table())));
        }
        sets.put("port_identities", NftSet.set("ifname . ether_addr . ipv4_addr", identities));
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

    /**
     * Whom rules name by a group. An opener is known by the link that its packets come through. A responder may send its
     * replies out of another NIC than the one that was asked, so it is known by the peering that the flow belongs to.
     */
    private void groupMembers() {
        plan.members().forEach((group, members) -> {
            sets.put(
                    OtherEnd.OPENER.members + digits(group),
                    NftSet.set("ifname . ipv4_addr", keys(members, member -> quoted(link(member)))));
            sets.put(
                    OtherEnd.RESPONDER.members + digits(group),
                    NftSet.set("mark . ipv4_addr", keys(members, member -> hex(mark(member)))));
        });
    }

    private static List<String> keys(Collection<Member> members, Function<Member, String> where) {
        return members.stream()
                .map(member -> joined(where.apply(member), member.address()))
                .toList();
    }

    private static String link(Member member) {
        return switch (member.link()) {
            case Link.ToNic(NicId nic) -> Names.link(nic);
            case Link.ToPeer(NetPeeringId peering) -> Names.link(peering);
        };
    }

    private static int mark(Member member) {
        return switch (member.link()) {
            case Link.ToNic _ -> 0;
            case Link.ToPeer(NetPeeringId peering) -> Names.mark(peering);
        };
    }

    /**
     * Which end of a flow a rule's counterpart is.
     *
     * @param address where connection tracking has its address
     * @param members the sets of whom a group holds
     * @param places what tells, beside the address, that it is a member
     * @param traffic what the rule speaks of
     */
    private record OtherEnd(String address, String members, List<String> places, Function<Traffic, String> traffic) {

        static final OtherEnd OPENER = new OtherEnd(
                "ct original ip saddr",
                "openers_",
                List.of("ct direction original iifname", "ct direction reply oifname"),
                NftCompiler::ofFlow);
        static final OtherEnd RESPONDER =
                new OtherEnd("ct original ip daddr", "responders_", List.of("ct mark"), NftCompiler::ofFlow);

        /** Of a packet that is judged by itself. */
        static final OtherEnd RECEIVER =
                new OtherEnd("ip daddr", OPENER.members, List.of("oifname"), NftCompiler::ofPacket);
    }

    private void groupChains(Filter filter) {
        chains.put("in_" + digits(filter.id()), new NftChain("", rules(filter.inbound(), OtherEnd.OPENER, "accept")));
        chains.put(
                "out_" + digits(filter.id()),
                new NftChain("", rules(filter.outbound(), OtherEnd.RESPONDER, "goto inbound")));
    }

    private static List<String> rules(List<FilterRule> rules, OtherEnd other, String verdict) {
        List<String> lines = new ArrayList<>();
        for (FilterRule rule : rules) {
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

    /** Judged by the responder's address: its replies may leave by another NIC. A peer's are judged by the peer. */
    private void inbound() {
        chains.put(
                "inbound",
                new NftChain(
                        "",
                        List.of(
                                "ct original ip daddr vmap @port_in",
                                "ct direction original oifname @peering_links accept",
                                "ct direction reply iifname @peering_links accept",
                                "drop")));
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
            port.addresses().forEach(address -> in.put(address.toString(), "goto ports_in_" + suffix));
        }
        for (NetPeeringId peering : plan.peerings().keySet()) {
            out.put(quoted(Names.link(peering)), "goto inbound");
        }
        sets.put("port_out", NftSet.map("ifname : verdict", out));
        sets.put("port_in", NftSet.map("ipv4_addr : verdict", in));
    }

    private static NftChain jumps(String prefix, List<SecurityGroupId> groups) {
        return new NftChain(
                "",
                groups.stream().map(group -> "jump " + prefix + digits(group)).toList());
    }

    private void hooks() {
        chains.put(
                "prerouting",
                hook(
                        "prerouting priority raw",
                        "iifname . ether saddr . ip saddr @port_identities meta mark set iifname map @port_tables accept",
                        "iifname . ip saddr . ip daddr @peering_in accept",
                        "iifname . ether saddr @port_unchecked meta mark set iifname map @port_tables accept"));
        repliesAnywhere();
        repliesForOthers();
        flowChains();
        shares();
        chains.put(
                "forward",
                hook(
                        "forward priority filter",
                        "ct state vmap { invalid : drop, new : jump begins, related : jump errors }",
                        "meta mark 0 iifname . ct mark != @peering_flows drop",
                        "oifname @peering_links jump leaves",
                        "ct direction reply iifname . ether saddr @port_unchecked iifname . ether saddr . ip saddr "
                                + "!= @port_identities jump replies_for_others",
                        "ct direction reply goto replies",
                        "iifname vmap @port_out"));
        chains.put(
                "input",
                hook(
                        "input priority filter",
                        "iifname != @peering_links icmp type echo-request ct state new jump shares",
                        "iifname != @peering_links icmp type echo-request accept"));
        chains.put(
                "output",
                hook(
                        "output priority filter",
                        "oifname != @peering_links accept",
                        "jump leaves",
                        "icmp type " + ERRORS + " accept"));
    }

    /** What passes takes a place of its link's share. What is refused before takes none. */
    private void shares() {
        TrackingShares.Counting counting =
                shares.counting(plan.ports().size(), plan.peerings().size());
        sets.put(counting.setName(), counting.set());
        chains.put("shares", new NftChain("", counting.rules()));
        chains.put(
                "postrouting",
                new NftChain(
                        "type filter hook postrouting priority filter; policy accept;",
                        List.of("ct state new jump shares")));
    }

    /** What {@code forward} asks of some packets only; see there for which. */
    private void flowChains() {
        chains.put(
                "begins",
                new NftChain(
                        "",
                        List.of(
                                // Until a flow is answered its packets count as new: the first one has marked it.
                                "ct mark != 0 return",
                                "iifname . ether saddr @port_unchecked iifname . ether saddr . ip saddr != @port_identities ct label set "
                                        + OPENED_FROM_ANYWHERE,
                                "ct mark set iifname map @peering_marks return",
                                "ct mark set oifname map @peering_marks")));
        chains.put(
                "errors",
                new NftChain(
                        "",
                        List.of(
                                "icmp type != " + ERRORS + " drop",
                                "iifname @peering_links return",
                                "ct direction original iifname . ether saddr . ct original ip saddr @port_identities return",
                                "ct direction reply iifname . ether saddr . ct original ip daddr @port_identities return",
                                "iifname . ether saddr @port_unchecked return",
                                "drop")));
        chains.put(
                "leaves",
                new NftChain(
                        "",
                        List.of(
                                "ct state new,established,related oifname . ct mark != @peering_flows drop",
                                "oifname . ip saddr . ip daddr != @peering_out drop")));
        chains.put(
                "replies",
                new NftChain(
                        "",
                        List.of(
                                "ct label %d goto replies_anywhere".formatted(OPENED_FROM_ANYWHERE),
                                "iifname @peering_links meta mark set oifname map @port_tables %s missing drop"
                                        .formatted(WAY_BACK),
                                "oifname vmap @port_out")));
    }

    /**
     * A NIC without source check may have opened a flow with an address that is not its own. The replies go to whoever has
     * the address, which is another NIC of the same machine, or they are dropped: nobody opens another machine's groups. What
     * may be sent, and where to, is asked of the NIC that opened it; which one that was of several is not known, so of all.
     */
    private void repliesAnywhere() {
        Set<String> rules = new LinkedHashSet<>();
        for (Port port : plan.ports().values()) {
            if (!port.checked()) {
                String judged = "jump ports_out_" + combination(port.groups());
                String table = hex(Names.number(port.table()));
                String machine = "oifname { %s }".formatted(linksOf(port.vm()));
                rules.add("%s iifname != @peering_links %s".formatted(machine, judged));
                rules.add("%s iifname @peering_links meta mark set %s %s exists %s"
                        .formatted(machine, table, WAY_BACK, judged));
            }
        }
        chains.put("replies_anywhere", new NftChain("", List.copyOf(rules)));
    }

    /**
     * A NIC without source check may reply for another one of its machine, and for somebody else where its own groups let out
     * what it sends.
     */
    private void repliesForOthers() {
        List<String> rules = new ArrayList<>();
        for (Port port : plan.ports().values()) {
            if (!port.checked()) {
                String judging = "sends_" + combination(port.groups());
                chains.computeIfAbsent(judging, _ -> new NftChain("", sending(port.groups())));
                String link = quoted(Names.link(port.nic()));
                rules.add("iifname %s ip saddr { %s } goto replies".formatted(link, addressesOf(port.vm())));
                rules.add("iifname %s jump %s".formatted(link, judging));
            }
        }
        rules.add("drop");
        chains.put("replies_for_others", new NftChain("", rules));
    }

    private List<String> sending(List<SecurityGroupId> groups) {
        return groups.stream()
                .flatMap(group -> Optional.ofNullable(plan.groups().get(group)).stream())
                .flatMap(filter -> rules(filter.outbound(), OtherEnd.RECEIVER, "goto replies").stream())
                .toList();
    }

    private String addressesOf(VmId vm) {
        return portsOf(vm)
                .flatMap(port -> port.addresses().stream())
                .map(Ipv4::toString)
                .collect(Collectors.joining(", "));
    }

    private String linksOf(VmId vm) {
        return portsOf(vm).map(port -> quoted(Names.link(port.nic()))).collect(Collectors.joining(", "));
    }

    private Stream<Port> portsOf(VmId vm) {
        return plan.ports().values().stream().filter(port -> port.vm().equals(vm));
    }

    private static NftChain hook(String where, String... rules) {
        return new NftChain("type filter hook %s; policy drop;".formatted(where), List.of(rules));
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
