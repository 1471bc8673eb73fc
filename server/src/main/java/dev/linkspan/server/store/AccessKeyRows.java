package dev.linkspan.server.store;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.AccessKeyRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code access_key}: secrets are in clear on this side only (A2). */
record AccessKeyRows(Handle handle, SecretBox secrets) implements AccessKeyRepository {

    @Override
    public Optional<AccessKey> find(AccessKeyId id) {
        return handle.select("select * from access_key where id = ?", id)
                .map((row, _) -> key(row))
                .findOne();
    }

    @Override
    public List<AccessKey> ofOwner(AccountId owner) {
        return handle.select("select * from access_key where account_id = ? order by created_at, id", owner)
                .map((row, _) -> key(row))
                .list();
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return handle.select("select count(*) from access_key where account_id = ?", owner)
                .mapTo(Integer.class)
                .one();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into access_key
                (id, account_id, sealed_secret, active, tag, expires_at, created_at, modified_at)
            values (:id, :owner, :secret, :active, :tag, :expiresAt, :createdAt, :modifiedAt)
            """);

    @Override
    public void save(AccessKey key) {
        handle.createUpdate(SAVE)
                .bind("id", key.id())
                .bind("owner", key.owner())
                .bind("secret", secrets.seal(key.secret(), key.id().value()))
                .bind("active", key.active())
                .bind("tag", key.tag())
                .bind("expiresAt", key.expiresAt())
                .bind("createdAt", key.createdAt())
                .bind("modifiedAt", key.modifiedAt())
                .execute();
    }

    @Override
    public void delete(AccessKeyId id) {
        handle.execute("delete from access_key where id = ?", id);
    }

    private AccessKey key(ResultSet row) throws SQLException {
        AccessKeyId id = new AccessKeyId(Columns.text(row, "id"));
        return new AccessKey(
                id,
                Columns.owner(row),
                secrets.open(Columns.text(row, "sealed_secret"), id.value()),
                Columns.yes(row, "active"),
                Columns.optionalText(row, "tag"),
                Columns.optionalInstant(row, "expires_at"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "modified_at"));
    }
}
