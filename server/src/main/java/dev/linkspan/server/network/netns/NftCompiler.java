package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.GroupRules;
import dev.linkspan.core.plan.NetPlan.Link;
import dev.linkspan.core.plan.NetPlan.Member;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.plan.NetPlan.Table;
import dev.linkspan.server.network.linux.nftables.NftTable;
import dev.linkspan.server.network.linux.nftables.NftTable.NftChain;
import dev.linkspan.server.network.linux.nftables.NftTable.NftSet;
import dev.linkspan.server.network.netns.NftRules.OtherEnd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
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
 * <p>What goes outside and comes in from there is judged likewise, in the private addresses of this Net's machines: {@link
 * NftExits}. What takes the way through a NAT service is judged on each half of it ({@link NftNatServices}), and what is handed
 * to an appliance, and what that passes on, by the appliance's groups ({@link NftAppliances}).
 *
 * <p>Before that, and only where a Subnet's network ACL does not let everything pass, each packet by itself is judged at
 * the borders that it crosses, of the Subnet that it leaves and of the one that it enters (N3).
 *
 * <h2>Lookups, not lists</h2>
 *
 * <p>NICs, peerings and group members are elements of sets and maps, so the number of rules that a packet meets depends
 * on its groups' rules alone. NICs with the same groups share a chain.
 */
final class NftCompiler {

    /** The table of the family {@code ip}. */
    static final String IP_TABLE = "linkspan";

    /** The ICMP errors that are about a flow. Redirects are none, and source quench is obsolete (RFC 6633). */
    private static final String ERRORS = "{ destination-unreachable, time-exceeded, parameter-problem }";

    /** The label (of connection tracking) of flows whose opener need not have the address that they came from. */
    static final int OPENED_FROM_ANYWHERE = 1;

    static final String FROM_PEER = "iifname " + LinkKind.PEERING.pattern();
    static final String FROM_NIC = "iifname " + LinkKind.NIC.pattern();
    static final String FROM_ELSEWHERE = "iifname != " + LinkKind.NIC.pattern();
    static final String TO_PEER = "oifname " + LinkKind.PEERING.pattern();
    static final String TO_NIC = "oifname " + LinkKind.NIC.pattern();

    /** Whether the table that the packet's mark names leads to its sender by the link that it came from. */
    static final String WAY_BACK = "fib saddr . mark . iif oif";

    private final NetPlan plan;
    private final TrackingShares shares;
    private final NftExits exits;
    private final List<NftWay> ways;
    private final NftUnchecked unchecked;
    private final Map<String, NftSet> sets = new LinkedHashMap<>();
    private final Map<String, NftChain> chains = new LinkedHashMap<>();

    private NftCompiler(NetPlan plan, TrackingShares shares) {
        this.plan = plan;
        this.shares = shares;
        this.exits = new NftExits(plan);
        this.ways = List.of(exits, new NftNatServices(plan), new NftAppliances(plan));
        this.unchecked = new NftUnchecked(plan, of(NftWay::inside), of(NftWay::entrance));
    }

    /** The tables, in a fixed order. */
    static List<NftTable> compile(NetPlan plan, TrackingShares shares) {
        return List.of(ip(plan, shares), NftArp.table(plan));
    }

    private static NftTable ip(NetPlan plan, TrackingShares shares) {
        NftCompiler compiler = new NftCompiler(plan, shares);
        compiler.identities();
        compiler.peerings();
        compiler.waysBack();
        compiler.groupMembers();
        compiler.inbound();
        plan.groups().values().forEach(compiler::groupChains);
        compiler.portVerdicts();
        NftBorders borders = NftBorders.of(plan);
        compiler.sets.putAll(borders.sets());
        compiler.chains.putAll(borders.chains());
        for (NftWay way : compiler.ways) {
            compiler.sets.putAll(way.sets());
            compiler.chains.putAll(way.chains());
        }
        compiler.hooks();
        return new NftTable("ip " + IP_TABLE, compiler.sets, compiler.chains);
    }

