package dev.linkspan.server.store;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.port.PublicIpRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code public_ip}. */
record PublicIpRows(Handle handle, RegionName region) implements PublicIpRepository {

    private static final String IN_ORDER = " and region_name = ? order by created_at, id";

    @Override
    public Optional<PublicIp> find(PublicIpId id) {
        return read("select * from public_ip where id = ? and region_name = ?", id, region)
                .findOne();
    }

    @Override
    public Optional<PublicIp> findByAddress(Ipv4 address) {
        return read("select * from public_ip where address = ? and region_name = ?", address, region)
                .findOne();
    }

    @Override
    public Optional<PublicIp> findByLink(PublicIpLinkId id) {
        return read("select * from public_ip where link_id = ? and region_name = ?", id, region)
                .findOne();
    }

    @Override
    public List<PublicIp> ofOwner(AccountId owner) {
        return read("select * from public_ip where account_id = ?" + IN_ORDER, owner, region)
                .list();
    }

    @Override
    public List<PublicIp> ofNet(NetId net) {
        return read("select * from public_ip where link_net_id = ?" + IN_ORDER, net, region)
                .list();
    }

    @Override
    public List<PublicIp> ofNic(NicId nic) {
        return read("select * from public_ip where link_nic_id = ?" + IN_ORDER, nic, region)
                .list();
    }

    private ResultIterable<PublicIp> read(String query, Object... arguments) {
        return handle.select(query, arguments).map(PublicIpRows::publicIp);
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return handle.select("select count(*) from public_ip where account_id = ? and region_name = ?", owner, region)
                .mapTo(Integer.class)
                .one();
    }

    @Override
    public Set<Ipv4> takenAddresses() {
        return handle.select("select address from public_ip where region_name = ?", region)
                .map((row, _) -> Ipv4.parse(Columns.text(row, "address")))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static final String SAVE = Upsert.by("id", """
            insert into public_ip
                (id, region_name, account_id, address, of_machine,
                link_id, link_net_id, link_nic_id, link_address, created_at)
            values
                (:id, :region, :owner, :address, :ofMachine,
                :link, :linkNet, :linkNic, :linkAddress, :createdAt)
            """);

    @Override
    public void save(PublicIp publicIp) {
        handle.createUpdate(SAVE)
                .bind("id", publicIp.id())
                .bind("region", region)
                .bind("owner", publicIp.owner())
                .bind("address", publicIp.address())
                .bind("ofMachine", publicIp.ofMachine())
                .bind("link", publicIp.link().map(PublicIpLink::id))
                .bind("linkNet", publicIp.link().map(PublicIpLink::net))
                .bind("linkNic", publicIp.link().map(PublicIpLink::nic))
                .bind("linkAddress", publicIp.link().map(PublicIpLink::privateAddress))
                .bind("createdAt", publicIp.createdAt())
                .execute();
    }

    @Override
    public void delete(PublicIpId id) {
        handle.execute("delete from public_ip where id = ?", id);
    }

    private static PublicIp publicIp(ResultSet row, StatementContext context) throws SQLException {
        return new PublicIp(
                new PublicIpId(Columns.text(row, "id")),
                Ipv4.parse(Columns.text(row, "address")),
                Columns.owner(row),
                Columns.yes(row, "of_machine"),
                link(row),
                Columns.instant(row, "created_at"));
    }

    private static Optional<PublicIpLink> link(ResultSet row) throws SQLException {
        Optional<PublicIpLinkId> id = Columns.optional(row, "link_id", PublicIpLinkId::new);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PublicIpLink(
                id.get(),
                new NetId(Columns.text(row, "link_net_id")),
                new NicId(Columns.text(row, "link_nic_id")),
                Ipv4.parse(Columns.text(row, "link_address"))));
    }
}
