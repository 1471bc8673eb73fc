package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.PublicKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code keypair}. */
record KeypairRows(Handle handle, RegionName region) {

    Optional<Keypair> one(KeypairId id) {
        return handle.createQuery("select * from keypair where id = :id and region_name = :region")
                .bind("id", id)
                .bind("region", region)
                .map(KeypairRows::keypair)
                .findOne();
    }

    Optional<Keypair> named(AccountId owner, String name) {
        return handle.createQuery("""
                        select * from keypair
                        where account_id = :owner and region_name = :region and name = :name
                        """)
                .bind("owner", owner)
                .bind("region", region)
                .bind("name", name)
                .map(KeypairRows::keypair)
                .findOne();
    }

    List<Keypair> of(AccountId owner) {
        return handle.createQuery("""
                        select * from keypair
                        where account_id = :owner and region_name = :region
                        order by created_at, id
                        """)
                .bind("owner", owner)
                .bind("region", region)
                .map(KeypairRows::keypair)
                .list();
    }

    void save(Keypair keypair) {
        PublicKey key = keypair.publicKey();
        handle.createUpdate("""
                        insert into keypair
                            (id, region_name, account_id, name, key_type, public_key, key_comment,
                            private_key_digest, created_at)
                        values
                            (:id, :region, :owner, :name, :type, :publicKey, :comment,
                            :privateKeyDigest, :createdAt)
                        on conflict (id) do update set
                            region_name = excluded.region_name, account_id = excluded.account_id,
                            name = excluded.name, key_type = excluded.key_type,
                            public_key = excluded.public_key, key_comment = excluded.key_comment,
                            private_key_digest = excluded.private_key_digest, created_at = excluded.created_at
                        """)
                .bind("id", keypair.id())
                .bind("region", region)
                .bind("owner", keypair.owner())
                .bind("name", keypair.name())
                .bind("type", key.type())
                .bind("publicKey", key.blob())
                .bind("comment", key.comment())
                .bind("privateKeyDigest", keypair.privateKeyDigest())
                .bind("createdAt", keypair.createdAt())
                .execute();
    }

    void delete(KeypairId id) {
        handle.createUpdate("delete from keypair where id = :id").bind("id", id).execute();
    }

    private static Keypair keypair(ResultSet row, StatementContext context) throws SQLException {
        return new Keypair(
                new KeypairId(Columns.text(row, "id")),
                Columns.owner(row),
                Columns.text(row, "name"),
                new PublicKey(
                        KeypairType.valueOf(Columns.text(row, "key_type")),
                        Columns.text(row, "public_key"),
                        Columns.text(row, "key_comment")),
                Columns.optionalText(row, "private_key_digest"),
                Columns.instant(row, "created_at"));
    }
}
