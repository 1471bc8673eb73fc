package dev.linkspan.core.port;

import dev.linkspan.core.account.Password;

/** Reads and writes the passwords of the directory. */
public interface PasswordRepository extends PasswordReader {

    void save(Password password);
}
