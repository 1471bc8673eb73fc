package dev.linkspan.server.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.port.SecurityGroupRepository;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code security_group} with {@code security_group_rule}. */
record SecurityGroupRows(Handle handle, RegionName region) implements SecurityGroupRepository {

    /** A rule and the group whose it is. */
    private record Part(SecurityGroupId group, SecurityGroupRule rule) {}

    @Override
    public Optional<SecurityGroup> find(SecurityGroupId id) {
        return where("id = ?", id).stream().findFirst();
    }

    @Override
    public List<SecurityGroup> ofOwner(AccountId owner) {
        return where("account_id = ?", owner);
    }

    @Override
    public List<SecurityGroup> ofNet(NetId net) {
        return where("net_id = ?", net);
    }

    @Override
    public Optional<SecurityGroupHead> findHead(SecurityGroupId id) {
        return heads("id = ?", id).stream().findFirst();
    }

    @Override
    public Optional<SecurityGroupHead> findHeadByName(NetId net, String name) {
        return heads("net_id = ? and name = ?", net, name).stream().findFirst();
    }

    @Override
    public List<SecurityGroupHead> headsNaming(SecurityGroupId group) {
        return heads("id in (select security_group_id from security_group_rule where counterpart_group_id = ?)", group);
    }

    private List<SecurityGroupHead> heads(String condition, Object... keys) {
        return handle.select("""
                        select id, net_id, account_id, name from security_group
                        where %s and region_name = ?
                        order by created_at, id
                        """.formatted(condition), keys)
                .bind(keys.length, region)
                .map((row, _) -> new SecurityGroupHead(
                        new SecurityGroupId(Columns.text(row, "id")),
                        Columns.net(row),
                        Columns.owner(row),
                        Columns.text(row, "name")))
                .list();
    }

    /** With this rule alone. */
    @Override
    public Optional<SecurityGroup> findByRule(SecurityGroupRuleId id) {
        Optional<Part> held = handle.select("select * from security_group_rule where id = ?", id)
                .map((row, _) -> part(row))
                .findOne();
        return held.flatMap(part -> groups("id = ?", part.group(), Map.of(part.group(), List.of(part.rule()))).stream()
                .findFirst());
    }

    /** Two queries with one condition, whatever the number of groups. */
    private List<SecurityGroup> where(String condition, Object key) {
        return groups(condition, key, rules(condition, key));
    }

    private List<SecurityGroup> groups(
            String condition, Object key, Map<SecurityGroupId, List<SecurityGroupRule>> rules) {
        return handle.select(
                        "select * from security_group where %s and region_name = ? order by created_at, id"
                                .formatted(condition),
                        key,
                        region)
                .map((row, _) -> {
                    SecurityGroupId id = new SecurityGroupId(Columns.text(row, "id"));
                    return new SecurityGroup(
                            id,
                            Columns.net(row),
                            Columns.owner(row),
                            Columns.text(row, "name"),
                            Columns.text(row, "description"),
                            rules.getOrDefault(id, List.of()),
                            Columns.instant(row, "created_at"));
                })
                .list();
    }

    private Map<SecurityGroupId, List<SecurityGroupRule>> rules(String condition, Object key) {
        return handle.select("""
                        select * from security_group_rule
                        where security_group_id in (select id from security_group where %s)
                        order by security_group_id, position
                        """.formatted(condition), key).map((row, _) -> part(row)).stream()
                .collect(groupingBy(Part::group, mapping(Part::rule, toList())));
    }

    private static Part part(ResultSet row) throws SQLException {
        return new Part(new SecurityGroupId(Columns.text(row, "security_group_id")), rule(row));
    }

    private static SecurityGroupRule rule(ResultSet row) throws SQLException {
        return new SecurityGroupRule(
                new SecurityGroupRuleId(Columns.text(row, "id")),
                Direction.valueOf(Columns.text(row, "flow")),
                TrafficColumns.read(row),
                counterpart(row),
                Columns.text(row, "description"));
    }

    private static Counterpart counterpart(ResultSet row) throws SQLException {
        Optional<AddressRange> range = Columns.optional(row, "ip_range", AddressRange::parse);
        if (range.isPresent()) {
            return new Counterpart.Range(range.get());
        }
        return new Counterpart.Group(
                new SecurityGroupId(Columns.text(row, "counterpart_group_id")),
                new AccountId(Columns.text(row, "counterpart_account_id")));
    }

    private static final String SAVE = Upsert.by("id", """
            insert into security_group
                (id, region_name, net_id, account_id, name, description, created_at)
            values (:id, :region, :net, :owner, :name, :description, :createdAt)
            """);

    @Override
    public void save(SecurityGroup group) {
        handle.createUpdate(SAVE)
                .bind("id", group.id())
                .bind("region", region)
                .bind("net", group.net())
                .bind("owner", group.owner())
                .bind("name", group.name())
                .bind("description", group.description())
                .bind("createdAt", group.createdAt())
                .execute();
        handle.execute("delete from security_group_rule where security_group_id = ?", group.id());
        for (int position = 0; position < group.rules().size(); position++) {
            insert(group.id(), position, group.rules().get(position));
        }
    }

    private void insert(SecurityGroupId group, int position, SecurityGroupRule rule) {
        TrafficColumns traffic = TrafficColumns.of(rule.traffic());
        Optional<Counterpart.Group> named =
                rule.counterpart() instanceof Counterpart.Group it ? Optional.of(it) : Optional.empty();
        Optional<AddressRange> range =
                rule.counterpart() instanceof Counterpart.Range it ? Optional.of(it.range()) : Optional.empty();
        handle.createUpdate("""
                        insert into security_group_rule
                            (id, security_group_id, position, flow, protocol, first, last, ip_range,
                            counterpart_group_id, counterpart_account_id, description)
                        values
                            (:id, :group, :position, :flow, :protocol, :first, :last, :range,
                            :counterpartGroup, :counterpartAccount, :description)
                        """)
                .bind("id", rule.id())
                .bind("group", group)
                .bind("position", position)
                .bind("flow", rule.direction())
                .bind("protocol", traffic.protocol())
                .bind("first", traffic.first())
                .bind("last", traffic.last())
                .bind("range", range)
                .bind("counterpartGroup", named.map(Counterpart.Group::id))
                .bind("counterpartAccount", named.map(Counterpart.Group::owner))
                .bind("description", rule.description())
                .execute();
    }

    @Override
    public void delete(SecurityGroupId id) {
        handle.execute("delete from security_group where id = ?", id);
    }
}
