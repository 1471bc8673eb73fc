package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.server.network.linux.nftables.NftTable.NftChain;
import dev.linkspan.server.network.netns.NftRules.OtherEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What judges the flows of NICs whose source is not checked: they may send with any address (S6). */
final class NftUnchecked {

    private final NetPlan plan;
    private final List<Port> unchecked;
    private final List<String> inside;
    private final List<String> entrances;

    /**
     * @param inside how packets are told that come from inside, but for those of NICs
     * @param entrances how packets are told that come in from elsewhere, but for those of peers
     */
    NftUnchecked(NetPlan plan, List<String> inside, List<String> entrances) {
        this.plan = plan;
        this.unchecked =
                plan.ports().values().stream().filter(port -> !port.checked()).toList();
        this.inside = inside;
        this.entrances = entrances;
    }

    /** Whether there are such NICs. */
    boolean any() {
        return !unchecked.isEmpty();
    }

    /** The chains that {@code replies} and {@code forward} lead to. */
    Map<String, NftChain> chains() {
        Map<String, NftChain> chains = new LinkedHashMap<>();
        chains.put("replies_anywhere", repliesAnywhere());
        for (Port port : unchecked) {
            chains.computeIfAbsent(sends(port), _ -> new NftChain("", sending(port.groups())));
        }
        chains.put("replies_for_others", repliesForOthers());
        return chains;
    }

    /**
     * A NIC without source check may have opened a flow with an address that is not its own. The replies go to whoever has
     * the address, which is another NIC of the same machine, or they are dropped: nobody opens another machine's groups. What
     * may be sent, and where to, is asked of the NIC that opened it; which one that was of several is not known, so of all.
     */
    private NftChain repliesAnywhere() {
        Set<String> rules = new LinkedHashSet<>();
        for (Port port : unchecked) {
            String judged = "jump ports_out_" + NftCompiler.combination(port.groups());
            String table = NftCompiler.hex(KernelNames.number(port.table()));
            String machine = "oifname { %s }".formatted(linksOf(port.vm()));
            Stream.concat(Stream.of(NftCompiler.FROM_NIC), inside.stream())
                    .forEach(from -> rules.add("%s %s %s".formatted(machine, from, judged)));
            Stream.concat(Stream.of(NftCompiler.FROM_PEER), entrances.stream())
                    .forEach(from -> rules.add("%s %s meta mark set %s %s exists %s"
                            .formatted(machine, from, table, NftCompiler.WAY_BACK, judged)));
        }
        return new NftChain("", List.copyOf(rules));
    }

    /**
     * A NIC without source check may reply for another one of its machine, and for somebody else where its own groups let out
     * what it sends.
     */
    private NftChain repliesForOthers() {
        List<String> rules = new ArrayList<>();
        for (Port port : unchecked) {
            String link = NftCompiler.quoted(KernelNames.link(port.nic()));
            rules.add("iifname %s ip saddr { %s } goto replies".formatted(link, addressesOf(port.vm())));
            rules.add("iifname %s jump %s".formatted(link, sends(port)));
        }
        rules.add("drop");
        return new NftChain("", rules);
    }

    private static String sends(Port port) {
        return "sends_" + NftCompiler.combination(port.groups());
    }

    private List<String> sending(List<SecurityGroupId> groups) {
        return groups.stream()
                .flatMap(group -> Optional.ofNullable(plan.groups().get(group)).stream())
                .flatMap(filter -> NftRules.of(filter.outbound(), OtherEnd.RECEIVER, "goto replies").stream())
                .toList();
    }

    private String addressesOf(VmId vm) {
        return portsOf(vm)
                .flatMap(port -> port.addresses().stream())
                .map(Ipv4::toString)
                .collect(Collectors.joining(", "));
    }

    private String linksOf(VmId vm) {
        return portsOf(vm)
                .map(port -> NftCompiler.quoted(KernelNames.link(port.nic())))
                .collect(Collectors.joining(", "));
    }

    private Stream<Port> portsOf(VmId vm) {
        return plan.ports().values().stream().filter(port -> port.vm().equals(vm));
    }
}
