package dev.linkspan.server.store;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code nic} with {@code nic_address} and {@code nic_group}. */
record NicRows(Handle handle, RegionName region) {

    /** Addresses and groups come as ids with a space between them, so that a NIC stays one row. */
    private static final String SELECT = """
            select nic.*,
                (select string_agg(address, ' ' order by position) from nic_address where nic_id = nic.id) as addresses,
                (select string_agg(security_group_id, ' ' order by position) from nic_group where nic_id = nic.id)
                    as security_groups
            from nic
            """;

    Optional<Nic> one(NicId id) {
        return where("id = :id").bind("id", id).map(NicRows::nic).findOne();
    }

    Optional<Nic> ofLink(NicLinkId id) {
        return where("link_id = :link").bind("link", id).map(NicRows::nic).findOne();
    }

    List<Nic> of(AccountId owner) {
        return where("account_id = :owner")
                .bind("owner", owner)
                .map(NicRows::nic)
                .list();
    }

    List<Nic> of(NetId net) {
        return where("net_id = :net").bind("net", net).map(NicRows::nic).list();
    }

    List<Nic> of(SubnetId subnet) {
        return where("subnet_id = :subnet")
                .bind("subnet", subnet)
                .map(NicRows::nic)
                .list();
    }

    List<Nic> of(VmId vm) {
        return where("link_vm_id = :vm").bind("vm", vm).map(NicRows::nic).list();
    }

    List<Nic> in(SecurityGroupId group) {
        return where("id in (select nic_id from nic_group where security_group_id = :group)")
                .bind("group", group)
                .map(NicRows::nic)
                .list();
    }

    private Query where(String condition) {
        return handle.createQuery(SELECT + "where " + condition + " and region_name = :region order by created_at, id")
                .bind("region", region);
    }

    void save(Nic nic) {
        handle.createUpdate("""
                        insert into nic
                            (id, region_name, account_id, net_id, subnet_id, mac, description, source_dest_checked,
                            link_id, link_vm_id, link_device_number, link_delete_on_vm_deletion, created_at)
                        values
                            (:id, :region, :owner, :net, :subnet, :mac, :description, :checked,
                            :link, :linkVm, :linkDevice, :linkDelete, :createdAt)
                        on conflict (id) do update set
                            region_name = excluded.region_name, account_id = excluded.account_id,
                            net_id = excluded.net_id, subnet_id = excluded.subnet_id, mac = excluded.mac,
                            description = excluded.description, source_dest_checked = excluded.source_dest_checked,
                            link_id = excluded.link_id, link_vm_id = excluded.link_vm_id,
                            link_device_number = excluded.link_device_number,
                            link_delete_on_vm_deletion = excluded.link_delete_on_vm_deletion,
                            created_at = excluded.created_at
                        """)
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
                .bind("createdAt", nic.createdAt())
                .execute();
        saveAddresses(nic);
        saveGroups(nic);
    }

    private void saveAddresses(Nic nic) {
        handle.createUpdate("delete from nic_address where nic_id = :nic")
                .bind("nic", nic.id())
                .execute();
        for (int position = 0; position < nic.addresses().size(); position++) {
            handle.createUpdate("""
                            insert into nic_address (subnet_id, address, nic_id, position)
                            values (:subnet, :address, :nic, :position)
                            """)
                    .bind("subnet", nic.subnet())
                    .bind("address", nic.addresses().get(position))
                    .bind("nic", nic.id())
                    .bind("position", position)
                    .execute();
        }
    }

    private void saveGroups(Nic nic) {
        handle.createUpdate("delete from nic_group where nic_id = :nic")
                .bind("nic", nic.id())
                .execute();
        for (int position = 0; position < nic.groups().size(); position++) {
            handle.createUpdate("""
                            insert into nic_group (nic_id, position, security_group_id)
                            values (:nic, :position, :group)
                            """)
                    .bind("nic", nic.id())
                    .bind("position", position)
                    .bind("group", nic.groups().get(position))
                    .execute();
        }
    }

    void delete(NicId id) {
        handle.createUpdate("delete from nic where id = :id").bind("id", id).execute();
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
