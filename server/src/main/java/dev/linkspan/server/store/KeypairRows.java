package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.PublicKey;
import dev.linkspan.core.port.KeypairRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code keypair}. */
record KeypairRows(Handle handle, RegionName region) implements KeypairRepository {

    private static final String IN_ORDER = " and region_name = ? order by created_at, id";

    @Override
    public Optional<Keypair> find(KeypairId id) {
        return read("select * from keypair where id = ? and region_name = ?", id, region)
                .findOne();
    }

    @Override
    public Optional<Keypair> findByName(AccountId owner, String name) {
        return read("""
                        select * from keypair
                        where account_id = ? and region_name = ? and name = ?
                        """, owner, region, name).findOne();
    }

    @Override
    public List<Keypair> ofOwner(AccountId owner) {
        return read("select * from keypair where account_id = ?" + IN_ORDER, owner, region)
                .list();
    }

    private ResultIterable<Keypair> read(String query, Object... arguments) {
        return handle.select(query, arguments).map(KeypairRows::keypair);
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return handle.select("select count(*) from keypair where account_id = ? and region_name = ?", owner, region)
                .mapTo(Integer.class)
                .one();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into keypair
                (id, region_name, account_id, name, key_type, public_key, key_comment,
                private_key_digest, created_at)
            values
                (:id, :region, :owner, :name, :type, :publicKey, :comment,
                :privateKeyDigest, :createdAt)
            """);

    @Override
    public void save(Keypair keypair) {
        PublicKey key = keypair.publicKey();
        handle.createUpdate(SAVE)
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

    @Override
    public void delete(KeypairId id) {
        handle.execute("delete from keypair where id = ?", id);
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
