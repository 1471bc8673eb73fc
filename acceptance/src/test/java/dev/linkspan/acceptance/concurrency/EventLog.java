package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The log of a cluster's Region, as the operator reads it. */
record EventLog(Caller operator) {

    private static final int PAGE = 1_000;

    List<LogEntry> entries() {
        List<LogEntry> entries = new ArrayList<>();
        boolean more = true;
        while (more) {
            long last = entries.isEmpty() ? 0 : entries.getLast().sequence();
            Answer page = operator.ask(
                    "ReadEvents", "RegionName", LinkspanServer.REGION, "AfterSequence", last, "ResultsPerPage", PAGE);
            page.list("Events").stream().map(EventLog::entry).forEach(entries::add);
            more = page.at("HasMore").asBoolean();
        }
        return entries;
    }

    /** When each peering was born, by its id: its first event tells. */
    Map<String, Instant> births() {
        return entries().stream()
                .filter(entry -> entry.subject().startsWith("pcx-"))
                .collect(Collectors.toMap(LogEntry::subject, LogEntry::at, (first, _) -> first));
    }

    private static LogEntry entry(JsonNode event) {
        return new LogEntry(
                event.path("Sequence").asLong(),
                Instant.parse(event.path("Time").asString()),
                event.path("Actor").asString(),
                event.path("RequestId").asString(),
                event.path("Type").asString(),
                event.path("Subject").asString(),
                event.path("Nets").valueStream().map(JsonNode::asString).toList());
    }
}
