package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.port.SubnetRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code subnet}. */
record SubnetRows(Handle handle, RegionName region) implements SubnetRepository {

    private static final String IN_ORDER = " and region_name = ? order by created_at, id";

    @Override
    public Optional<Subnet> find(SubnetId id) {
        return read("select * from subnet where id = ? and region_name = ?", id, region)
                .findOne();
    }

    @Override
    public List<Subnet> ofOwner(AccountId owner) {
        return read("select * from subnet where account_id = ?" + IN_ORDER, owner, region)
                .list();
    }

    @Override
    public List<Subnet> ofNet(NetId net) {
        return read("select * from subnet where net_id = ?" + IN_ORDER, net, region)
                .list();
    }

    private ResultIterable<Subnet> read(String query, Object... arguments) {
        return handle.select(query, arguments).map(SubnetRows::subnet);
    }

    private static final String SAVE = Upsert.by("id", """
            insert into subnet
                (id, region_name, net_id, account_id, subregion_name, ip_range, map_public_ip, is_default, created_at)
            values (:id, :region, :net, :owner, :subregion, :range, :mapPublicIp, :isDefault, :createdAt)
            """);

    @Override
    public void save(Subnet subnet) {
        handle.createUpdate(SAVE)
                .bind("id", subnet.id())
                .bind("region", region)
                .bind("net", subnet.net())
                .bind("owner", subnet.owner())
                .bind("subregion", subnet.subregion())
                .bind("range", subnet.range())
                .bind("mapPublicIp", subnet.mapPublicIpOnLaunch())
                .bind("isDefault", subnet.isDefault())
                .bind("createdAt", subnet.createdAt())
                .execute();
    }

    @Override
    public void delete(SubnetId id) {
        handle.execute("delete from subnet where id = ?", id);
    }

    private static Subnet subnet(ResultSet row, StatementContext context) throws SQLException {
        return new Subnet(
                new SubnetId(Columns.text(row, "id")),
                Columns.net(row),
                Columns.owner(row),
                new SubregionName(Columns.text(row, "subregion_name")),
                Columns.range(row),
                Columns.yes(row, "map_public_ip"),
                Columns.yes(row, "is_default"),
                Columns.instant(row, "created_at"));
    }
}
