package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.networkacl.NetworkAcl;
import java.util.List;
import java.util.Optional;

/** Reads the network ACLs that are stored; a Net's default one is so only once it was changed or named. */
public interface NetworkAclReader {

    Optional<NetworkAcl> find(NetworkAclId id);

    Optional<NetworkAcl> findByAssociation(NetworkAclAssociationId id);

    /** The ACL that was made with this token, while it is there. */
    Optional<NetworkAcl> findByClientToken(AccountId owner, String clientToken);

    List<NetworkAcl> ofOwner(AccountId owner);

    List<NetworkAcl> ofNet(NetId net);
}
