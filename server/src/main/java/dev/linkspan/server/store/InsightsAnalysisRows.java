package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.insights.InsightsAnalysis;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code insights_analysis}. */
record InsightsAnalysisRows(Handle handle, RegionName region) {

    Optional<InsightsAnalysis> one(InsightsAnalysisId id) {
        return handle.createQuery("select * from insights_analysis where id = :id and region_name = :region")
                .bind("id", id)
                .bind("region", region)
                .map(InsightsAnalysisRows::analysis)
                .findOne();
    }

    Optional<InsightsAnalysis> byClientToken(AccountId owner, String token) {
        return handle.createQuery("""
                        select * from insights_analysis
                        where account_id = :owner and region_name = :region and client_token = :token
                        """)
                .bind("owner", owner)
                .bind("region", region)
                .bind("token", token)
                .map(InsightsAnalysisRows::analysis)
                .findOne();
    }

    List<InsightsAnalysis> of(AccountId owner) {
        return handle.createQuery("""
                        select * from insights_analysis
                        where account_id = :owner and region_name = :region
                        order by started_at, id
                        """)
                .bind("owner", owner)
                .bind("region", region)
                .map(InsightsAnalysisRows::analysis)
                .list();
    }

    List<InsightsAnalysis> of(InsightsPathId path) {
        return handle.createQuery("""
                        select * from insights_analysis
                        where insights_path_id = :path and region_name = :region
                        order by started_at, id
                        """)
                .bind("path", path)
                .bind("region", region)
                .map(InsightsAnalysisRows::analysis)
                .list();
    }

    int count(AccountId owner) {
        return handle.createQuery("""
                        select count(*) from insights_analysis
                        where account_id = :owner and region_name = :region
                        """)
                .bind("owner", owner)
                .bind("region", region)
                .mapTo(Integer.class)
                .one();
    }

    void save(InsightsAnalysis analysis) {
        handle.createUpdate("""
                        insert into insights_analysis
                            (id, region_name, account_id, insights_path_id, started_at, path_found, findings,
                            client_token)
                        values
                            (:id, :region, :owner, :path, :startedAt, :pathFound, :findings, :token)
                        on conflict (id) do update set
                            region_name = excluded.region_name, account_id = excluded.account_id,
                            insights_path_id = excluded.insights_path_id, started_at = excluded.started_at,
                            path_found = excluded.path_found, findings = excluded.findings,
                            client_token = excluded.client_token
                        """)
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

    void delete(InsightsAnalysisId id) {
        handle.createUpdate("delete from insights_analysis where id = :id")
                .bind("id", id)
                .execute();
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
