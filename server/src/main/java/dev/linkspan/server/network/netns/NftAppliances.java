package dev.linkspan.server.network.netns;

import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.server.network.linux.nftables.NftTable.NftChain;
import dev.linkspan.server.network.linux.nftables.NftTable.NftSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a Net's router hands to NICs for addresses that are not theirs, because a route leads there, and what it takes from
 * them that is somebody else's (X6). Of a Net without such a route there is nothing.
 *
 * <h2>Handed over</h2>
 *
 * <p>A flow that is handed to an appliance is marked, so that it takes no other way as long as it lives, and is judged by the
 * outbound rules of its sender and the inbound ones of the appliance. What comes back in it is an answer if it comes from the
 * appliance to which the routes of whoever asked lead. What the appliance sends of its own, with its own address, is a flow
 * like any other.
 *
 * <h2>Passed on</h2>
 *
 * <p>What the appliance passes on with its sender's address differs in nothing from what it was handed. So it is tracked apart,
 * in a zone of the machine's, as the flow that it is outside of it: it goes by the appliance's route table and is judged by
 * its outbound rules, and belongs to the peering, exit or NAT service that it leaves by.
 *
 * <p>The answer does not come back through the appliance: the local route is the only one to where it goes (R1). For both
 * halves of the flow to hear of it, it <em>passes by</em>: what comes in from elsewhere for a machine whose routes lead back
 * through an appliance is looked up in the appliance's zone, leaves the router by a link with itself, comes in again at the
 * other end of it, and is looked up there as what the machine knows. The same way goes what begins elsewhere, so that an answer
 * that is led to an appliance is one there. A packet that comes in again begins a flow only if it was no answer before.
 *
 * <p>What has passed an appliance is handed to no other one.
 */
final class NftAppliances implements NftWay {

    static final String FROM_REENTRY = "iifname " + LinkKind.REENTRY.pattern();
    private static final String TO_BYPASS = "oifname " + LinkKind.BYPASS.pattern();
    private static final String HANDED = "ct mark " + NftCompiler.hex(KernelNames.APPLIANCE_MARK);
    private static final String PASSED_ON = "ct zone != 0";

    private final NetPlan plan;
    private final List<Port> appliances;

    /** The NICs by which their machines may pass on what they were handed by any. */
    private final List<Port> passing;

    private final Map<VmId, Port> firsts;
    private final String elsewhere;

    NftAppliances(NetPlan plan) {
        this.plan = plan;
        this.appliances = plan.appliances();
        Set<VmId> machines = appliances.stream().map(Port::vm).collect(Collectors.toSet());
        this.passing = plan.ports().values().stream()
                .filter(port -> machines.contains(port.vm()) && !port.checked())
                .toList();
        this.firsts = plan.firstPorts();
        this.elsewhere = NftCompiler.TO_NIC + " ip daddr != " + plan.range();
    }

    /** Who judges what is handed to each, and what tells of what each passes on. */
    @Override
    public Map<String, NftSet> sets() {
        if (appliances.isEmpty()) {
            return Map.of();
        }
        Map<String, NftSet> sets = new LinkedHashMap<>();
        Map<String, String> verdicts = new LinkedHashMap<>();
        appliances.forEach(port -> verdicts.put(link(port), NftCompiler.judging(port.groups())));
        sets.put("appliance_in", NftSet.map("ifname : verdict", verdicts));
        Map<String, String> zones = new LinkedHashMap<>();
        passing.forEach(port -> zones.put(link(port), zone(port)));
        sets.put("appliance_zones", new NftSet("map", "typeof iifname : ct zone;", zones));
        sets.put("appliance_machines", NftSet.set("ifname . ipv4_addr", addressesOfMachines()));
        Map<String, String> inside = new LinkedHashMap<>();
        plan.ports()
                .values()
                .forEach(port -> port.addresses().forEach(it -> inside.put(it.toString(), table(answering(port)))));
        sets.put("tables_inside", NftSet.map("ipv4_addr : mark", inside));
        plan.exit().ifPresent(exit -> {
            Map<String, String> outside = new LinkedHashMap<>();
            exit.publicAddresses().forEach((own, seen) -> {
                if (inside.containsKey(own.toString())) {
                    outside.put(seen.toString(), inside.get(own.toString()));
                }
            });
            sets.put("tables_outside", NftSet.map("ipv4_addr : mark", outside));
        });
        return sets;
    }

