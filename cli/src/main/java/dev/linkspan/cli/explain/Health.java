package dev.linkspan.cli.explain;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.demo.Paint;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What ReadPeeringHealth answered, for people: both sides in a line each, then what is wrong. */
public final class Health {

    private final Answer health;
    private final Optional<String> self;
    private final Paint paint;

    /** @param self the account that asks; empty for the operator */
    public Health(Answer health, Optional<String> self, Paint paint) {
        this.health = health;
        this.self = self;
        this.paint = paint;
    }

    /** Active, with routes both ways and rules on either side. */
    public boolean sound() {
        return health.list("Findings").stream().allMatch(this::maybeMeant);
    }

    /** A table that leads nothing to the peer may well be the one of those that are not to talk, where another one leads there. */
    private boolean maybeMeant(JsonNode finding) {
        return finding.path("Kind").asString().equals("NO_ROUTE")
                && Stream.of(health.at("Source"), health.at("Accepter"))
                        .filter(side -> side.path("NetId").equals(finding.path("NetId")))
                        .anyMatch(side -> side.path("Leads").asString().equals("SOME"));
    }

    public void print(PrintWriter out) {
        String state = health.text("State");
        out.println("%s  %s"
                .formatted(
                        health.text("NetPeeringId"),
                        state.equals("active") ? paint.green("✔ " + state) : paint.red("✘ " + state)));
        out.println();
        side(health.at("Source"), out);
        side(health.at("Accepter"), out);
        int number = 0;
        for (JsonNode finding : health.list("Findings")) {
            out.println();
            String why = finding.path("Why").asString();
            if (maybeMeant(finding)) {
                out.println("%s %s That is right where its Subnets are not to talk to the peer; otherwise:"
                        .formatted(paint.dim("·"), why));
            } else {
                number++;
                out.println("%s %s".formatted(paint.red("✘ " + number), why));
            }
            if (finding.has("Remedy")) {
                Explanation.printRemedy(finding.path("Remedy"), self, paint, out);
            }
        }
    }

    private void side(JsonNode side, PrintWriter out) {
        String leads = side.path("Leads").asString();
        String told = switch (leads) {
            case "ALL" -> paint.green("✔") + " leads all of the peer's range";
            case "SOME" -> paint.yellow("◐") + " leads some of the peer's range";
            case "NONE" -> paint.red("✘") + " leads nothing of the peer's range";
            default -> paint.yellow("?") + " not told before the peering is active";
        };
        String admits = side.path("Admits").asBoolean()
                ? ", " + paint.green("✔") + " lets something in"
                : ", " + paint.red("✘") + " lets nothing in";
        out.println("  %s %s  %s%s"
                .formatted(
                        side.path("NetId").asString(),
                        side.path("IpRange").asString(),
                        told,
                        leads.equals("UNTOLD") ? "" : admits));
    }
}
