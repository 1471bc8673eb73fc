package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.port.World.Cell;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@link NatServiceRepository} of an {@link InMemoryStore}. */
record InMemoryNatServices(World world, Cell cell) implements NatServiceRepository {

    @Override
    public Optional<NatService> find(NatServiceId id) {
        return cell.natServices.row(id);
    }

    @Override
    public List<NatService> ofOwner(AccountId owner) {
        return where(service -> service.owner().equals(owner));
    }

    @Override
    public List<NatService> existingOfNet(NetId net) {
        return where(service -> service.net().equals(net) && service.exists());
    }

    @Override
    public List<NatService> ofClientToken(AccountId owner, String clientToken) {
        return where(service ->
                service.owner().equals(owner) && service.clientToken().equals(Optional.of(clientToken)));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return where(service -> service.owner().equals(owner) && service.exists())
                .size();
    }

    private List<NatService> where(Predicate<NatService> predicate) {
        return inOrder(cell.natServices.where(predicate), NatService::createdAt, NatService::id);
    }

    @Override
    public void save(NatService service) {
        needs(world.accounts().has(service.owner()), "nat_service_has_account");
        cell.natServices.put(service.id(), service);
    }

    @Override
    public void delete(NatServiceId id) {
        needs(
                cell.nics
                        .where(nic -> nic.natService().equals(Optional.of(id)))
                        .findAny()
                        .isEmpty(),
                "nic_has_nat_service");
        cell.natServices.remove(id);
    }

    @Override
    public List<NatService> deletedBy(Instant time, int limit) {
        return cell.natServices
                .where(service -> service.deletedAt()
                        .filter(since -> !since.isAfter(time))
                        .isPresent())
                .sorted(Comparator.comparing(
                                (NatService service) -> service.deletedAt().orElseThrow())
                        .thenComparing(service -> service.id().value()))
                .limit(limit)
                .toList();
    }
}
