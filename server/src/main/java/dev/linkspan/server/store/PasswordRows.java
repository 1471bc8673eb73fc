package dev.linkspan.server.store;

import dev.linkspan.core.account.Password;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.PasswordRepository;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code account_password}. */
record PasswordRows(Handle handle) implements PasswordRepository {

    @Override
    public Optional<Password> find(AccountId owner) {
        return handle.select("select * from account_password where account_id = ?", owner)
                .map((row, _) ->
                        new Password(Columns.owner(row), Columns.text(row, "hash"), Columns.instant(row, "changed_at")))
                .findOne();
    }

    private static final String SAVE = Upsert.by("account_id", """
            insert into account_password (account_id, hash, changed_at)
            values (:owner, :hash, :changedAt)
            """);

    @Override
    public void save(Password password) {
        handle.createUpdate(SAVE)
                .bind("owner", password.owner())
                .bind("hash", password.hash())
                .bind("changedAt", password.changedAt())
                .execute();
    }
}
