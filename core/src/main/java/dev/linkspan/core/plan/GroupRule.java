package dev.linkspan.core.plan;

import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;

/**
 * One kind of traffic and everybody with whom a group allows it.
 *
 * @param ranges the addresses, collapsed
 * @param groups the groups, whose members the plan lists, in a stable order
 */
public record GroupRule(Traffic traffic, CidrSet ranges, List<SecurityGroupId> groups) {

    public GroupRule {
        groups = List.copyOf(groups);
    }
}
