package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Net;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@link NetRepository} of an {@link InMemoryStore}. */
record InMemoryNets(InMemorySnapshot snapshot) implements NetRepository {

    @Override
    public Optional<Net> find(NetId id) {
        return snapshot.cell.nets.row(id);
    }

    @Override
    public Optional<Net> findInAnyRegion(NetId id) {
        return snapshot.world.cells().values().stream()
                .flatMap(any -> any.nets.row(id).stream())
                .findFirst();
    }

    @Override
    public List<Net> ofOwner(AccountId owner) {
        return where(net -> net.owner().equals(owner));
    }

    @Override
    public List<NetId> ids() {
        return where(_ -> true).stream().map(Net::id).toList();
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return ofOwner(owner).size();
    }

    private List<Net> where(Predicate<Net> predicate) {
        return inOrder(snapshot.cell.nets.where(predicate), Net::createdAt, Net::id);
    }

    @Override
    public void save(Net net) {
        needs(net.region().equals(snapshot.region()), "net_in_region");
        needs(snapshot.world.accounts().has(net.owner()), "net_has_account");
        snapshot.cell.nets.put(net.id(), net);
    }

    @Override
    public void delete(NetId id) {
        needs(snapshot.subnets().ofNet(id).isEmpty(), "subnet_has_net");
        needs(snapshot.nics().ofNet(id).isEmpty(), "nic_has_net");
        needs(snapshot.routeTables().ofNet(id).isEmpty(), "route_table_has_net");
        needs(snapshot.securityGroups().ofNet(id).isEmpty(), "security_group_has_net");
        needs(snapshot.networkAcls().ofNet(id).isEmpty(), "network_acl_has_net");
        needs(snapshot.internetServices().findOfNet(id).isEmpty(), "internet_service_link_has_net");
        snapshot.cell.nets.remove(id);
    }

    @Override
    public boolean wasGivenDefault(AccountId account) {
        return snapshot.cell.defaultNetsGiven.has(account);
    }

    @Override
    public void setGivenDefault(AccountId account) {
        needs(snapshot.world.accounts().has(account), "default_net_given_has_account");
        snapshot.cell.defaultNetsGiven.put(account, snapshot.now());
    }
}