    /** Who may send what from which NIC, and the route table that decides for it. */
    private void identities() {
        List<String> identities = new ArrayList<>();
        List<String> unchecked = new ArrayList<>();
        Map<String, String> marks = new LinkedHashMap<>();
        for (Port port : plan.ports().values()) {
            String link = quoted(KernelNames.link(port.nic()));
            port.addresses().forEach(address -> identities.add(joined(link, port.mac(), address)));
            if (!port.checked()) {
                unchecked.add(joined(link, port.mac()));
            }
            marks.put(link, hex(KernelNames.number(port.table())));
        }
        ways.forEach(way -> marks.putAll(way.tables()));
        sets.put("port_identities", NftSet.set("ifname . ether_addr . ipv4_addr", identities));
        sets.put("port_unchecked", NftSet.set("ifname . ether_addr", unchecked));
        sets.put("port_tables", NftSet.map("ifname : mark", marks));
    }

    /** What may pass a peering, each way, and which flows belong to it, or to the exit. */
    private void peerings() {
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        List<String> marked = new ArrayList<>();
        Map<String, String> marks = new LinkedHashMap<>();
        for (PeeringLink peering : plan.peerings().values()) {
            String link = quoted(KernelNames.link(peering.id()));
            String mark = hex(KernelNames.mark(peering.id()));
            in.add(joined(link, peering.peerRange(), plan.range()));
            out.add(joined(link, plan.range(), peering.peerRange()));
            marked.add(joined(link, mark));
            marks.put(link, mark);
        }
        sets.put("peering_in", NftSet.set("ifname . ipv4_addr . ipv4_addr", in).withIntervals());
        sets.put(
                "peering_out", NftSet.set("ifname . ipv4_addr . ipv4_addr", out).withIntervals());
        ways.forEach(way -> way.marks().forEach((link, mark) -> {
            marked.add(joined(link, mark));
            marks.put(link, mark);
        }));
        sets.put("outer_flows", NftSet.set("ifname . mark", marked));
        sets.put("outer_marks", NftSet.map("ifname : mark", marks));
    }

    /**
     * Which tables lead everything that comes out of a peering back into it: where it is so, no route need be looked for. Else
     * the routes are asked for each packet.
     */
    private void waysBack() {
        List<String> back = new ArrayList<>();
        for (Table table : plan.tables().values()) {
            NavigableMap<Cidr, NextHop> routes = new TreeMap<>(table.routes());
            for (PeeringLink peering : plan.peerings().values()) {
                if (leadsBack(routes, peering)) {
                    back.add(joined(hex(KernelNames.number(table.id())), quoted(KernelNames.link(peering.id()))));
                }
            }
        }
        sets.put("table_leads_back", NftSet.set("mark . ifname", back));
    }

    /** Whether the most specific route for all of the peer's range leads into the peering, and so do those for parts of it. */
    private static boolean leadsBack(NavigableMap<Cidr, NextHop> routes, PeeringLink peering) {
        NextHop through = new NextHop.Peering(peering.id());
        Cidr range = peering.peerRange();
        Optional<NextHop> whole = range.supernets()
                .flatMap(it -> Optional.ofNullable(routes.get(it)).stream())
                .findFirst();
        return whole.equals(Optional.of(through))
                && routes.tailMap(range, false).entrySet().stream()
                        .takeWhile(route -> range.contains(route.getKey()))
                        .allMatch(route -> route.getValue().equals(through));
    }

    /**
     * Whom rules name by a group. An opener is known by the link that its packets come through. A responder may send its
     * replies out of another NIC than the one that was asked, so it is known by the peering that the flow belongs to.
     */
    private void groupMembers() {
        plan.members().forEach((group, members) -> {
            sets.put(
                    OtherEnd.OPENER.members() + NftRules.digits(group),
                    NftSet.set("ifname . ipv4_addr", keys(members, member -> quoted(KernelNames.link(member.link())))));
            sets.put(
                    OtherEnd.RESPONDER.members() + NftRules.digits(group),
                    NftSet.set("mark . ipv4_addr", keys(members, member -> hex(mark(member)))));
        });
    }

    private static List<String> keys(Collection<Member> members, Function<Member, String> where) {
        return members.stream()
                .map(member -> joined(where.apply(member), member.address()))
                .toList();
    }

