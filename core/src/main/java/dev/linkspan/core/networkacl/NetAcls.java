package dev.linkspan.core.networkacl;

import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Net;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The network ACLs of a Net. The default one is there from the Net's birth on, though it is stored only once it is changed
 * or named (docs/decisions/0037-the-default-acl-is-stored-when-it-is-changed.md).
 *
 * @param stored those that are
 */
public record NetAcls(Net net, List<NetworkAcl> stored) {

    /** The default one first. */
    public List<NetworkAcl> all() {
        return Stream.concat(Stream.of(defaultAcl()), stored.stream().filter(acl -> !acl.isDefault()))
                .toList();
    }

    public NetworkAcl defaultAcl() {
        return stored.stream().filter(NetworkAcl::isDefault).findFirst().orElseGet(() -> NetworkAcl.ofBirth(net));
    }

    public Optional<NetworkAcl> find(NetworkAclId id) {
        return all().stream().filter(acl -> acl.id().equals(id)).findFirst();
    }

    /** The one that stands at the Subnet's border. */
    public NetworkAcl of(SubnetId subnet) {
        return stored.stream()
                .filter(acl -> acl.associationOf(subnet).isPresent())
                .findFirst()
                .orElseGet(this::defaultAcl);
    }

    /** How that is called. */
    public NetworkAclAssociation association(SubnetId subnet) {
        return of(subnet)
                .associationOf(subnet)
                .orElseGet(() -> new NetworkAclAssociation(NetworkAclAssociationId.ofBirth(subnet), subnet));
    }
}
