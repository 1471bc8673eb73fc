package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.insights.InsightsAnalysis;
import dev.linkspan.core.port.InsightsAnalysisRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code insights_analysis}. */
record InsightsAnalysisRows(Handle handle, RegionName region) implements InsightsAnalysisRepository {

    private static final String IN_ORDER = " and region_name = ? order by started_at, id";

    @Override
    public Optional<InsightsAnalysis> find(InsightsAnalysisId id) {
        return read("select * from insights_analysis where id = ? and region_name = ?", id, region)
                .findOne();
    }

    @Override
    public Optional<InsightsAnalysis> findByClientToken(AccountId owner, String token) {
        return read("""
                        select * from insights_analysis
                        where account_id = ? and region_name = ? and client_token = ?
                        """, owner, region, token).findOne();
    }

    @Override
    public List<InsightsAnalysis> ofOwner(AccountId owner) {
        return read("select * from insights_analysis where account_id = ?" + IN_ORDER, owner, region)
                .list();
    }

    @Override
    public List<InsightsAnalysis> ofPath(InsightsPathId path) {
        return read("select * from insights_analysis where insights_path_id = ?" + IN_ORDER, path, region)
                .list();
    }

    private ResultIterable<InsightsAnalysis> read(String query, Object... arguments) {
        return handle.select(query, arguments).map(InsightsAnalysisRows::analysis);
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return handle.select("""
                        select count(*) from insights_analysis
                        where account_id = ? and region_name = ?
                        """, owner, region).mapTo(Integer.class).one();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into insights_analysis
                (id, region_name, account_id, insights_path_id, started_at, path_found, findings,
                client_token)
            values
                (:id, :region, :owner, :path, :startedAt, :pathFound, :findings, :token)
            """);

    @Override
    public void save(InsightsAnalysis analysis) {
        handle.createUpdate(SAVE)
                .bind("id", analysis.id())
                .bind("region", region)
                .bind("owner", analysis.owner())
                .bind("path", analysis.path())
                .bind("startedAt", analysis.startedAt())
                .bind("pathFound", analysis.pathFound())
                .bind("findings", analysis.findings())
                .bind("token", analysis.clientToken())
                .execute();
    }

    @Override
    public void delete(InsightsAnalysisId id) {
        handle.execute("delete from insights_analysis where id = ?", id);
    }

    private static InsightsAnalysis analysis(ResultSet row, StatementContext context) throws SQLException {
        return new InsightsAnalysis(
                new InsightsAnalysisId(Columns.text(row, "id")),
                Columns.owner(row),
                new InsightsPathId(Columns.text(row, "insights_path_id")),
                Columns.instant(row, "started_at"),
                Columns.yes(row, "path_found"),
                Columns.text(row, "findings"),
                Columns.optionalText(row, "client_token"));
    }
}
