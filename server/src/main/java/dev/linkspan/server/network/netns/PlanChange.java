package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.plan.GroupRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.GroupRules;
import dev.linkspan.core.plan.NetPlan.Link;
import dev.linkspan.core.plan.NetPlan.Member;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.plan.NetPlan.Table;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two plans of a Net, the second of which takes the place of the first: where it can have left flows behind that are over, or in
 * the way, for another reason than a peering or address that ended ({@link FlowReview}). To look at the flows of a Net takes
 * the kernel milliseconds, so it is only done where the answer can be another one than before.
 */
record PlanChange(NetPlan before, NetPlan now) {

    /** What a rule says, with the members of the groups that it names. */
    private record Allowance(Traffic traffic, CidrSet ranges, Set<Member> members) {}

    /** Whether rules, routes or public addresses say something else of machines that were there before. */
    boolean concernsFlows() {
        return isChanged(before.tables(), now.tables())
                || isTranslationChanged()
                || isAnyoneJudgedOtherwise()
                || isAllowanceChanged(_ -> true);
    }

    /** Whether rules or routes say something else of the flows of this peering, which is in both plans, that can be in the way. */
    boolean concernsFlowsOf(PeeringLink peering) {
        Link peer = new Link.ToPeer(peering.id());
        return isAnyoneJudgedOtherwise()
                || isChanged(routesInto(before, peering), routesInto(now, peering))
                || isAllowanceChanged(
                        allowance -> allowance.ranges().ranges().stream().anyMatch(peering.peerRange()::overlaps)
                                || allowance.members().stream()
                                        .anyMatch(member -> member.link().equals(peer)));
    }

    /** Also one that comes may be another than a connection had which waits for its own. */
    private boolean isTranslationChanged() {
        return before.exit().isPresent() && !before.exit().equals(now.exit());
    }

    private boolean isAnyoneJudgedOtherwise() {
        return isChanged(before.natServices(), now.natServices())
                || before.ports().values().stream()
                        .anyMatch(port -> isJudgedOtherwise(port, now.ports().get(port.nic())));
    }

    private static boolean isJudgedOtherwise(Port before, @Nullable Port now) {
        return now != null
                && !(before.table().equals(now.table())
                        && before.groups().equals(now.groups())
                        && before.checked() == now.checked());
    }

    /** Those that decide for a packet to the peer, whose range is all that can be reached there. */
    private static Map<RouteTableId, Table> routesInto(NetPlan plan, PeeringLink peering) {
        Map<RouteTableId, Table> tables = new HashMap<>();
        plan.tables().forEach((id, table) -> {
            Map<Cidr, NextHop> routes = new HashMap<>(table.routes());
            routes.keySet().removeIf(destination -> !destination.overlaps(peering.peerRange()));
            tables.put(id, new Table(id, routes));
        });
        return tables;
    }

    private boolean isAllowanceChanged(Predicate<Allowance> concerned) {
        if (before.groups().equals(now.groups()) && before.members().equals(now.members())) {
            return false;
        }
        return isChanged(allowances(before, concerned), allowances(now, concerned));
    }

    private static Map<SecurityGroupId, List<List<Allowance>>> allowances(
            NetPlan plan, Predicate<Allowance> concerned) {
        Function<List<GroupRule>, List<Allowance>> side = rules -> rules.stream()
                .filter(rule -> FlowReview.canBeInTheWay(rule.traffic()))
                .map(rule -> new Allowance(rule.traffic(), rule.ranges(), members(plan, rule)))
                .filter(concerned)
                .toList();
        return plan.groups().values().stream()
                .collect(Collectors.toMap(
                        GroupRules::id, group -> List.of(side.apply(group.inbound()), side.apply(group.outbound()))));
    }

    private static Set<Member> members(NetPlan plan, GroupRule rule) {
        return rule.groups().stream()
                .flatMap(group -> plan.members().getOrDefault(group, Set.of()).stream())
                .collect(Collectors.toSet());
    }

    private static <K, V> boolean isChanged(Map<K, V> before, Map<K, V> now) {
        return before.entrySet().stream()
                .anyMatch(it -> now.containsKey(it.getKey()) && !it.getValue().equals(now.get(it.getKey())));
    }
}
