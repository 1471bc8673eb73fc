package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.internet.NatConnectivity;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.port.NatServiceRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code nat_service}. */
record NatServiceRows(Handle handle, RegionName region) implements NatServiceRepository {

    private static final String IN_ORDER = " and region_name = ? order by created_at, id";

    @Override
    public Optional<NatService> find(NatServiceId id) {
        return read("select * from nat_service where id = ? and region_name = ?", id, region)
                .findOne();
    }

    @Override
    public List<NatService> ofOwner(AccountId owner) {
        return read("select * from nat_service where account_id = ?" + IN_ORDER, owner, region)
                .list();
    }

    @Override
    public List<NatService> existingOfNet(NetId net) {
        return read("select * from nat_service where net_id = ? and deleted_at is null" + IN_ORDER, net, region)
                .list();
    }

    @Override
    public List<NatService> ofClientToken(AccountId owner, String clientToken) {
        return read(
                        "select * from nat_service where account_id = ? and client_token = ?" + IN_ORDER,
                        owner,
                        clientToken,
                        region)
                .list();
    }

    @Override
    public List<NatService> deletedBy(Instant time, int limit) {
        return read("""
                        select * from nat_service
                        where deleted_at <= ? and region_name = ?
                        order by deleted_at, id
                        limit ?
                        """, time, region, limit).list();
    }

    private ResultIterable<NatService> read(String query, Object... arguments) {
        return handle.select(query, arguments).map(NatServiceRows::service);
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return handle.select("""
                        select count(*) from nat_service
                        where account_id = ? and region_name = ? and deleted_at is null
                        """, owner, region).mapTo(Integer.class).one();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into nat_service
                (id, region_name, account_id, net_id, subnet_id, nic_id, connectivity,
                created_at, deleted_at, client_token)
            values
                (:id, :region, :owner, :net, :subnet, :nic, :connectivity,
                :createdAt, :deletedAt, :clientToken)
            """);

    @Override
    public void save(NatService service) {
        handle.createUpdate(SAVE)
                .bind("id", service.id())
                .bind("region", region)
                .bind("owner", service.owner())
                .bind("net", service.net())
                .bind("subnet", service.subnet())
                .bind("nic", service.nic())
                .bind("connectivity", service.connectivity())
                .bind("createdAt", service.createdAt())
                .bind("deletedAt", service.deletedAt())
                .bind("clientToken", service.clientToken())
                .execute();
    }

    @Override
    public void delete(NatServiceId id) {
        handle.execute("delete from nat_service where id = ?", id);
    }

    private static NatService service(ResultSet row, StatementContext context) throws SQLException {
        return new NatService(
                new NatServiceId(Columns.text(row, "id")),
                Columns.owner(row),
                Columns.net(row),
                Columns.subnet(row),
                new NicId(Columns.text(row, "nic_id")),
                NatConnectivity.valueOf(Columns.text(row, "connectivity")),
                Columns.instant(row, "created_at"),
                Columns.optionalInstant(row, "deleted_at"),
                Columns.optionalText(row, "client_token"));
    }
}
