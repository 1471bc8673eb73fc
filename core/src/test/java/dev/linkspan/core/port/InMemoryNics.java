package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.port.World.Cell;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@link NicRepository} of an {@link InMemoryStore}. */
record InMemoryNics(Cell cell) implements NicRepository {

    @Override
    public Optional<Nic> find(NicId id) {
        return cell.nics.row(id);
    }

    @Override
    public Optional<Nic> findByLink(NicLinkId id) {
        return where(nic -> nic.link().filter(link -> link.id().equals(id)).isPresent()).stream()
                .findFirst();
    }

    @Override
    public List<Nic> ofOwner(AccountId owner) {
        return where(nic -> nic.owner().equals(owner));
    }

    @Override
    public List<Nic> ofNet(NetId net) {
        return where(nic -> nic.net().equals(net));
    }

    @Override
    public List<Nic> ofSubnet(SubnetId subnet) {
        return where(nic -> nic.subnet().equals(subnet));
    }

    @Override
    public List<Nic> ofVm(VmId vm) {
        return where(nic -> nic.isLinkedTo(vm));
    }

    @Override
    public List<Nic> ofSecurityGroup(SecurityGroupId group) {
        return where(nic -> nic.groups().contains(group));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return ofOwner(owner).size();
    }

    private List<Nic> where(Predicate<Nic> predicate) {
        return inOrder(cell.nics.where(predicate), Nic::createdAt, Nic::id);
    }

    @Override
    public void save(Nic nic) {
        needs(cell.nets.has(nic.net()), "nic_has_net");
        needs(cell.subnets.has(nic.subnet()), "nic_has_subnet");
        needs(nic.groups().stream().allMatch(cell.securityGroups::has), "nic_group_has_security_group");
        needs(nic.natService().map(cell.natServices::has).orElse(true), "nic_has_nat_service");
        needs(nic.link().map(link -> cell.vms.has(link.vm())).orElse(true), "nic_link_has_vm");
        Stream<Nic> neighbours =
                ofSubnet(nic.subnet()).stream().filter(other -> !other.id().equals(nic.id()));
        needs(
                neighbours.allMatch(other -> Collections.disjoint(other.addresses(), nic.addresses())),
                "nic_address_one_per_subnet");
        cell.nics.put(nic.id(), nic);
    }

    @Override
    public void delete(NicId id) {
        needs(cell.publicIps.where(ip -> ip.isLinkedTo(id)).findAny().isEmpty(), "public_ip_link_has_nic");
        cell.nics.remove(id);
    }
}
