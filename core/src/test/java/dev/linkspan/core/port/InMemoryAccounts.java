package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.id.AccountId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@link AccountRepository} of an {@link InMemoryStore}. */
record InMemoryAccounts(World world) implements AccountRepository {

    @Override
    public Optional<Account> find(AccountId id) {
        return world.accounts().row(id);
    }

    @Override
    public Optional<Account> findByEmail(EmailAddress email) {
        return world.accounts()
                .where(account -> account.email().equals(Optional.of(email)))
                .findFirst();
    }

    @Override
    public List<Account> all() {
        return world.accounts()
                .where(_ -> true)
                .sorted(Comparator.comparing(Account::createdAt).thenComparing(Account::id))
                .toList();
    }

    @Override
    public void save(Account account) {
        needs(
                account.email()
                        .flatMap(this::findByEmail)
                        .map(other -> other.id().equals(account.id()))
                        .orElse(true),
                "account_email_once");
        world.accounts().put(account.id(), account);
    }
}