    /** What a machine sends through one of its NICs with the address of another is its own all the same. */
    private List<String> addressesOfMachines() {
        return passing.stream()
                .flatMap(through -> plan.ports().values().stream()
                        .filter(port -> port.vm().equals(through.vm()))
                        .flatMap(port -> port.addresses().stream())
                        .map(address -> NftCompiler.joined(link(through), address)))
                .toList();
    }

    private static String link(Port port) {
        return NftCompiler.quoted(KernelNames.link(port.nic()));
    }

    /**
     * By which NIC a machine sends what it says to somebody elsewhere with an address of this one: its first, as its routes are set
     * up, if that lets it.
     */
    private Port answering(Port port) {
        Port first = firstOf(port.vm());
        return first.checked() ? port : first;
    }

    private Port firstOf(VmId machine) {
        return Optional.ofNullable(firsts.get(machine)).orElseThrow();
    }

    private String zone(Port port) {
        return "" + KernelNames.zone(firstOf(port.vm()));
    }

    private static String table(Port port) {
        return NftCompiler.hex(KernelNames.number(port.table()));
    }

    /** What tells the zones apart before flows are looked up, and the chain that {@link #forward} jumps to. */
    @Override
    public Map<String, NftChain> chains() {
        if (appliances.isEmpty()) {
            return Map.of();
        }
        Map<String, NftChain> chains = new LinkedHashMap<>();
        appliances.forEach(port -> chains.put(
                past(port),
                new NftChain(
                        "",
                        List.of("ct zone set %s meta mark set %s accept"
                                .formatted(zone(port), NftCompiler.hex(KernelNames.BYPASS_MARK))))));
        chains.put(
                "past_appliances",
                new NftChain("", List.of(leadsBackTo(it -> "goto " + past(it)), "meta mark set 0 accept")));
        chains.put("zones", NftCompiler.hook("prerouting priority raw + 10", zones()));
        List<String> rules = new ArrayList<>();
        // Its own routes may lead to itself.
        appliances.forEach(port -> rules.add("iifname { %s } oifname %s drop"
                .formatted(
                        plan.ports().values().stream()
                                .filter(own -> own.vm().equals(port.vm()))
                                .map(NftAppliances::link)
                                .collect(Collectors.joining(", ")),
                        link(port))));
        rules.add(PASSED_ON + " drop");
        rules.add("ct mark != %s drop".formatted(NftCompiler.hex(KernelNames.APPLIANCE_MARK)));
        // Whoever asked with an address of nobody's is not the appliance's to answer for.
        rules.add("ct direction reply ct label %d drop".formatted(NftCompiler.OPENED_FROM_ANYWHERE));
        chains.put("to_appliance", new NftChain("", rules));
        chains.put("passes_by", new NftChain("", passesBy()));
        return chains;
    }

    /**
     * An answer passes by only while what it answers may be passed on, and leads to whom it comes from: which NIC of the machine that
     * was passed on by is not known here, so one of them will do.
     */
    private List<String> passesBy() {
        List<String> rules = new ArrayList<>();
        passing.forEach(port -> rules.add("ct zone %s meta mark set %s %s exists jump ports_out_%s"
                .formatted(zone(port), table(port), NftCompiler.WAY_BACK, NftCompiler.combination(port.groups()))));
        rules.add("drop");
        return rules;
    }

    private static String past(Port port) {
        return "past_" + KernelNames.link(port.nic());
    }

    /** A verdict for each appliance to which the table that the packet's mark names leads what is for its sender. */
    private String leadsBackTo(Function<Port, String> verdict) {
        return appliances.stream()
                .map(port -> link(port) + " : " + verdict.apply(port))
                .collect(Collectors.joining(", ", "fib saddr . mark oifname vmap { ", " }"));
    }

