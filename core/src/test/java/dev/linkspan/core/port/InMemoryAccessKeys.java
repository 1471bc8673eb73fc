package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.SignIn;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@link AccessKeyRepository} of an {@link InMemoryStore}. */
record InMemoryAccessKeys(World world) implements AccessKeyRepository {

    @Override
    public Optional<AccessKey> find(AccessKeyId id) {
        return world.accessKeys().row(id);
    }

    @Override
    public List<AccessKey> ofOwner(AccountId owner) {
        return world.accessKeys()
                .where(key -> key.owner().equals(owner))
                .sorted(Comparator.comparing(AccessKey::createdAt)
                        .thenComparing(key -> key.id().value()))
                .toList();
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return ofOwner(owner).size();
    }

    @Override
    public void save(AccessKey key) {
        needs(world.accounts().has(key.owner()), "access_key_has_account");
        world.accessKeys().put(key.id(), key);
    }

    @Override
    public void delete(AccessKeyId id) {
        world.accessKeys().remove(id);
        world.sessions().removeIf(session -> session.signIn().equals(new SignIn.ByAccessKey(id)));
    }
}
