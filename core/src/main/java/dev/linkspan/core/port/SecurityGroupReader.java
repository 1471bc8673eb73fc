package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import java.util.List;
import java.util.Optional;

/** Reads the security groups. */
public interface SecurityGroupReader {

    Optional<SecurityGroup> find(SecurityGroupId id);

    /** The group with this rule and no other: it costs the same however many rules the group has. */
    Optional<SecurityGroup> findByRule(SecurityGroupRuleId rule);

    Optional<SecurityGroupHead> findHead(SecurityGroupId id);

    /** The Net's group of this name. */
    Optional<SecurityGroupHead> findHeadByName(NetId net, String name);

    List<SecurityGroup> ofOwner(AccountId owner);

    List<SecurityGroup> ofNet(NetId net);

    /** The groups, of whichever Net, with a rule whose counterpart is this group (S5). */
    List<SecurityGroupHead> headsNaming(SecurityGroupId group);
}