    private static int mark(Member member) {
        return switch (member.link()) {
            case Link.ToNic _ -> 0;
            case Link.ToPeer(NetPeeringId peering) -> KernelNames.mark(peering);
        };
    }

    private void groupChains(GroupRules filter) {
        chains.put(
                "in_" + NftRules.digits(filter.id()),
                new NftChain("", NftRules.of(filter.inbound(), OtherEnd.OPENER, "goto admitted")));
        chains.put(
                "out_" + NftRules.digits(filter.id()),
                new NftChain("", NftRules.of(filter.outbound(), OtherEnd.RESPONDER, "goto inbound")));
    }

    /** Judged by the responder's address: its replies may leave by another NIC. A peer's are judged by the peer. */
    private void inbound() {
        List<String> rules = of(NftWay::admitting);
        rules.add("ct original ip daddr vmap @port_in");
        rules.add("ct direction original " + TO_PEER + " goto admitted");
        rules.add("ct direction reply " + FROM_PEER + " goto admitted");
        rules.add("drop");
        chains.put("inbound", new NftChain("", rules));
    }

    /** Which chain judges what leaves and what enters each NIC; a peering has none, its other end judges, and neither
     * has the exit. */
    private void portVerdicts() {
        Map<String, String> out = new LinkedHashMap<>();
        Map<String, String> in = new LinkedHashMap<>();
        for (Port port : plan.ports().values()) {
            String suffix = combination(port.groups());
            chains.computeIfAbsent("ports_in_" + suffix, _ -> jumps("in_", port.groups()));
            chains.computeIfAbsent("ports_out_" + suffix, _ -> jumps("out_", port.groups()));
            out.put(quoted(KernelNames.link(port.nic())), "jump ports_out_" + suffix);
            port.addresses().stream()
                    .flatMap(address -> Stream.concat(Stream.of(address), exits.publicAddressOf(address).stream()))
                    .forEach(address -> in.put(address.toString(), judging(port.groups())));
        }
        for (NetPeeringId peering : plan.peerings().keySet()) {
            out.put(quoted(KernelNames.link(peering)), "goto inbound");
        }
        ways.forEach(way -> out.putAll(way.verdicts()));
        sets.put("port_out", NftSet.map("ifname : verdict", out));
        sets.put("port_in", NftSet.map("ipv4_addr : verdict", in));
    }

    /** The verdict by which what comes to a NIC with these groups is judged. */
    static String judging(List<SecurityGroupId> groups) {
        return "goto ports_in_" + combination(groups);
    }

    private static NftChain jumps(String prefix, List<SecurityGroupId> groups) {
        return new NftChain(
                "",
                groups.stream()
                        .map(group -> "jump " + prefix + NftRules.digits(group))
                        .toList());
    }

    private void hooks() {
        prerouting();
        chains.putAll(unchecked.chains());
        flowChains();
        shares();
        forward();
        chains.put(
                "input",
                hook(
                        "input priority filter",
                        FROM_NIC + " icmp type echo-request ct state new jump shares",
                        FROM_NIC + " icmp type echo-request accept"));
        chains.put(
                "output",
                hook("output priority filter", TO_NIC + " accept", "jump leaves", "icmp type " + ERRORS + " accept"));
    }

    private void prerouting() {
        List<String> rules = new ArrayList<>();
        rules.add(FROM_PEER + " iifname . ip saddr . ip daddr @peering_in accept");
        rules.addAll(of(NftWay::prerouting));
        rules.add("iifname . ether saddr . ip saddr @port_identities meta mark set iifname map @port_tables accept");
        if (unchecked.any()) {
            rules.add("iifname . ether saddr @port_unchecked meta mark set iifname map @port_tables accept");
        }
        chains.put("prerouting", hook("prerouting priority raw", rules));
    }

    /** Most packets are of flows that are established, so what only others need is asked of others only. */
    private void forward() {
        List<String> rules = new ArrayList<>();
        rules.add("ct state != established ct state vmap { invalid : drop, new : jump begins, related : jump errors }");
        rules.add("meta mark 0 iifname . ct mark != @outer_flows drop");
        rules.add(TO_PEER + " jump leaves");
        rules.addAll(of(NftWay::forward));
        rules.addAll(NftBorders.judging(plan));
        rules.addAll(of(NftWay::answers));
        if (unchecked.any()) {
            rules.add("ct direction reply iifname . ether saddr @port_unchecked iifname . ether saddr . ip saddr "
                    + "!= @port_identities jump replies_for_others");
        }
        rules.add("ct direction reply goto replies");
        rules.add("iifname vmap @port_out");
        chains.put("forward", hook("forward priority filter", rules));
    }

