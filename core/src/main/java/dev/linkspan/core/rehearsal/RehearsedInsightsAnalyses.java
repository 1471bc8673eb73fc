package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.insights.InsightsAnalysis;
import dev.linkspan.core.port.InsightsAnalysisReader;
import dev.linkspan.core.port.InsightsAnalysisRepository;
import java.util.List;
import java.util.Optional;

/** {@link InsightsAnalysisRepository} of a rehearsal. */
final class RehearsedInsightsAnalyses extends Overlay<InsightsAnalysisId, InsightsAnalysis>
        implements InsightsAnalysisRepository {

    private final InsightsAnalysisReader truth;

    RehearsedInsightsAnalyses(InsightsAnalysisReader truth, Allowance allowance) {
        super(
                truth::find,
                InsightsAnalysis::id,
                byCreation(InsightsAnalysis::startedAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public Optional<InsightsAnalysis> findByClientToken(AccountId owner, String clientToken) {
        return only(
                it -> it.owner().equals(owner) && it.clientToken().equals(Optional.of(clientToken)),
                () -> truth.findByClientToken(owner, clientToken));
    }

    @Override
    public List<InsightsAnalysis> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<InsightsAnalysis> ofPath(InsightsPathId path) {
        return some(truth.ofPath(path), it -> it.path().equals(path));
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return truth.countOfOwner(owner) + difference(it -> it.owner().equals(owner));
    }
}
