package dev.linkspan.acceptance.concurrency;

import java.time.Instant;
import java.util.List;

/** An event of a Region's log. */
record LogEntry(
        long sequence, Instant at, String actor, String requestId, String type, String subject, List<String> nets) {

    LogEntry {
        nets = List.copyOf(nets);
    }
}