    /** What all ways add. */
    private List<String> of(Function<NftWay, List<String>> rules) {
        List<String> all = new ArrayList<>();
        ways.forEach(way -> all.addAll(rules.apply(way)));
        return all;
    }

    /** What passes takes a place of its link's share. What is refused before takes none. */
    private void shares() {
        TrackingShares.Counting counting = shares.counting(
                plan.ports().size(),
                plan.peerings().size()
                        + ways.stream().mapToInt(way -> way.marks().size()).sum());
        sets.put(counting.setName(), counting.set());
        chains.put("shares", new NftChain("", counting.rules()));
        chains.put("admitted", new NftChain("", List.of("ct state new jump shares", "accept")));
    }

    /** What {@code forward} asks of some packets only; see there for which. */
    private void flowChains() {
        List<String> begins = new ArrayList<>();
        // Until a flow is answered its packets count as new: the first one has marked it.
        begins.add("ct mark != 0 return");
        begins.add(
                "iifname . ether saddr @port_unchecked iifname . ether saddr . ip saddr != @port_identities ct zone 0 ct label set "
                        + OPENED_FROM_ANYWHERE);
        begins.addAll(of(NftWay::begins));
        begins.add("ct mark set iifname map @outer_marks return");
        begins.add("ct mark set oifname map @outer_marks");
        chains.put("begins", new NftChain("", begins));
        List<String> errors = new ArrayList<>();
        errors.add("icmp type != " + ERRORS + " drop");
        errors.add(FROM_PEER + " return");
        errors.addAll(of(NftWay::errors));
        errors.add("ct direction original iifname . ether saddr . ct original ip saddr @port_identities return");
        errors.add("ct direction reply iifname . ether saddr . ct original ip daddr @port_identities return");
        errors.add("iifname . ether saddr @port_unchecked return");
        errors.add("drop");
        chains.put("errors", new NftChain("", errors));
        chains.put(
                "leaves",
                new NftChain(
                        "",
                        List.of(
                                "ct state new,established,related oifname . ct mark != @outer_flows drop",
                                // The addresses of a flow do not change, but an error's sender is not one of them.
                                "ct state != established oifname . ip saddr . ip daddr != @peering_out drop")));
        List<String> replies = new ArrayList<>();
        replies.add("ct label %d goto replies_anywhere".formatted(OPENED_FROM_ANYWHERE));
        replies.add("%s meta mark set oifname map @port_tables meta mark . iifname != @table_leads_back %s missing drop"
                .formatted(FROM_PEER, WAY_BACK));
        replies.addAll(of(NftWay::replies));
        replies.add("oifname vmap @port_out");
        replies.add("drop");
        chains.put("replies", new NftChain("", replies));
    }

    static NftChain hook(String where, String... rules) {
        return hook(where, List.of(rules));
    }

    /**
     * A chain at a hook, which ends with a rule that drops. The policy alone would not do: where a table takes the place of
     * another, the kernel has its rules in force before its policy (docs/decisions/0036-base-chains-drop-by-a-rule.md).
     */
    static NftChain hook(String where, List<String> rules) {
        List<String> closed = new ArrayList<>(rules);
        closed.add("drop");
        return new NftChain("type filter hook %s; policy drop;".formatted(where), closed);
    }

    /** A name for a set of groups: the same for the same groups. */
    static String combination(List<SecurityGroupId> groups) {
        String ids = groups.stream().map(SecurityGroupId::value).collect(Collectors.joining(","));
        return UUID.nameUUIDFromBytes(ids.getBytes(StandardCharsets.US_ASCII))
                .toString()
                .replace("-", "");
    }

    static String joined(Object... parts) {
        return Arrays.stream(parts).map(Object::toString).collect(Collectors.joining(" . "));
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }

    static String hex(int number) {
        return "0x%08x".formatted(number);
    }
}
