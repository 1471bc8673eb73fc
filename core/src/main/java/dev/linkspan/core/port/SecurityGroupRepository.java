package dev.linkspan.core.port;

import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.securitygroup.SecurityGroup;

/** Reads and writes the security groups. */
public interface SecurityGroupRepository extends SecurityGroupReader {

    void save(SecurityGroup group);

    void delete(SecurityGroupId id);
}
