package dev.linkspan.server.store;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.insights.InsightsPath;
import dev.linkspan.core.insights.PacketFilter;
import dev.linkspan.core.insights.PathQuestion;
import dev.linkspan.core.port.InsightsPathRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code insights_path}. */
record InsightsPathRows(Handle handle, RegionName region) implements InsightsPathRepository {

    private static final String IN_ORDER = " and region_name = ? order by created_at, id";

    @Override
    public Optional<InsightsPath> find(InsightsPathId id) {
        return read("select * from insights_path where id = ? and region_name = ?", id, region)
                .findOne();
    }

    @Override
    public Optional<InsightsPath> findByClientToken(AccountId owner, String token) {
        return read("""
                        select * from insights_path
                        where account_id = ? and region_name = ? and client_token = ?
                        """, owner, region, token).findOne();
    }

    @Override
    public List<InsightsPath> ofOwner(AccountId owner) {
        return read("select * from insights_path where account_id = ?" + IN_ORDER, owner, region)
                .list();
    }

    private ResultIterable<InsightsPath> read(String query, Object... arguments) {
        return handle.select(query, arguments).map(InsightsPathRows::path);
    }

    private static final String SAVE = Upsert.by("id", """
            insert into insights_path
                (id, region_name, account_id, source_id, destination_id, source_address,
                destination_address, protocol, destination_port, filter_at_source,
                filter_at_destination, created_at, client_token)
            values
                (:id, :region, :owner, :source, :destination, :sourceAddress,
                :destinationAddress, :protocol, :port, :atSource,
                :atDestination, :createdAt, :token)
            """);

    @Override
    public void save(InsightsPath path) {
        PathQuestion question = path.question();
        handle.createUpdate(SAVE)
                .bind("id", path.id())
                .bind("region", region)
                .bind("owner", path.owner())
                .bind("source", question.source())
                .bind("destination", question.destination())
                .bind("sourceAddress", question.sourceAddress())
                .bind("destinationAddress", question.destinationAddress())
                .bind("protocol", question.protocol())
                .bind("port", question.destinationPort())
                .bind("atSource", question.atSource().text())
                .bind("atDestination", question.atDestination().text())
                .bind("createdAt", path.createdAt())
                .bind("token", path.clientToken())
                .execute();
    }

    @Override
    public void delete(InsightsPathId id) {
        handle.execute("delete from insights_path where id = ?", id);
    }

    private static InsightsPath path(ResultSet row, StatementContext context) throws SQLException {
        int port = Columns.number(row, "destination_port");
        Optional<Integer> given = row.wasNull() ? Optional.empty() : Optional.of(port);
        PathQuestion question = new PathQuestion(
                end(Columns.text(row, "source_id")),
                Columns.optional(row, "destination_id", InsightsPathRows::end),
                Columns.optional(row, "source_address", Ipv4::parse),
                Columns.optional(row, "destination_address", Ipv4::parse),
                Columns.number(row, "protocol"),
                given,
                PacketFilter.parse(Columns.text(row, "filter_at_source")),
                PacketFilter.parse(Columns.text(row, "filter_at_destination")));
        return new InsightsPath(
                new InsightsPathId(Columns.text(row, "id")),
                Columns.owner(row),
                question,
                Columns.instant(row, "created_at"),
                Columns.optionalText(row, "client_token"));
    }

    private static ResourceId end(String id) {
        return ResourceId.tryParse(id)
                .orElseThrow(() -> new IllegalStateException("BUG: '%s' is no end of a path".formatted(id)));
    }
}
