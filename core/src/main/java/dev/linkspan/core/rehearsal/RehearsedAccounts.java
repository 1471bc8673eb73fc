package dev.linkspan.core.rehearsal;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.AccountReader;
import dev.linkspan.core.port.AccountRepository;
import java.util.List;
import java.util.Optional;

/** {@link AccountRepository} of a rehearsal. */
final class RehearsedAccounts extends Overlay<AccountId, Account> implements AccountRepository {

    private final AccountReader truth;

    RehearsedAccounts(AccountReader truth, Allowance allowance) {
        super(truth::find, Account::id, byCreation(Account::createdAt, Account::id), allowance);
        this.truth = truth;
    }

    @Override
    public Optional<Account> findByEmail(EmailAddress email) {
        return only(it -> it.email().equals(Optional.of(email)), () -> truth.findByEmail(email));
    }

    @Override
    public List<Account> all() {
        return some(truth.all(), _ -> true);
    }
}
