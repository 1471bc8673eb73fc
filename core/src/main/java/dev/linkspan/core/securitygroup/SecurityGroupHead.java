package dev.linkspan.core.securitygroup;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;

/** What a security group is apart from its rules, of which it may have thousands. */
public record SecurityGroupHead(SecurityGroupId id, NetId net, AccountId owner, String name) {

    public static SecurityGroupHead of(SecurityGroup group) {
        return new SecurityGroupHead(group.id(), group.net(), group.owner(), group.name());
    }
}
