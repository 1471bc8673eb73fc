package dev.linkspan.core.port;

import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.insights.InsightsPath;

/** Reads and writes the paths of network insights. */
public interface InsightsPathRepository extends InsightsPathReader {

    void save(InsightsPath path);

    void delete(InsightsPathId id);
}
