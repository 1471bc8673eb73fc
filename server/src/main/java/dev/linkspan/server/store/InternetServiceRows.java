package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.port.InternetServiceRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code internet_service}. */
record InternetServiceRows(Handle handle, RegionName region) implements InternetServiceRepository {

    @Override
    public Optional<InternetService> find(InternetServiceId id) {
        return read("select * from internet_service where id = ? and region_name = ?", id, region)
                .findOne();
    }

    @Override
    public Optional<InternetService> findOfNet(NetId net) {
        return read("select * from internet_service where net_id = ? and region_name = ?", net, region)
                .findOne();
    }

    @Override
    public List<InternetService> ofOwner(AccountId owner) {
        return read("""
                        select * from internet_service
                        where account_id = ? and region_name = ?
                        order by created_at, id
                        """, owner, region).list();
    }

    private ResultIterable<InternetService> read(String query, Object... arguments) {
        return handle.select(query, arguments).map(InternetServiceRows::service);
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return handle.select(
                        "select count(*) from internet_service where account_id = ? and region_name = ?", owner, region)
                .mapTo(Integer.class)
                .one();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into internet_service (id, region_name, account_id, net_id, created_at)
            values (:id, :region, :owner, :net, :createdAt)
            """);

    @Override
    public void save(InternetService service) {
        handle.createUpdate(SAVE)
                .bind("id", service.id())
                .bind("region", region)
                .bind("owner", service.owner())
                .bind("net", service.net())
                .bind("createdAt", service.createdAt())
                .execute();
    }

    @Override
    public void delete(InternetServiceId id) {
        handle.execute("delete from internet_service where id = ?", id);
    }

    private static InternetService service(ResultSet row, StatementContext context) throws SQLException {
        return new InternetService(
                new InternetServiceId(Columns.text(row, "id")),
                Columns.owner(row),
                Columns.optional(row, "net_id", NetId::new),
                Columns.instant(row, "created_at"));
    }
}
