package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.account.Password;
import dev.linkspan.core.id.AccountId;
import java.util.Optional;

/** {@link PasswordRepository} of an {@link InMemoryStore}. */
record InMemoryPasswords(World world) implements PasswordRepository {

    @Override
    public Optional<Password> find(AccountId owner) {
        return world.passwords().row(owner);
    }

    @Override
    public void save(Password password) {
        needs(world.accounts().has(password.owner()), "account_password_has_account");
        world.passwords().put(password.owner(), password);
    }
}
