package dev.linkspan.core.insights;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import java.time.Instant;
import java.util.Optional;

/**
 * What was found when a path was asked: a record of that moment, whatever became of the network since. EC2 calls it a network
 * insights analysis.
 *
 * @param path what was asked
 * @param pathFound whether the packet got there, and for TCP its reply back
 * @param findings how and why, as the API that tells it keeps it
 * @param clientToken by which the call that made it is recognised when it is repeated
 */
public record InsightsAnalysis(
        InsightsAnalysisId id,
        AccountId owner,
        InsightsPathId path,
        Instant startedAt,
        boolean pathFound,
        String findings,
        Optional<String> clientToken) {}
