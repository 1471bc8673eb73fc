package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.port.NetworkAclReader;
import dev.linkspan.core.port.NetworkAclRepository;
import java.util.List;
import java.util.Optional;

/** {@link NetworkAclRepository} of a rehearsal. */
final class RehearsedNetworkAcls extends Overlay<NetworkAclId, NetworkAcl> implements NetworkAclRepository {

    private final NetworkAclReader truth;

    RehearsedNetworkAcls(NetworkAclReader truth, Allowance allowance) {
        super(
                truth::find,
                NetworkAcl::id,
                byCreation(NetworkAcl::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public Optional<NetworkAcl> findByAssociation(NetworkAclAssociationId id) {
        return only(
                it -> it.associations().stream()
                        .anyMatch(association -> association.id().equals(id)),
                () -> truth.findByAssociation(id));
    }

    @Override
    public Optional<NetworkAcl> findByClientToken(AccountId owner, String clientToken) {
        return only(
                it -> it.owner().equals(owner) && it.clientToken().equals(Optional.of(clientToken)),
                () -> truth.findByClientToken(owner, clientToken));
    }

    @Override
    public List<NetworkAcl> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<NetworkAcl> ofNet(NetId net) {
        return some(truth.ofNet(net), it -> it.net().equals(net));
    }
}
