package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NetAttribute;
import dev.linkspan.core.port.NetRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code net}. */
record NetRows(Handle handle, RegionName region, Instant now) implements NetRepository {

    @Override
    public Optional<Net> find(NetId id) {
        return findInAnyRegion(id).filter(net -> net.region().equals(region));
    }

    @Override
    public Optional<Net> findInAnyRegion(NetId id) {
        return handle.select("select * from net where id = ?", id)
                .map(NetRows::net)
                .findOne();
    }

    @Override
    public List<Net> ofOwner(AccountId owner) {
        return handle.select("""
                        select * from net
                        where account_id = ? and region_name = ?
                        order by created_at, id
                        """, owner, region).map(NetRows::net).list();
    }

    /** Reads the whole Region: for the reconciler, never for a request. */
    @Override
    public List<NetId> ids() {
        return handle.select("select id from net where region_name = ? order by created_at, id", region)
                .map((row, _) -> new NetId(Columns.text(row, "id")))
                .list();
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return handle.select("select count(*) from net where account_id = ? and region_name = ?", owner, region)
                .mapTo(Integer.class)
                .one();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into net
                (id, region_name, account_id, ip_range, tenancy, dhcp_options, created_at,
                dns_support, dns_hostnames, address_usage_metrics, is_default)
            values
                (:id, :region, :owner, :range, :tenancy, :dhcpOptions, :createdAt,
                :dnsSupport, :dnsHostnames, :addressUsageMetrics, :isDefault)
            """);

    @Override
    public void save(Net net) {
        if (!net.region().equals(region)) {
            throw new IllegalStateException("BUG: %s is not of the Region %s".formatted(net, region));
        }
        handle.createUpdate(SAVE)
                .bind("id", net.id())
                .bind("region", net.region())
                .bind("owner", net.owner())
                .bind("range", net.range())
                .bind("tenancy", net.tenancy())
                .bind("dhcpOptions", net.dhcpOptions())
                .bind("createdAt", net.createdAt())
                .bind("dnsSupport", net.attributes().contains(NetAttribute.DNS_SUPPORT))
                .bind("dnsHostnames", net.attributes().contains(NetAttribute.DNS_HOSTNAMES))
                .bind("addressUsageMetrics", net.attributes().contains(NetAttribute.ADDRESS_USAGE_METRICS))
                .bind("isDefault", net.isDefault())
                .execute();
    }

    @Override
    public void delete(NetId id) {
        handle.execute("delete from net where id = ?", id);
    }

    @Override
    public boolean wasGivenDefault(AccountId account) {
        return handle.select(
                                "select count(*) from default_net_given where account_id = ? and region_name = ?",
                                account,
                                region)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    @Override
    public void setGivenDefault(AccountId account) {
        handle.execute("""
                insert into default_net_given (region_name, account_id, given_at) values (?, ?, ?)
                on conflict (region_name, account_id) do nothing
                """, region, account, now);
    }

    private static Net net(ResultSet row, StatementContext context) throws SQLException {
        return new Net(
                new NetId(Columns.text(row, "id")),
                Columns.owner(row),
                Columns.region(row),
                Columns.range(row),
                Columns.text(row, "tenancy"),
                new DhcpOptionsSetId(Columns.text(row, "dhcp_options")),
                attributes(row),
                Columns.yes(row, "is_default"),
                Columns.instant(row, "created_at"));
    }

    private static Set<NetAttribute> attributes(ResultSet row) throws SQLException {
        Set<NetAttribute> on = EnumSet.noneOf(NetAttribute.class);
        for (NetAttribute attribute : NetAttribute.values()) {
            if (Columns.yes(row, column(attribute))) {
                on.add(attribute);
            }
        }
        return on;
    }

    private static String column(NetAttribute attribute) {
        return switch (attribute) {
            case DNS_SUPPORT -> "dns_support";
            case DNS_HOSTNAMES -> "dns_hostnames";
            case ADDRESS_USAGE_METRICS -> "address_usage_metrics";
        };
    }
}
