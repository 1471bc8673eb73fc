package dev.linkspan.core.port;

import dev.linkspan.core.account.Account;

/** Reads and writes the accounts of the directory. */
public interface AccountRepository extends AccountReader {

    void save(Account account);
}
