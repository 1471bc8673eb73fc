package dev.linkspan.core.port;

import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.insights.InsightsAnalysis;

/** Reads and writes the analyses of network insights. */
public interface InsightsAnalysisRepository extends InsightsAnalysisReader {

    void save(InsightsAnalysis analysis);

    void delete(InsightsAnalysisId id);
}
