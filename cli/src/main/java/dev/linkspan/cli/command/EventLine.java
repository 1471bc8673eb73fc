package dev.linkspan.cli.command;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** One event on one line, for people: when, where and which, what, to what, by whom, and the details. */
final class EventLine {

    private EventLine() {}

    static String of(JsonNode event) {
        String actor = event.path("Actor").asString();
        return "%s  %s #%-6d  %-24s  %-21s  by %-12s  %s"
                .formatted(
                        event.path("Time").asString(),
                        event.path("Region").asString(),
                        event.path("Sequence").asLong(),
                        event.path("Type").asString().toLowerCase(Locale.ROOT).replace('_', ' '),
                        event.path("Subject").asString(),
                        actor,
                        oneLine(event.path("Detail").asString()))
                .stripTrailing();
    }

    /** Control characters of a detail never reach a terminal. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
