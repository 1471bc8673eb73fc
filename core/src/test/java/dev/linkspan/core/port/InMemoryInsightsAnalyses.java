package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.insights.InsightsAnalysis;
import dev.linkspan.core.port.World.Cell;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@link InsightsAnalysisRepository} of an {@link InMemoryStore}. */
record InMemoryInsightsAnalyses(World world, Cell cell) implements InsightsAnalysisRepository {

    @Override
    public Optional<InsightsAnalysis> find(InsightsAnalysisId id) {
        return cell.insightsAnalyses.row(id);
    }

    @Override
    public Optional<InsightsAnalysis> findByClientToken(AccountId owner, String clientToken) {
        return ofOwner(owner).stream()
                .filter(analysis -> analysis.clientToken().equals(Optional.of(clientToken)))
                .findFirst();
    }

    @Override
    public List<InsightsAnalysis> ofOwner(AccountId owner) {
        return where(analysis -> analysis.owner().equals(owner));
    }

    @Override
    public List<InsightsAnalysis> ofPath(InsightsPathId path) {
        return where(analysis -> analysis.path().equals(path));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return ofOwner(owner).size();
    }

    private List<InsightsAnalysis> where(Predicate<InsightsAnalysis> predicate) {
        return inOrder(cell.insightsAnalyses.where(predicate), InsightsAnalysis::startedAt, InsightsAnalysis::id);
    }

    @Override
    public void save(InsightsAnalysis analysis) {
        needs(world.accounts().has(analysis.owner()), "insights_analysis_has_account");
        needs(cell.insightsPaths.has(analysis.path()), "insights_analysis_has_path");
        needs(
                analysis.clientToken()
                        .flatMap(token -> findByClientToken(analysis.owner(), token))
                        .map(other -> other.id().equals(analysis.id()))
                        .orElse(true),
                "insights_analysis_one_per_client_token");
        cell.insightsAnalyses.put(analysis.id(), analysis);
    }

    @Override
    public void delete(InsightsAnalysisId id) {
        cell.insightsAnalyses.remove(id);
    }
}
