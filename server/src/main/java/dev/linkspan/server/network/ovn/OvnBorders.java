package dev.linkspan.server.network.ovn;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Border;
import dev.linkspan.core.plan.NetPlan.BorderEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Compiles the network ACLs of a Net's Subnets: each packet is judged by itself, replies too (N2), and only where it crosses a border
 * (N3). Of a Subnet whose network ACL lets everything pass there is nothing.
 *
 * <p>What enters a Subnet is judged in its switch, where it comes from the router: OVN tracks no connections there. What leaves it is
 * judged in the router, after the route is chosen. It cannot be judged in the switch too: with the connection tracking of security
 * groups, OVN lets every reply pass before it looks at any rule (docs/decisions/0047-a-border-is-judged-in-two-places.md).
 *
 * @param policies of the router, for what leaves Subnets
 * @param acls of each Subnet's switch, for what enters it
 */
record OvnBorders(List<NbRow> policies, Map<SubnetId, List<NbRow>> acls) {

    /** What stays inside a Subnet, before any entry. */
    private static final int INSIDE = 32_767;

    private static final int FIRST_ENTRY = INSIDE - 1;

    /** Above the priority at which OVN itself lets everything pass. */
    private static final int REST = 1;

    static OvnBorders of(NetPlan plan) {
        OvnBorders borders = new OvnBorders(new ArrayList<>(), new LinkedHashMap<>());
        plan.borders().forEach((subnet, border) -> {
            borders.policies.addAll(leaving(subnet, border));
            borders.acls.put(subnet, entering(plan, subnet, border));
        });
        return borders;
    }

    private static List<NbRow> leaving(SubnetId subnet, Border border) {
        String comes = "inport == \"%s\"".formatted(OvnNames.gateway(subnet));
        String stays = "%s && outport == \"%s\"".formatted(comes, OvnNames.gateway(subnet));
        List<NbRow> policies = new ArrayList<>();
        policies.add(policy(subnet, "inside", INSIDE, stays, true));
        List<BorderEntry> entries = border.outbound();
        for (int i = 0; i < entries.size(); i++) {
            BorderEntry entry = entries.get(i);
            policies.add(policy(
                    subnet,
                    Integer.toString(i),
                    FIRST_ENTRY - i,
                    comes + " && " + match(entry, "ip4.dst"),
                    entry.allows()));
        }
        policies.add(policy(subnet, "rest", REST, comes + " && ip", false));
        return policies;
    }

    private static NbRow policy(SubnetId subnet, String which, int priority, String match, boolean passes) {
        return NbRow.in(NbTable.POLICY, "leaves %s %s".formatted(subnet, which))
                .whole("priority", priority)
                .text("match", match)
                .text("action", passes ? "allow" : "drop")
                .row();
    }

    /** What the router itself says crosses no border; nobody else gets through it with one of its addresses. */
    private static List<NbRow> entering(NetPlan plan, SubnetId subnet, Border border) {
        String comes = "inport == \"%s\"".formatted(OvnNames.gatewayPort(subnet));
        String routers = plan.gateways().values().stream()
                .map(Subnet::gatewayOf)
                .map(Ipv4::toString)
                .sorted()
                .collect(Collectors.joining(", ", "{", "}"));
        List<NbRow> acls = new ArrayList<>();
        acls.add(acl(subnet, "inside", INSIDE, "%s && ip4.src == %s".formatted(comes, routers), true));
        List<BorderEntry> entries = border.inbound();
        for (int i = 0; i < entries.size(); i++) {
            BorderEntry entry = entries.get(i);
            acls.add(acl(
                    subnet,
                    Integer.toString(i),
                    FIRST_ENTRY - i,
                    comes + " && " + match(entry, "ip4.src"),
                    entry.allows()));
        }
        acls.add(acl(subnet, "rest", REST, comes + " && ip", false));
        return acls;
    }

    private static NbRow acl(SubnetId subnet, String which, int priority, String match, boolean passes) {
        return NbRow.in(NbTable.ACL, "enters %s %s".formatted(subnet, which))
                .text("direction", "from-lport")
                .whole("priority", priority)
                .text("match", match)
                .text("action", passes ? "allow-stateless" : "drop")
                .row();
    }

    private static String match(BorderEntry entry, String outside) {
        String traffic = OvnMatch.of(entry.traffic());
        return entry.range().equals(Cidr.ALL) ? traffic : "%s && %s == %s".formatted(traffic, outside, entry.range());
    }
}
