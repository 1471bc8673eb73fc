package dev.linkspan.server.network.netns;

import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.NatService;
import dev.linkspan.server.network.linux.nftables.NftTable.NftChain;
import dev.linkspan.server.network.linux.nftables.NftTable.NftSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a Net's router lets pass to its NAT services and back (X4). Of a Net without any there is nothing.
 *
 * <p>A packet passes the router twice: from its sender to the NAT service, and from there, with the service's address, to
 * the outside or to a peer. To connection tracking these are two flows, and each is judged for itself: the first by the rules
 * of its sender, the second by none, since a NAT service has no security groups. A flow of the first kind is marked, so
 * that it takes no other way as long as it lives; it may change from one NAT service to another.
 */
final class NftNatServices implements NftWay {

    static final String FROM_NAT = "iifname " + LinkKind.NAT.pattern();
    private static final String TO_NAT = "oifname " + LinkKind.NAT.pattern();

    private final NetPlan plan;

    NftNatServices(NetPlan plan) {
        this.plan = plan;
    }

    /** With which address each may send. */
    @Override
    public Map<String, NftSet> sets() {
        if (plan.natServices().isEmpty()) {
            return Map.of();
        }
        List<String> addresses = new ArrayList<>();
        plan.natServices()
                .values()
                .forEach(nat -> addresses.add("%s . %s".formatted(NftCompiler.quoted(link(nat)), nat.address())));
        return Map.of("nat_addresses", NftSet.set("ifname . ipv4_addr", addresses));
    }

    /** The route table that decides for what each sends, by its link. */
    @Override
    public Map<String, String> tables() {
        return byLink(nat -> NftCompiler.hex(KernelNames.number(nat.table())));
    }

    /** By which mark a flow to each is known, by its link. */
    @Override
    public Map<String, String> marks() {
        return byLink(_ -> NftCompiler.hex(KernelNames.NAT_MARK));
    }

    /** What judges what each sends, by its link. */
    @Override
    public Map<String, String> verdicts() {
        return byLink(_ -> "goto from_nat");
    }

    private Map<String, String> byLink(Function<NatService, String> value) {
        Map<String, String> values = new LinkedHashMap<>();
        plan.natServices().values().forEach(nat -> values.put(NftCompiler.quoted(link(nat)), value.apply(nat)));
        return values;
    }

    private static String link(NatService nat) {
        return KernelNames.link(nat.id());
    }

    /** The two chains that {@link #forward} and the verdicts lead to. */
    @Override
    public Map<String, NftChain> chains() {
        if (plan.natServices().isEmpty()) {
            return Map.of();
        }
        Map<String, NftChain> chains = new LinkedHashMap<>();
        chains.put(
                "to_nat",
                new NftChain(
                        "",
                        List.of(
                                FROM_NAT + " drop",
                                // Many cannot share an address in what has neither ports nor numbers. And to remember
                                // such a
                                // flow would be in the way of one that comes from its far end by another way.
                                "ip protocol != { icmp, tcp, udp } drop",
                                // Nobody begins a flow to its address. What it is asked to pass on is for somebody
                                // elsewhere.
                                "ct direction original ip daddr %s drop".formatted(plan.range()),
                                "ct direction original oifname . ct mark != @outer_flows drop",
                                // What a machine answers is for whoever asked it, and that was no NAT service.
                                "ct direction reply " + NftCompiler.FROM_NIC + " drop")));
        chains.put(
                "from_nat",
                new NftChain(
                        "",
                        List.of(
                                "ct direction reply goto admitted",
                                NftExits.TO_OUTSIDE + " goto admitted",
                                NftCompiler.TO_PEER + " goto admitted",
                                "drop")));
        return chains;
    }

    /** What comes from one: packets that it passes on, with its own address, and answers, which carry no mark. */
    @Override
    public List<String> prerouting() {
        return ruled(
                "iifname . ip saddr @nat_addresses meta mark set iifname map @port_tables accept",
                "%s ip saddr != %s ip daddr %s accept".formatted(FROM_NAT, plan.range(), plan.range()));
    }

    /** A flow that it passes on belongs to the way that it goes on. */
    @Override
    public List<String> begins() {
        return ruled(FROM_NAT + " ct mark set oifname map @outer_marks return");
    }

    @Override
    public List<String> forward() {
        return ruled(TO_NAT + " jump to_nat");
    }

    /** Whoever it is in the end that is asked is not known here. */
    @Override
    public List<String> admitting() {
        return ruled(
                "ct direction original " + TO_NAT + " goto admitted",
                "ct direction reply " + FROM_NAT + " goto admitted");
    }

    /** An answer passes only while the routes lead to whom it came from, as one from a peer does (R6). */
    @Override
    public List<String> replies() {
        return ruled(
                "%s meta mark set oifname map @port_tables %s missing drop".formatted(FROM_NAT, NftCompiler.WAY_BACK));
    }

    /** How a packet is told that comes from one. */
    @Override
    public List<String> entrance() {
        return ruled(FROM_NAT);
    }

    @Override
    public List<String> errors() {
        return ruled(FROM_NAT + " return");
    }

    private List<String> ruled(String... rules) {
        return plan.natServices().isEmpty() ? List.of() : List.of(rules);
    }
}
