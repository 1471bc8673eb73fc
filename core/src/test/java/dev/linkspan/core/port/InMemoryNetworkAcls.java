package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.networkacl.NetworkAclAssociation;
import dev.linkspan.core.port.World.Cell;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@link NetworkAclRepository} of an {@link InMemoryStore}. */
record InMemoryNetworkAcls(Cell cell) implements NetworkAclRepository {

    @Override
    public Optional<NetworkAcl> find(NetworkAclId id) {
        return cell.networkAcls.row(id);
    }

    @Override
    public Optional<NetworkAcl> findByAssociation(NetworkAclAssociationId id) {
        return where(acl -> acl.associations().stream()
                        .anyMatch(association -> association.id().equals(id)))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<NetworkAcl> findByClientToken(AccountId owner, String clientToken) {
        return where(acl -> acl.owner().equals(owner) && acl.clientToken().equals(Optional.of(clientToken))).stream()
                .findFirst();
    }

    @Override
    public List<NetworkAcl> ofOwner(AccountId owner) {
        return where(acl -> acl.owner().equals(owner));
    }

    @Override
    public List<NetworkAcl> ofNet(NetId net) {
        return where(acl -> acl.net().equals(net));
    }

    private List<NetworkAcl> where(Predicate<NetworkAcl> predicate) {
        return inOrder(cell.networkAcls.where(predicate), NetworkAcl::createdAt, NetworkAcl::id);
    }

    @Override
    public void save(NetworkAcl acl) {
        needs(cell.nets.has(acl.net()), "network_acl_has_net");
        List<SubnetId> subnets =
                acl.associations().stream().map(NetworkAclAssociation::subnet).toList();
        needs(subnets.stream().allMatch(cell.subnets::has), "network_acl_association_has_subnet");
        needs(
                where(other -> !other.id().equals(acl.id())).stream()
                        .noneMatch(other -> subnets.stream()
                                .anyMatch(subnet -> other.associationOf(subnet).isPresent())),
                "network_acl_association_one_per_subnet");
        cell.networkAcls.put(acl.id(), acl);
    }

    @Override
    public void delete(NetworkAclId id) {
        cell.networkAcls.remove(id);
    }
}
