package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.insights.InsightsPath;
import java.util.List;
import java.util.Optional;

/** Reads the paths of network insights. */
public interface InsightsPathReader {

    Optional<InsightsPath> find(InsightsPathId id);

    /** The path that was made with this token, while it is there. */
    Optional<InsightsPath> findByClientToken(AccountId owner, String clientToken);

    List<InsightsPath> ofOwner(AccountId owner);
}
