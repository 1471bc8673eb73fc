package dev.linkspan.core.port;

import dev.linkspan.core.account.Password;
import dev.linkspan.core.id.AccountId;
import java.util.Optional;

/** Reads the passwords of the directory. */
public interface PasswordReader {

    Optional<Password> find(AccountId owner);
}
