package dev.linkspan.server.network.netns;

import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Border;
import dev.linkspan.core.plan.NetPlan.BorderEntry;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.server.network.linux.nftables.NftTable.NftChain;
import dev.linkspan.server.network.linux.nftables.NftTable.NftSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What judges packets at the borders of Subnets, each by itself (N2, N3): of a Subnet whose network ACL lets everything pass
 * there is nothing.
 *
 * @param sets the links inside each Subnet, and by which chain what goes through a link is judged
 * @param chains of each Subnet one for what leaves it, and one for what enters it
 */
record NftBorders(Map<String, NftSet> sets, Map<String, NftChain> chains) {

    static NftBorders of(NetPlan plan) {
        NftBorders borders = new NftBorders(new LinkedHashMap<>(), new LinkedHashMap<>());
        if (!plan.borders().isEmpty()) {
            Map<String, String> out = new LinkedHashMap<>();
            Map<String, String> in = new LinkedHashMap<>();
            plan.borders().forEach((subnet, border) -> {
                String name = KernelNames.digits(SubnetId.KIND, subnet);
                List<String> inside = linksIn(plan, subnet);
                inside.forEach(link -> out.put(link, "jump leaves_" + name));
                inside.forEach(link -> in.put(link, "jump enters_" + name));
                borders.add(name, inside, border);
            });
            borders.sets.put("border_out", NftSet.map("ifname : verdict", out));
            borders.sets.put("border_in", NftSet.map("ifname : verdict", in));
        }
        return borders;
    }

    /** The rules by which a packet gets to its Subnets' chains, which return it where it may pass. */
    static List<String> judging(NetPlan plan) {
        return plan.borders().isEmpty() ? List.of() : List.of("iifname vmap @border_out", "oifname vmap @border_in");
    }

    private static List<String> linksIn(NetPlan plan, SubnetId subnet) {
        List<String> links = new ArrayList<>();
        for (Port port : plan.ports().values()) {
            if (port.subnet().equals(subnet)) {
                links.add(NftCompiler.quoted(KernelNames.link(port.nic())));
            }
        }
        plan.natServices().values().stream()
                .filter(nat -> nat.subnet().equals(subnet))
                .forEach(nat -> links.add(NftCompiler.quoted(KernelNames.link(nat.id()))));
        return links;
    }

    private void add(String name, List<String> inside, Border border) {
        sets.put("links_" + name, NftSet.set("ifname", inside));
        chains.put("leaves_" + name, chain("oifname @links_" + name, border.outbound(), "ip daddr"));
        chains.put("enters_" + name, chain("iifname @links_" + name, border.inbound(), "ip saddr"));
    }

    private static NftChain chain(String staysInside, List<BorderEntry> entries, String outside) {
        List<String> rules = new ArrayList<>();
        rules.add(staysInside + " return");
        entries.forEach(entry -> rules.add(NftRules.of(entry, outside)));
        rules.add("drop");
        return new NftChain("", rules);
    }
}
