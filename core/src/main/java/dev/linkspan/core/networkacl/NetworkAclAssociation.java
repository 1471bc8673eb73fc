package dev.linkspan.core.networkacl;

import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.SubnetId;

/** Says that a network ACL stands at a Subnet's border. */
public record NetworkAclAssociation(NetworkAclAssociationId id, SubnetId subnet) {}
