package dev.linkspan.core.securitygroup;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.SecurityGroupId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** The rule that lets a packet begin a flow, and the group that holds it (S2). */
public record RuleEvaluation(SecurityGroup group, SecurityGroupRule rule) {

    /**
     * Looks for a rule that allows the packet; without one it is dropped.
     *
     * @param groups the groups of the NIC, whose union counts
     * @param packet its protocol with its destination port, or its ICMP type and code
     * @param other the address at the far end
     * @param othersGroups the groups that the far end is in, as far as they count here: those of this Net, and those of
     *     a Net with an active peering to it (S5)
     */
    public static Optional<RuleEvaluation> of(
            Collection<SecurityGroup> groups,
            Direction direction,
            Traffic packet,
            Ipv4 other,
            Set<SecurityGroupId> othersGroups) {
        return groups.stream()
                .flatMap(group -> group.rules(direction).map(rule -> new RuleEvaluation(group, rule)))
                .filter(it -> it.rule.traffic().covers(packet))
                .filter(it -> speaksOf(it.rule.counterpart(), other, othersGroups))
                .findFirst();
    }

    private static boolean speaksOf(Counterpart counterpart, Ipv4 address, Set<SecurityGroupId> groups) {
        return switch (counterpart) {
            case Counterpart.Range range -> range.range().contains(address);
            case Counterpart.Group group -> groups.contains(group.id());
        };
    }
}
