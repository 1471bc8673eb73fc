package dev.linkspan.server.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.networkacl.NetworkAclAssociation;
import dev.linkspan.core.port.NetworkAclRepository;
import dev.linkspan.core.securitygroup.Direction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code network_acl} with {@code network_acl_entry} and {@code network_acl_association}. */
record NetworkAclRows(Handle handle, RegionName region) implements NetworkAclRepository {

    /** A row of a table that belongs to an ACL. */
    private record Part<T>(NetworkAclId acl, T value) {}

    @Override
    public Optional<NetworkAcl> find(NetworkAclId id) {
        return where("id = ?", id).stream().findFirst();
    }

    @Override
    public Optional<NetworkAcl> findByAssociation(NetworkAclAssociationId id) {
        return where("id = (select network_acl_id from network_acl_association where id = ?)", id).stream()
                .findFirst();
    }

    @Override
    public Optional<NetworkAcl> findByClientToken(AccountId owner, String clientToken) {
        return handle.select("""
                        select id from network_acl
                        where account_id = ? and client_token = ? and region_name = ?
                        """, owner, clientToken, region)
                .map((row, _) -> new NetworkAclId(Columns.text(row, "id")))
                .findFirst()
                .flatMap(this::find);
    }

    @Override
    public List<NetworkAcl> ofOwner(AccountId owner) {
        return where("account_id = ?", owner);
    }

    @Override
    public List<NetworkAcl> ofNet(NetId net) {
        return where("net_id = ?", net);
    }

    /** Three queries with one condition, whatever the number of ACLs; one where there are none, as for most Nets. */
    private List<NetworkAcl> where(String condition, Object key) {
        List<NetworkAcl> bare = handle.select(
                        "select * from network_acl where %s and region_name = ? order by created_at, id"
                                .formatted(condition),
                        key,
                        region)
                .map((row, _) -> bare(row))
                .list();
        if (bare.isEmpty()) {
            return bare;
        }
        Map<NetworkAclId, List<AclEntry>> entries = entries(condition, key);
        Map<NetworkAclId, List<NetworkAclAssociation>> associations = associations(condition, key);
        return bare.stream()
                .map(acl -> new NetworkAcl(
                        acl.id(),
                        acl.net(),
                        acl.owner(),
                        entries.getOrDefault(acl.id(), List.of()),
                        associations.getOrDefault(acl.id(), List.of()),
                        acl.createdAt(),
                        acl.clientToken()))
                .toList();
    }

    /** Without what is in the other tables. */
    private static NetworkAcl bare(ResultSet row) throws SQLException {
        return new NetworkAcl(
                new NetworkAclId(Columns.text(row, "id")),
                Columns.net(row),
                Columns.owner(row),
                List.of(),
                List.of(),
                Columns.instant(row, "created_at"),
                Columns.optionalText(row, "client_token"));
    }

    private Map<NetworkAclId, List<AclEntry>> entries(String condition, Object key) {
        return handle.select("""
                        select * from network_acl_entry
                        where network_acl_id in (select id from network_acl where %s)
                        """.formatted(condition), key).map((row, _) -> new Part<>(acl(row), entry(row))).stream()
                .collect(groupingBy(Part::acl, mapping(Part::value, toList())));
    }

    private Map<NetworkAclId, List<NetworkAclAssociation>> associations(String condition, Object key) {
        return handle
                .select("""
                        select * from network_acl_association
                        where network_acl_id in (select id from network_acl where %s)
                        order by network_acl_id, position
                        """.formatted(condition), key)
                .map((row, _) -> new Part<>(
                        acl(row),
                        new NetworkAclAssociation(
                                new NetworkAclAssociationId(Columns.text(row, "id")), Columns.subnet(row))))
                .stream()
                .collect(groupingBy(Part::acl, mapping(Part::value, toList())));
    }

    private static NetworkAclId acl(ResultSet row) throws SQLException {
        return new NetworkAclId(Columns.text(row, "network_acl_id"));
    }

    private static AclEntry entry(ResultSet row) throws SQLException {
        return new AclEntry(
                Columns.number(row, "number"),
                Direction.valueOf(Columns.text(row, "flow")),
                TrafficColumns.read(row),
                AddressRange.parse(Columns.text(row, "ip_range")),
                Columns.yes(row, "allows"));
    }

    private static final String SAVE = Upsert.by("id", """
            insert into network_acl (id, region_name, net_id, account_id, created_at, client_token)
            values (:id, :region, :net, :owner, :createdAt, :clientToken)
            """);

    @Override
    public void save(NetworkAcl acl) {
        handle.createUpdate(SAVE)
                .bind("id", acl.id())
                .bind("region", region)
                .bind("net", acl.net())
                .bind("owner", acl.owner())
                .bind("createdAt", acl.createdAt())
                .bind("clientToken", acl.clientToken())
                .execute();
        handle.execute("delete from network_acl_entry where network_acl_id = ?", acl.id());
        acl.entries().forEach(entry -> insert(acl.id(), entry));
        handle.execute("delete from network_acl_association where network_acl_id = ?", acl.id());
        for (int position = 0; position < acl.associations().size(); position++) {
            NetworkAclAssociation association = acl.associations().get(position);
            handle.execute("""
                            insert into network_acl_association (id, network_acl_id, position, subnet_id)
                            values (?, ?, ?, ?)
                            """, association.id(), acl.id(), position, association.subnet());
        }
    }

    private void insert(NetworkAclId acl, AclEntry entry) {
        TrafficColumns traffic = TrafficColumns.of(entry.traffic());
        handle.execute(
                """
                insert into network_acl_entry
                    (network_acl_id, flow, number, protocol, first, last, ip_range, allows)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                acl,
                entry.direction(),
                entry.number(),
                traffic.protocol(),
                traffic.first(),
                traffic.last(),
                entry.range().toString(),
                entry.allows());
    }

    @Override
    public void delete(NetworkAclId id) {
        handle.execute("delete from network_acl where id = ?", id);
    }
}
