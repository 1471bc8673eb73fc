package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@link SubnetRepository} of an {@link InMemoryStore}. */
record InMemorySubnets(InMemorySnapshot snapshot) implements SubnetRepository {

    @Override
    public Optional<Subnet> find(SubnetId id) {
        return snapshot.cell.subnets.row(id);
    }

    @Override
    public List<Subnet> ofOwner(AccountId owner) {
        return where(subnet -> subnet.owner().equals(owner));
    }

    @Override
    public List<Subnet> ofNet(NetId net) {
        return where(subnet -> subnet.net().equals(net));
    }

    private List<Subnet> where(Predicate<Subnet> predicate) {
        return inOrder(snapshot.cell.subnets.where(predicate), Subnet::createdAt, Subnet::id);
    }

    @Override
    public void save(Subnet subnet) {
        needs(snapshot.cell.nets.has(subnet.net()), "subnet_has_net");
        snapshot.cell.subnets.put(subnet.id(), subnet);
    }

    @Override
    public void delete(SubnetId id) {
        needs(
                snapshot.cell
                        .vms
                        .where(vm -> vm.exists() && vm.subnet().equals(id))
                        .findAny()
                        .isEmpty(),
                "vm_has_subnet");
        needs(snapshot.nics().ofSubnet(id).isEmpty(), "nic_has_subnet");
        needs(
                snapshot.cell
                        .routeTables
                        .where(table -> table.linkOf(id).isPresent())
                        .findAny()
                        .isEmpty(),
                "route_table_link_has_subnet");
        needs(
                snapshot.cell
                        .networkAcls
                        .where(acl -> acl.associationOf(id).isPresent())
                        .findAny()
                        .isEmpty(),
                "network_acl_association_has_subnet");
        snapshot.cell.subnets.remove(id);
    }
}
