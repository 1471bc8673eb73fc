package dev.linkspan.core.insights;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsPathId;
import java.time.Instant;
import java.util.Optional;

/**
 * A question that an account keeps in a Region, to be asked again and again: does a packet get from here to there? EC2 calls
 * it a network insights path. What it names may be gone since.
 *
 * @param clientToken by which the call that made it is recognised when it is repeated
 */
public record InsightsPath(
        InsightsPathId id, AccountId owner, PathQuestion question, Instant createdAt, Optional<String> clientToken) {}
