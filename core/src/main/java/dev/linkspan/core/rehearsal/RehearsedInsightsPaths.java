package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.insights.InsightsPath;
import dev.linkspan.core.port.InsightsPathReader;
import dev.linkspan.core.port.InsightsPathRepository;
import java.util.List;
import java.util.Optional;

/** {@link InsightsPathRepository} of a rehearsal. */
final class RehearsedInsightsPaths extends Overlay<InsightsPathId, InsightsPath> implements InsightsPathRepository {

    private final InsightsPathReader truth;

    RehearsedInsightsPaths(InsightsPathReader truth, Allowance allowance) {
        super(
                truth::find,
                InsightsPath::id,
                byCreation(InsightsPath::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public Optional<InsightsPath> findByClientToken(AccountId owner, String clientToken) {
        return only(
                it -> it.owner().equals(owner) && it.clientToken().equals(Optional.of(clientToken)),
                () -> truth.findByClientToken(owner, clientToken));
    }

    @Override
    public List<InsightsPath> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }
}
