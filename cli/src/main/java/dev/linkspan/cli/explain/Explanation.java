package dev.linkspan.cli.explain;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.demo.Paint;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What TracePath answered, for people: the verdict, the picture, and for each cause why, whose job and which call. */
public final class Explanation {

    private final Answer trace;
    private final Optional<String> self;
    private final Paint paint;

    /** @param self the account that asks; empty for the operator */
    public Explanation(Answer trace, Optional<String> self, Paint paint) {
        this.trace = trace;
        this.self = self;
        this.paint = paint;
    }

    public boolean reachable() {
        return trace.text("Verdict").equals("reachable");
    }

    public void print(PrintWriter out) {
        print(out, Set.of());
    }

    /** The calls that a fix makes or words, as they are told. */
    public Set<String> calls() {
        return trace.list("Remedies").stream().map(Explanation::call).collect(Collectors.toUnmodifiableSet());
    }

    /** @param toldElsewhere the calls that are left out, as whoever reads this is told of them otherwise */
    public void print(PrintWriter out, Set<String> toldElsewhere) {
        out.println("%s  %s from %s to %s"
                .formatted(verdict(), trace.text("Packet"), end("From", "Source"), end("To", "Destination")));
        out.println();
        new Picture(trace, paint).lines().forEach(out::println);
        int number = 0;
        for (JsonNode cause : trace.list("Causes")) {
            number++;
            out.println();
            out.println("%s %s"
                    .formatted(paint.red("✘ " + number), cause.path("Why").asString()));
            remedies(cause, out, toldElsewhere);
        }
        untold().ifPresent(step -> {
            out.println();
            out.println(paint.yellow("?") + " " + step.path("Text").asString());
        });
    }

    /** What the other owner's side decides and the viewer is not told, the first of it. */
    private Optional<JsonNode> untold() {
        return trace.list("Steps").stream()
                .filter(step -> !step.path("Told").asBoolean(true))
                .findFirst();
    }

    private String verdict() {
        return switch (trace.text("Verdict")) {
            case "reachable" -> paint.green("✔ reachable") + (untold().isPresent() ? ", as far as it is told" : "");
            case "blocked" -> paint.red("✘ blocked");
            default -> paint.red("✘ impossible");
        };
    }

    private String end(String which, String sentBy) {
        String vm = trace.text(which, "VmId");
        String address = trace.text(sentBy);
        return vm.isEmpty() ? address : vm + " (" + address + ")";
    }

    private void remedies(JsonNode cause, PrintWriter out, Set<String> toldElsewhere) {
        if (cause.path("Remedies").isEmpty()) {
            out.println("    " + whatElse(cause));
        }
        for (JsonNode remedy : cause.path("Remedies")) {
            if (!toldElsewhere.contains(call(remedy))) {
                printRemedy(remedy, self, paint, out);
            }
        }
        if (!cause.path("Alternatives").isEmpty() && toldElsewhere.isEmpty()) {
            out.println("    or:");
            cause.path("Alternatives").forEach(remedy -> printRemedy(remedy, self, paint, out));
        }
    }

    private String whatElse(JsonNode cause) {
        if (cause.path("Trouble").asString().equals("NO_ANSWER")) {
            return "Nobody has that address, or who has it does not let this in, or answer: no call of yours changes that.";
        }
        boolean goesOutside = trace.list("Steps").stream()
                .anyMatch(step -> step.path("Kind").asString().equals("Leaving"));
        return trace.body().has("To") || goesOutside
                ? "No call changes that."
                : "No peering of that Net leads to the address: ask for one with the Net that has it.";
    }

    static void printRemedy(JsonNode remedy, Optional<String> self, Paint paint, PrintWriter out) {
        out.println("    " + whose(remedy, self));
        out.println("      " + paint.bold(call(remedy)));
    }

    private static String whose(JsonNode remedy, Optional<String> self) {
        String account = remedy.path("AccountId").asString("");
        if (account.isEmpty()) {
            return "The operator calls:";
        }
        if (self.filter(account::equals).isPresent()) {
            return "You call:";
        }
        return remedy.has("Ask")
                ? "Ask account %s to %s:".formatted(account, remedy.path("Ask").asString())
                : "Account %s calls:".formatted(account);
    }

    /** Ready for a shell in which calls are functions, or for any client; what only the EC2 API has, for the AWS CLI. */
    static String call(JsonNode remedy) {
        return remedy.path("Command")
                .asStringOpt()
                .orElseGet(
                        () -> "%s '%s'".formatted(remedy.path("Call").asString(), Json.line(remedy.path("Arguments"))));
    }
}
