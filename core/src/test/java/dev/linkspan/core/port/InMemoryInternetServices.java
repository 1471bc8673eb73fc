package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.port.World.Cell;
import java.util.List;
import java.util.Optional;

/** {@link InternetServiceRepository} of an {@link InMemoryStore}. */
record InMemoryInternetServices(World world, Cell cell) implements InternetServiceRepository {

    @Override
    public Optional<InternetService> find(InternetServiceId id) {
        return cell.internetServices.row(id);
    }

    @Override
    public Optional<InternetService> findOfNet(NetId net) {
        return cell.internetServices.where(service -> service.isLinkedTo(net)).findFirst();
    }

    @Override
    public List<InternetService> ofOwner(AccountId owner) {
        return inOrder(
                cell.internetServices.where(service -> service.owner().equals(owner)),
                InternetService::createdAt,
                InternetService::id);
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return ofOwner(owner).size();
    }

    @Override
    public void save(InternetService service) {
        needs(world.accounts().has(service.owner()), "internet_service_has_account");
        service.net().ifPresent(net -> {
            needs(cell.nets.has(net), "internet_service_link_has_net");
            needs(
                    findOfNet(net).map(other -> other.id().equals(service.id())).orElse(true),
                    "internet_service_one_per_net");
        });
        cell.internetServices.put(service.id(), service);
    }

    @Override
    public void delete(InternetServiceId id) {
        cell.internetServices.remove(id);
    }
}
