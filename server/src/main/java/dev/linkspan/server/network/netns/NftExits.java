package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Exit;
import dev.linkspan.server.network.linux.nftables.NftTable.NftChain;
import dev.linkspan.server.network.linux.nftables.NftTable.NftSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What lets packets to the outside and in from there, and translates their addresses (X2, X3). Of a Net without an internet
 * service there is nothing.
 *
 * <p>Connection tracking translates a flow by what its first packet found. So that no packet of a flow is ever sent with an
 * address, or to one, that stands for something else by now, each is held against the pairs of addresses that are in force.
 *
 * <p>A flow through the exit is marked as one through a peering is, and belongs to the exit as long as it lives: what came
 * from outside never goes into a peering, and what came from a peer never goes outside (X5).
 */
final class NftExits implements NftWay {

    static final String FROM_OUTSIDE = "iifname " + LinkKind.EXIT.pattern();
    static final String TO_OUTSIDE = "oifname " + LinkKind.EXIT.pattern();

    private final NetPlan plan;
    private final Optional<Exit> exit;

    NftExits(NetPlan plan) {
        this.plan = plan;
        this.exit = plan.exit();
    }

    /** Which private address each public one stands for, and the other way round. */
    @Override
    public Map<String, NftSet> sets() {
        Map<String, NftSet> sets = new LinkedHashMap<>();
        exit.ifPresent(it -> {
            Map<String, String> in = new LinkedHashMap<>();
            Map<String, String> out = new LinkedHashMap<>();
            it.publicAddresses().forEach((own, seen) -> {
                in.put(seen.toString(), own.toString());
                out.put(own.toString(), seen.toString());
            });
            sets.put("exit_in", NftSet.map("ipv4_addr : ipv4_addr", in));
            sets.put("exit_out", NftSet.map("ipv4_addr : ipv4_addr", out));
            sets.put("exit_public", NftSet.set("ipv4_addr", in.keySet()));
            sets.put("exit_private", NftSet.set("ipv4_addr", out.keySet()));
            sets.put(
                    "exit_pairs",
                    NftSet.set(
                            "ipv4_addr . ipv4_addr",
                            in.entrySet().stream()
                                    .map(pair -> pair.getKey() + " . " + pair.getValue())
                                    .toList()));
        });
        return sets;
    }

    /** What translates, and the two chains that {@link #forward} jumps to. */
    @Override
    public Map<String, NftChain> chains() {
        Map<String, NftChain> chains = new LinkedHashMap<>();
        exit.ifPresent(_ -> {
            chains.put(
                    "from_outside",
                    new NftChain(
                            "",
                            List.of(
                                    "ct direction original ct original ip daddr . ip daddr @exit_pairs return",
                                    "ct direction reply ct reply ip daddr . ip daddr @exit_pairs return",
                                    "drop")));
            chains.put(
                    "to_outside",
                    new NftChain(
                            "",
                            List.of(
                                    "oifname . ct mark != @outer_flows drop",
                                    "ct direction original ip saddr != @exit_private drop")));
            chains.put(
                    "translate_in", translation("prerouting priority dstnat", FROM_OUTSIDE, "dnat to ip daddr", "in"));
            chains.put(
                    "translate_out", translation("postrouting priority srcnat", TO_OUTSIDE, "snat to ip saddr", "out"));
            chains.put(
                    "postrouting",
                    NftCompiler.hook(
                            "postrouting priority srcnat + 10",
                            "oifname != " + LinkKind.EXIT.pattern() + " accept",
                            "ct direction original ip saddr . ct original ip saddr @exit_pairs accept",
                            "ct direction reply ip saddr . ct reply ip saddr @exit_pairs accept"));
        });
        return chains;
    }

    private static NftChain translation(String where, String which, String how, String by) {
        return new NftChain(
                "type nat hook %s; policy accept;".formatted(where),
                List.of("%s %s map @exit_%s".formatted(which, how, by)));
    }

    @Override
    public Map<String, String> marks() {
        return byLink(NftCompiler.hex(KernelNames.EXIT_MARK));
    }

    @Override
    public Map<String, String> verdicts() {
        return byLink("goto inbound");
    }

    private Map<String, String> byLink(String value) {
        return exit.isPresent() ? Map.of(NftCompiler.quoted(KernelNames.exit(plan.net())), value) : Map.of();
    }

    /** What may come from outside at all: for a public address, and not from one of the Net's own. */
    @Override
    public List<String> prerouting() {
        return ruled("%s ip saddr != %s ip daddr @exit_public accept".formatted(FROM_OUTSIDE, plan.range()));
    }

    @Override
    public List<String> forward() {
        return ruled(TO_OUTSIDE + " jump to_outside", FROM_OUTSIDE + " jump from_outside");
    }

    /**
     * What is outside is not judged here, also where it is a machine of this Net, by its public address: that one is judged where
     * it comes back in.
     */
    @Override
    public List<String> admitting() {
        return ruled(
                "ct direction original " + TO_OUTSIDE + " goto admitted",
                "ct direction reply " + FROM_OUTSIDE + " goto admitted");
    }

    /** A reply from outside passes only while the routes lead there, as one from a peer does (R6). */
    @Override
    public List<String> replies() {
        return ruled("%s meta mark set oifname map @port_tables %s missing drop"
                .formatted(FROM_OUTSIDE, NftCompiler.WAY_BACK));
    }

    /** How a packet is told that comes from outside. */
    @Override
    public List<String> entrance() {
        return ruled(FROM_OUTSIDE);
    }

    @Override
    public List<String> errors() {
        return ruled(FROM_OUTSIDE + " return");
    }

    /** The public address that stands for one of this Net's. */
    Optional<Ipv4> publicAddressOf(Ipv4 own) {
        return exit.flatMap(it -> Optional.ofNullable(it.publicAddresses().get(own)));
    }

    private List<String> ruled(String... rules) {
        return exit.isPresent() ? List.of(rules) : List.of();
    }
}
