package dev.linkspan.server.store;

import dev.linkspan.core.account.Session;
import dev.linkspan.core.account.SignIn;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SessionId;
import dev.linkspan.core.port.SessionRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code session}. */
record SessionRows(Handle handle) implements SessionRepository {

    private static final String PASSWORD = "password";
    private static final String ACCESS_KEY = "access_key";
    private static final String UNCHECKED = "unchecked";

    @Override
    public Optional<Session> find(SessionId id) {
        return handle.select("select * from session where id = ?", id)
                .map((row, _) -> new Session(
                        new SessionId(Columns.text(row, "id")),
                        Columns.owner(row),
                        signIn(row),
                        Columns.instant(row, "opened_at"),
                        Columns.instant(row, "expires_at")))
                .findOne();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into session (id, account_id, sign_in, access_key_id, opened_at, expires_at)
            values (:id, :account, :signIn, :key, :openedAt, :expiresAt)
            """);

    @Override
    public void save(Session session) {
        handle.createUpdate(SAVE)
                .bind("id", session.id())
                .bind("account", session.account())
                .bind("signIn", word(session.signIn()))
                .bind("key", key(session.signIn()))
                .bind("openedAt", session.openedAt())
                .bind("expiresAt", session.expiresAt())
                .execute();
    }

    @Override
    public void delete(SessionId id) {
        handle.execute("delete from session where id = ?", id);
    }

    @Override
    public void deleteOfAccount(AccountId account) {
        handle.execute("delete from session where account_id = ?", account);
    }

    @Override
    public void deleteExpiredBy(Instant time) {
        handle.execute("delete from session where expires_at <= ?", time);
    }

    private static String word(SignIn signIn) {
        return switch (signIn) {
            case SignIn.ByPassword _ -> PASSWORD;
            case SignIn.ByAccessKey _ -> ACCESS_KEY;
            case SignIn.Unchecked _ -> UNCHECKED;
        };
    }

    private static Optional<AccessKeyId> key(SignIn signIn) {
        return signIn instanceof SignIn.ByAccessKey(AccessKeyId key) ? Optional.of(key) : Optional.empty();
    }

    private static SignIn signIn(ResultSet row) throws SQLException {
        String word = Columns.text(row, "sign_in");
        return switch (word) {
            case PASSWORD -> new SignIn.ByPassword();
            case ACCESS_KEY -> new SignIn.ByAccessKey(new AccessKeyId(Columns.text(row, "access_key_id")));
            case UNCHECKED -> new SignIn.Unchecked();
            default -> throw new IllegalStateException("BUG: a session was opened by '%s'".formatted(word));
        };
    }
}
