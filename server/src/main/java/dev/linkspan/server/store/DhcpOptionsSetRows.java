package dev.linkspan.server.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.net.DhcpOption;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.port.DhcpOptionsSetRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code dhcp_options_set} with {@code dhcp_option_value}. */
record DhcpOptionsSetRows(Handle handle, RegionName region) implements DhcpOptionsSetRepository {

    /** One value of one option of a set. */
    private record Part(DhcpOptionsSetId set, DhcpOption option, String value) {}

    @Override
    public Optional<DhcpOptionsSet> find(DhcpOptionsSetId id) {
        return where("id = ?", id).stream().findFirst();
    }

    @Override
    public List<DhcpOptionsSet> ofOwner(AccountId owner) {
        return where("account_id = ?", owner);
    }

    /** Two queries with one condition, whatever the number of sets. */
    private List<DhcpOptionsSet> where(String condition, Object key) {
        Map<DhcpOptionsSetId, Map<DhcpOption, List<String>>> options = options(condition, key);
        return handle.select(
                        "select * from dhcp_options_set where %s and region_name = ? order by created_at, id"
                                .formatted(condition),
                        key,
                        region)
                .map((row, _) -> {
                    DhcpOptionsSetId id = new DhcpOptionsSetId(Columns.text(row, "id"));
                    return new DhcpOptionsSet(
                            id,
                            Columns.owner(row),
                            options.getOrDefault(id, Map.of()),
                            Columns.instant(row, "created_at"));
                })
                .list();
    }

    private Map<DhcpOptionsSetId, Map<DhcpOption, List<String>>> options(String condition, Object key) {
        return handle.select("""
                        select * from dhcp_option_value
                        where dhcp_options_set_id in (select id from dhcp_options_set where %s)
                        order by dhcp_options_set_id, dhcp_option, position
                        """.formatted(condition), key).map(DhcpOptionsSetRows::part).stream()
                .collect(groupingBy(Part::set, groupingBy(Part::option, mapping(Part::value, toList()))));
    }

    private static Part part(ResultSet row, StatementContext context) throws SQLException {
        return new Part(
                new DhcpOptionsSetId(Columns.text(row, "dhcp_options_set_id")),
                DhcpOption.valueOf(Columns.text(row, "dhcp_option")),
                Columns.text(row, "option_value"));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return handle.select(
                        "select count(*) from dhcp_options_set where account_id = ? and region_name = ?", owner, region)
                .mapTo(Integer.class)
                .one();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into dhcp_options_set (id, region_name, account_id, created_at)
            values (:id, :region, :owner, :createdAt)
            """);

    @Override
    public void save(DhcpOptionsSet set) {
        handle.createUpdate(SAVE)
                .bind("id", set.id())
                .bind("region", region)
                .bind("owner", set.owner())
                .bind("createdAt", set.createdAt())
                .execute();
        handle.execute("delete from dhcp_option_value where dhcp_options_set_id = ?", set.id());
        set.options().forEach((option, values) -> {
            for (int position = 0; position < values.size(); position++) {
                insert(set.id(), option, position, values.get(position));
            }
        });
    }

    private void insert(DhcpOptionsSetId set, DhcpOption option, int position, String value) {
        handle.execute("""
                        insert into dhcp_option_value (dhcp_options_set_id, dhcp_option, position, option_value)
                        values (?, ?, ?, ?)
                        """, set, option, position, value);
    }

    @Override
    public void delete(DhcpOptionsSetId id) {
        handle.execute("delete from dhcp_options_set where id = ?", id);
    }
}
