package dev.linkspan.server.network.netns;

import dev.linkspan.core.id.NicId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.server.network.linux.nftables.NftTable.NftChain;
import dev.linkspan.server.network.linux.nftables.NftTable.NftSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a Net's router hands to NICs for addresses that are not theirs, because a route leads there (X6). Of a Net without
 * such a route there is nothing.
 *
 * <p>A flow that is handed to an appliance is marked, so that it takes no other way as long as it lives, and is judged by the
 * outbound rules of its sender and the inbound ones of the appliance. What comes back in it is an answer if it comes from the
 * appliance to which the routes of whoever asked lead. What the appliance sends of its own, with its own address, is a flow
 * like any other.
 */
final class NftAppliances implements NftWay {

    private static final String HANDED = "ct mark " + NftCompiler.hex(KernelNames.APPLIANCE_MARK);

    private final List<Port> appliances;
    private final String elsewhere;

    NftAppliances(NetPlan plan) {
        this.appliances = appliances(plan);
        this.elsewhere = NftCompiler.TO_NIC + " ip daddr != " + plan.range();
    }

    /** The NICs to which a route leads. */
    private static List<Port> appliances(NetPlan plan) {
        Set<NicId> targets = plan.tables().values().stream()
                .flatMap(table -> table.routes().values().stream())
                .<NicId>mapMulti((hop, each) -> {
                    if (hop instanceof NextHop.Nic(NicId nic)) {
                        each.accept(nic);
                    }
                })
                .collect(Collectors.toSet());
        return plan.ports().values().stream()
                .filter(port -> targets.contains(port.nic()))
                .toList();
    }

    /** Who judges what is handed to each. */
    @Override
    public Map<String, NftSet> sets() {
        if (appliances.isEmpty()) {
            return Map.of();
        }
        Map<String, String> verdicts = new LinkedHashMap<>();
        appliances.forEach(port -> verdicts.put(link(port), NftCompiler.judging(port.groups())));
        return Map.of("appliance_in", NftSet.map("ifname : verdict", verdicts));
    }

    private static String link(Port port) {
        return NftCompiler.quoted(KernelNames.link(port.nic()));
    }

    /** The chain that {@link #forward} jumps to. */
    @Override
    public Map<String, NftChain> chains() {
        if (appliances.isEmpty()) {
            return Map.of();
        }
        List<String> rules = new ArrayList<>();
        // Its own routes may lead to itself.
        appliances.forEach(port -> rules.add("iifname %1$s oifname %1$s drop".formatted(link(port))));
        rules.add("ct mark != %s drop".formatted(NftCompiler.hex(KernelNames.APPLIANCE_MARK)));
        rules.add("ct direction reply drop");
        return Map.of("to_appliance", new NftChain("", rules));
    }

    /** A flow that is handed over belongs to that way. */
    @Override
    public List<String> begins() {
        return ruled("%s ct mark set %s return".formatted(elsewhere, NftCompiler.hex(KernelNames.APPLIANCE_MARK)));
    }

    @Override
    public List<String> forward() {
        return ruled(elsewhere + " jump to_appliance");
    }

    /** An answer from an appliance comes from somebody else by its address: it is one all the same. */
    @Override
    public List<String> answers() {
        return ruled(HANDED + " ct direction reply goto replies");
    }

    /** Judged by the NIC that it is handed to, or that answers, whoever's address it is. */
    @Override
    public List<String> admitting() {
        return ruled(
                HANDED + " ct direction original oifname vmap @appliance_in",
                HANDED + " ct direction reply iifname vmap @appliance_in",
                HANDED + " drop");
    }

    /** An answer passes only while the routes lead to whom it came from, by the appliance that sent it (R6). */
    @Override
    public List<String> replies() {
        return ruled(
                "%s meta mark set oifname map @port_tables %s missing drop".formatted(HANDED, NftCompiler.WAY_BACK));
    }

    private List<String> ruled(String... rules) {
        return appliances.isEmpty() ? List.of() : List.of(rules);
    }
}
