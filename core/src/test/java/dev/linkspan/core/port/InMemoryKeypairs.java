package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.port.World.Cell;
import java.util.List;
import java.util.Optional;

/** {@link KeypairRepository} of an {@link InMemoryStore}. */
record InMemoryKeypairs(World world, Cell cell) implements KeypairRepository {

    @Override
    public Optional<Keypair> find(KeypairId id) {
        return cell.keypairs.row(id);
    }

    @Override
    public Optional<Keypair> findByName(AccountId owner, String name) {
        return ofOwner(owner).stream()
                .filter(keypair -> keypair.name().equals(name))
                .findFirst();
    }

    @Override
    public List<Keypair> ofOwner(AccountId owner) {
        return inOrder(cell.keypairs.where(keypair -> keypair.owner().equals(owner)), Keypair::createdAt, Keypair::id);
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return ofOwner(owner).size();
    }

    @Override
    public void save(Keypair keypair) {
        needs(world.accounts().has(keypair.owner()), "keypair_has_account");
        needs(
                findByName(keypair.owner(), keypair.name())
                        .map(other -> other.id().equals(keypair.id()))
                        .orElse(true),
                "keypair_one_name_per_account");
        cell.keypairs.put(keypair.id(), keypair);
    }

    @Override
    public void delete(KeypairId id) {
        cell.keypairs.remove(id);
    }
}
