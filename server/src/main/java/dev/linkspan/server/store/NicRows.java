package dev.linkspan.server.store;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.port.NicRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code nic} with {@code nic_address} and {@code nic_group}. */
record NicRows(Handle handle, RegionName region) implements NicRepository {

    /** Addresses and groups come as ids with a space between them, so that a NIC stays one row. */
    private static final String SELECT = """
            select nic.*,
                (select string_agg(address, ' ' order by position) from nic_address where nic_id = nic.id) as addresses,
                (select string_agg(security_group_id, ' ' order by position) from nic_group where nic_id = nic.id)
                    as security_groups
            from nic
            """;

    private static final String IN_ORDER = " and region_name = ? order by created_at, id";

    @Override
    public Optional<Nic> find(NicId id) {
        return read(SELECT + "where id = ?" + IN_ORDER, id, region).findOne();
    }

    @Override
    public Optional<Nic> findByLink(NicLinkId id) {
        return read(SELECT + "where link_id = ?" + IN_ORDER, id, region).findOne();
    }

    @Override
    public List<Nic> ofOwner(AccountId owner) {
        return read(SELECT + "where account_id = ?" + IN_ORDER, owner, region).list();
    }

    @Override
    public List<Nic> ofNet(NetId net) {
        return read(SELECT + "where net_id = ?" + IN_ORDER, net, region).list();
    }

    @Override
    public List<Nic> ofSubnet(SubnetId subnet) {
        return read(SELECT + "where subnet_id = ?" + IN_ORDER, subnet, region).list();
    }

    @Override
    public List<Nic> ofVm(VmId vm) {
        return read(SELECT + "where link_vm_id = ?" + IN_ORDER, vm, region).list();
    }

    @Override
    public List<Nic> ofSecurityGroup(SecurityGroupId group) {
        return read(
                        SELECT + "where id in (select nic_id from nic_group where security_group_id = ?)" + IN_ORDER,
                        group,
                        region)
                .list();
    }

    private ResultIterable<Nic> read(String query, Object... arguments) {
        return handle.select(query, arguments).map(NicRows::nic);
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return handle.select("select count(*) from nic where account_id = ? and region_name = ?", owner, region)
                .mapTo(Integer.class)
                .one();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into nic
                (id, region_name, account_id, net_id, subnet_id, mac, description, source_dest_checked,
                link_id, link_vm_id, link_device_number, link_delete_on_vm_deletion, nat_service_id, created_at)
            values
                (:id, :region, :owner, :net, :subnet, :mac, :description, :checked,
                :link, :linkVm, :linkDevice, :linkDelete, :natService, :createdAt)
            """);

    @Override
    public void save(Nic nic) {
        handle.createUpdate(SAVE)
                .bind("id", nic.id())
                .bind("region", region)
                .bind("owner", nic.owner())
                .bind("net", nic.net())
                .bind("subnet", nic.subnet())
                .bind("mac", nic.mac())
                .bind("description", nic.description())
                .bind("checked", nic.sourceDestChecked())
                .bind("link", nic.link().map(NicLink::id))
                .bind("linkVm", nic.link().map(NicLink::vm))
                .bind("linkDevice", nic.link().map(NicLink::deviceNumber))
                .bind("linkDelete", nic.link().map(NicLink::deleteOnVmDeletion))
                .bind("natService", nic.natService())
                .bind("createdAt", nic.createdAt())
                .execute();
        saveAddresses(nic);
        saveGroups(nic);
    }

    private void saveAddresses(Nic nic) {
        handle.execute("delete from nic_address where nic_id = ?", nic.id());
        for (int position = 0; position < nic.addresses().size(); position++) {
            handle.execute("""
                            insert into nic_address (subnet_id, address, nic_id, position)
                            values (?, ?, ?, ?)
                            """, nic.subnet(), nic.addresses().get(position), nic.id(), position);
        }
    }

    private void saveGroups(Nic nic) {
        handle.execute("delete from nic_group where nic_id = ?", nic.id());
        for (int position = 0; position < nic.groups().size(); position++) {
            handle.execute("""
                            insert into nic_group (nic_id, position, security_group_id)
                            values (?, ?, ?)
                            """, nic.id(), position, nic.groups().get(position));
        }
    }

    @Override
    public void delete(NicId id) {
        handle.execute("delete from nic where id = ?", id);
    }

    private static Nic nic(ResultSet row, StatementContext context) throws SQLException {
        return new Nic(
                new NicId(Columns.text(row, "id")),
                Columns.owner(row),
                Columns.net(row),
                Columns.subnet(row),
                MacAddress.parse(Columns.text(row, "mac")),
                Columns.text(row, "description"),
                list(row, "addresses", Ipv4::parse),
                list(row, "security_groups", SecurityGroupId::new),
                Columns.yes(row, "source_dest_checked"),
                link(row),
                Columns.optional(row, "nat_service_id", NatServiceId::new),
                Columns.instant(row, "created_at"));
    }

    private static Optional<NicLink> link(ResultSet row) throws SQLException {
        Optional<NicLinkId> id = Columns.optional(row, "link_id", NicLinkId::new);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new NicLink(
                id.get(),
                new VmId(Columns.text(row, "link_vm_id")),
                Columns.number(row, "link_device_number"),
                Columns.yes(row, "link_delete_on_vm_deletion")));
    }

    private static <T> List<T> list(ResultSet row, String column, Function<String, T> parse) throws SQLException {
        return Columns.optionalText(row, column).stream()
                .flatMap(text -> Stream.of(text.split(" ", -1)))
                .map(parse)
                .toList();
    }
}
