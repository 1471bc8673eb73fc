package dev.linkspan.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.core.event.EventType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/** A Region's log as it was read last: it only ever grows at its end. */
final class EventLog {

    private static final Map<String, String> STATES = Map.of(
            EventType.NET_PEERING_REQUESTED.name(), "pending-acceptance",
            EventType.NET_PEERING_ACCEPTED.name(), "active",
            EventType.NET_PEERING_REJECTED.name(), "rejected",
            EventType.NET_PEERING_DELETED.name(), "deleted");

    private static final int PAGE = 1_000;

    private final Database database;
    private List<LoggedEvent> known = List.of();

    EventLog(Database database) {
        this.database = database;
    }

    int size() {
        return known.size();
    }

    /** Reads it anew, demands that it is whole and what it was, and answers what has come to it. */
    List<LoggedEvent> grown() throws SQLException {
        List<LoggedEvent> now = database.events(LinkspanServer.REGION);
        assertThat(now.size()).as("the length of the log").isGreaterThanOrEqualTo(known.size());
        assertThat(now.subList(0, known.size()))
                .as("what was read of the log before")
                .isEqualTo(known);
        assertThat(now)
                .as("no gap and no number twice")
                .extracting(LoggedEvent::sequence)
                .isEqualTo(LongStream.rangeClosed(1, now.size()).boxed().toList());
        for (int i = 1; i < now.size(); i++) {
            assertThat(now.get(i).at())
                    .as("the time of event %d", i + 1)
                    .isGreaterThanOrEqualTo(now.get(i - 1).at());
        }
        List<LoggedEvent> grown = now.subList(known.size(), now.size());
        known = now;
        return grown;
    }

    /** Demands that this server tells of the log what was read of it last, from behind this event to its end. */
    void compareWith(Caller operator, long after) {
        List<LoggedEvent> told = new ArrayList<>();
        boolean more = true;
        while (more) {
            long last = told.isEmpty() ? after : told.getLast().sequence();
            Answer page = operator.ask(
                    "ReadEvents", "RegionName", LinkspanServer.REGION, "AfterSequence", last, "ResultsPerPage", PAGE);
            page.list("Events").stream().map(EventLog::event).forEach(told::add);
            more = page.at("HasMore").asBoolean();
        }
        assertThat(told).as("the log as a server tells it").isEqualTo(known.subList((int) after, known.size()));
    }

    private static LoggedEvent event(JsonNode event) {
        return new LoggedEvent(
                event.path("Sequence").asLong(),
                Instant.parse(event.path("Time").asString()).toEpochMilli(),
                event.path("Actor").asString(),
                event.path("RequestId").asString(),
                event.path("Type").asString(),
                event.path("Subject").asString());
    }

    /** What each peering must be, by what the log says last of it. */
    Map<String, String> peeringStates() {
        Map<String, String> states = new HashMap<>();
        known.stream()
                .filter(event -> STATES.containsKey(event.type()))
                .forEach(event -> states.put(event.subject(), STATES.get(event.type())));
        return states;
    }
}
