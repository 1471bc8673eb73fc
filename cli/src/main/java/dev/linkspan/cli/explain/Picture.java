package dev.linkspan.cli.explain;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.demo.Paint;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The way of a packet as a line, and that of its reply below it. What stops it is red and crossed; behind that the line is
 * dotted, because the packet does not get there, but what it would meet is told.
 */
final class Picture {

    /** Of little interest unless they stop the packet. */
    private static final Set<String> USUALLY_QUIET = Set.of("Machine", "InSubregion", "SourceCheck", "Beginning");

    private static final String LINE = " ── ";
    private static final String DOTTED = " ┄┄ ";

    private final Answer trace;
    private final Paint paint;

    Picture(Answer trace, Paint paint) {
        this.trace = trace;
        this.paint = paint;
    }

    List<String> lines() {
        String from = trace.text("Source");
        String to = trace.text("Destination");
        boolean arrives = stepsOf("there").stream().allMatch(Picture::passes);
        String there = "  there  " + way(from, to, stepsOf("there"), true);
        List<JsonNode> back = stepsOf("back");
        return back.isEmpty() ? List.of(there) : List.of(there, "  back   " + way(to, from, back, arrives));
    }

    private List<JsonNode> stepsOf(String leg) {
        return trace.list("Steps").stream()
                .filter(step -> step.path("Leg").asString().equals(leg))
                .toList();
    }

    private String way(String begin, String end, List<JsonNode> steps, boolean gets) {
        StringBuilder way = new StringBuilder(begin);
        boolean arriving = gets;
        for (JsonNode step : steps) {
            if (!USUALLY_QUIET.contains(kind(step)) || !passes(step)) {
                way.append(arriving ? LINE : DOTTED).append(mark(step));
                arriving = arriving && passes(step);
            }
        }
        return way.append(arriving ? " ─▶ " : " ┄▷ ").append(end).toString();
    }

    private String mark(JsonNode step) {
        String name = nameOf(step);
        if (!passes(step)) {
            return paint.red("✘ " + name);
        }
        return step.path("Told").asBoolean(true) ? paint.green("✔") + " " + name : paint.yellow("? " + name);
    }

    private static String nameOf(JsonNode step) {
        return switch (kind(step)) {
            case "Machine" -> "machine";
            case "InSubregion" -> "Subregion";
            case "SourceCheck" -> "source check";
            case "Beginning" -> "packet";
            case "Groups" -> "rules";
            case "SubnetBorder" -> "network ACL";
            case "Routing" -> "route";
            case "Tracking" -> "flows";
            case "Crossing" -> step.path("NetPeeringId").asString("peering");
            case "Translating" ->
                "%s (as %s)"
                        .formatted(
                                step.path("NatServiceId").asString(),
                                step.path("After").asString());
            case "Leaving", "Arriving" -> step.path("PublicIp").asString("public address");
            case "Outside" -> "outside";
            case "InsideMachine" -> "the machine itself";
            case "Router" -> "router";
            case "OtherSide" -> "account " + step.path("AccountId").asString();
            default -> kind(step);
        };
    }

    private static String kind(JsonNode step) {
        return step.path("Kind").asString();
    }

    private static boolean passes(JsonNode step) {
        return step.path("Passes").asBoolean();
    }
}
