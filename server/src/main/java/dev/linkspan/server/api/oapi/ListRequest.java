package dev.linkspan.server.api.oapi;

import dev.linkspan.server.api.json.FilterArguments;
import java.util.Optional;

/** What the Read calls have in common. Without {@code ResultsPerPage} everything that matches is answered. */
public record ListRequest(
        Optional<FilterArguments> filters, Optional<String> nextPageToken, Optional<Integer> resultsPerPage) {}
