package dev.linkspan.core.port;

import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.networkacl.NetworkAcl;

/** Reads and writes the network ACLs. */
public interface NetworkAclRepository extends NetworkAclReader {

    void save(NetworkAcl acl);

    void delete(NetworkAclId id);
}
