package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.insights.InsightsPath;
import java.util.List;
import java.util.Optional;

/** {@link InsightsPathRepository} of an {@link InMemoryStore}. */
record InMemoryInsightsPaths(InMemorySnapshot snapshot) implements InsightsPathRepository {

    @Override
    public Optional<InsightsPath> find(InsightsPathId id) {
        return snapshot.cell.insightsPaths.row(id);
    }

    @Override
    public Optional<InsightsPath> findByClientToken(AccountId owner, String clientToken) {
        return ofOwner(owner).stream()
                .filter(path -> path.clientToken().equals(Optional.of(clientToken)))
                .findFirst();
    }

    @Override
    public List<InsightsPath> ofOwner(AccountId owner) {
        return inOrder(
                snapshot.cell.insightsPaths.where(path -> path.owner().equals(owner)),
                InsightsPath::createdAt,
                InsightsPath::id);
    }

    @Override
    public void save(InsightsPath path) {
        needs(snapshot.world.accounts().has(path.owner()), "insights_path_has_account");
        needs(
                path.clientToken()
                        .flatMap(token -> findByClientToken(path.owner(), token))
                        .map(other -> other.id().equals(path.id()))
                        .orElse(true),
                "insights_path_one_per_client_token");
        snapshot.cell.insightsPaths.put(path.id(), path);
    }

    @Override
    public void delete(InsightsPathId id) {
        needs(snapshot.insightsAnalyses().ofPath(id).isEmpty(), "insights_analysis_has_path");
        snapshot.cell.insightsPaths.remove(id);
    }
}
