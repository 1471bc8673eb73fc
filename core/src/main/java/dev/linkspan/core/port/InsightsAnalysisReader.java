package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.insights.InsightsAnalysis;
import java.util.List;
import java.util.Optional;

/** Reads the analyses of network insights. */
public interface InsightsAnalysisReader {

    Optional<InsightsAnalysis> find(InsightsAnalysisId id);

    /** The analysis that was started with this token, while it is there. */
    Optional<InsightsAnalysis> findByClientToken(AccountId owner, String clientToken);

    List<InsightsAnalysis> ofOwner(AccountId owner);

    List<InsightsAnalysis> ofPath(InsightsPathId path);

    int countOfOwner(AccountId owner);
}