    /** In which zone a packet is looked up: by where it comes from, and where the routes of its receiver lead back to. */
    private List<String> zones() {
        List<String> rules = new ArrayList<>();
        String back = "meta mark set ip daddr map @tables_inside goto past_appliances";
        rules.add(NftCompiler.FROM_PEER + " " + back);
        rules.add("%s ip saddr != %s %s".formatted(NftNatServices.FROM_NAT, plan.range(), back));
        if (plan.exit().isPresent()) {
            rules.add(NftExits.FROM_OUTSIDE + " meta mark set ip daddr map @tables_outside goto past_appliances");
        }
        rules.add("%s meta mark %s meta mark set %s accept"
                .formatted(
                        FROM_REENTRY,
                        NftCompiler.hex(KernelNames.BYPASS_MARK),
                        NftCompiler.hex(KernelNames.OPENING_MARK)));
        rules.add(FROM_REENTRY + " meta mark set 0 accept");
        rules.add(
                "iifname . ip saddr != @appliance_machines ip saddr %1$s ip daddr != %1$s ct zone set iifname map @appliance_zones"
                        .formatted(plan.range()));
        rules.add("accept");
        return rules;
    }

    /** What comes in again belongs to the machine's half of the way. */
    @Override
    public Map<String, String> marks() {
        return byReentry(NftCompiler.hex(KernelNames.APPLIANCE_MARK));
    }

    /** What comes in again was judged before. */
    @Override
    public Map<String, String> verdicts() {
        return byReentry("goto admitted");
    }

    private Map<String, String> byReentry(String value) {
        return appliances.isEmpty() ? Map.of() : Map.of(NftCompiler.quoted(KernelNames.reentry(plan.net())), value);
    }

    @Override
    public List<String> prerouting() {
        return ruled(FROM_REENTRY + " accept");
    }

    /** A flow that is handed over belongs to that way; what is passed on, like any other, to the one by which it leaves. */
    @Override
    public List<String> begins() {
        return ruled("%s ct mark set %s return".formatted(elsewhere, NftCompiler.hex(KernelNames.APPLIANCE_MARK)));
    }

    @Override
    public List<String> forward() {
        return ruled(
                TO_BYPASS + " iifname . ct mark != @outer_flows drop",
                "%s ct direction original meta mark != %s drop"
                        .formatted(FROM_REENTRY, NftCompiler.hex(KernelNames.OPENING_MARK)),
                elsewhere + " jump to_appliance");
    }

    /**
     * An answer from an appliance comes from somebody else by its address: it is one all the same. One that is handed to an
     * appliance, for whoever asked from elsewhere, is judged where it is passed on.
     */
    @Override
    public List<String> answers() {
        return ruled(
                "%s ct direction reply %s goto replies".formatted(PASSED_ON, NftCompiler.FROM_NIC),
                "%s ct direction reply %s goto admitted".formatted(HANDED, elsewhere),
                HANDED + " ct direction reply goto replies");
    }

    /** Judged by the NIC that it is handed to, or that answers, or that an answer has passed by, whoever's address it is. */
    @Override
    public List<String> admitting() {
        return ruled(
                HANDED + " ct direction original oifname vmap @appliance_in",
                "%s ct direction reply %s meta mark set ip daddr map @tables_inside %s"
                        .formatted(HANDED, FROM_REENTRY, leadsBackTo(it -> NftCompiler.judging(it.groups()))),
                HANDED + " ct direction reply iifname vmap @appliance_in",
                HANDED + " drop");
    }

    /**
     * An answer passes only while the routes lead to whom it came from, by the appliance that sent it (R6), and one that passes by
     * only while the appliance's do.
     */
    @Override
    public List<String> replies() {
        return ruled(
                TO_BYPASS + " goto passes_by",
                "%s %s meta mark set oifname map @port_tables %s missing drop"
                        .formatted(HANDED, NftCompiler.FROM_NIC, NftCompiler.WAY_BACK));
    }

    /** What comes in again passed by because the routes lead back that way. */
    @Override
    public List<String> inside() {
        return ruled(FROM_REENTRY);
    }

    @Override
    public List<String> errors() {
        return ruled(FROM_REENTRY + " return");
    }

    private List<String> ruled(String... rules) {
        return appliances.isEmpty() ? List.of() : List.of(rules);
    }
}
