package dev.linkspan.core.rehearsal;

import dev.linkspan.core.account.Password;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.PasswordReader;
import dev.linkspan.core.port.PasswordRepository;

/** {@link PasswordRepository} of a rehearsal. */
final class RehearsedPasswords extends Overlay<AccountId, Password> implements PasswordRepository {

    RehearsedPasswords(PasswordReader truth, Allowance allowance) {
        super(truth::find, Password::owner, byCreation(Password::changedAt, Password::owner), allowance);
    }
}
