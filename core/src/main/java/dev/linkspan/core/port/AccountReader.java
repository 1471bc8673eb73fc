package dev.linkspan.core.port;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.id.AccountId;
import java.util.List;
import java.util.Optional;

/** Reads the accounts of the directory. */
public interface AccountReader {

    Optional<Account> find(AccountId id);

    /** The account that has this address. */
    Optional<Account> findByEmail(EmailAddress email);

    List<Account> all();
}
