package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Subnet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code subnet}. */
record SubnetRows(Handle handle, RegionName region) {

    Optional<Subnet> one(SubnetId id) {
        return handle.createQuery("select * from subnet where id = :id and region_name = :region")
                .bind("id", id)
                .bind("region", region)
                .map(SubnetRows::subnet)
                .findOne();
    }

    List<Subnet> of(AccountId owner) {
        return handle.createQuery("""
                        select * from subnet
                        where account_id = :owner and region_name = :region
                        order by created_at, id
                        """)
                .bind("owner", owner)
                .bind("region", region)
                .map(SubnetRows::subnet)
                .list();
    }

    List<Subnet> of(NetId net) {
        return handle.createQuery("""
                        select * from subnet
                        where net_id = :net and region_name = :region
                        order by created_at, id
                        """)
                .bind("net", net)
                .bind("region", region)
                .map(SubnetRows::subnet)
                .list();
    }

    void save(Subnet subnet) {
        handle.createUpdate("""
                        insert into subnet
                            (id, region_name, net_id, account_id, subregion_name, ip_range, map_public_ip, created_at)
                        values (:id, :region, :net, :owner, :subregion, :range, :mapPublicIp, :createdAt)
                        on conflict (id) do update set
                            region_name = excluded.region_name, net_id = excluded.net_id,
                            account_id = excluded.account_id, subregion_name = excluded.subregion_name,
                            ip_range = excluded.ip_range, map_public_ip = excluded.map_public_ip,
                            created_at = excluded.created_at
                        """)
                .bind("id", subnet.id())
                .bind("region", region)
                .bind("net", subnet.net())
                .bind("owner", subnet.owner())
                .bind("subregion", subnet.subregion())
                .bind("range", subnet.range())
                .bind("mapPublicIp", subnet.mapPublicIpOnLaunch())
                .bind("createdAt", subnet.createdAt())
                .execute();
    }

    void delete(SubnetId id) {
        handle.createUpdate("delete from subnet where id = :id").bind("id", id).execute();
    }

    private static Subnet subnet(ResultSet row, StatementContext context) throws SQLException {
        return new Subnet(
                new SubnetId(Columns.text(row, "id")),
                Columns.net(row),
                Columns.owner(row),
                new SubregionName(Columns.text(row, "subregion_name")),
                Columns.range(row),
                Columns.yes(row, "map_public_ip"),
                Columns.instant(row, "created_at"));
    }
}
