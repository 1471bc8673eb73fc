package dev.linkspan.cli.explain;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the calls that the asker may make, and words a message to whoever has to make the others. */
public final class Fix {

    /** What an earlier call answers, as remedies name it. */
    private static final Pattern REFERENCE = Pattern.compile("<the (\\w+) that (\\w+) answers>");

    private final Caller caller;
    private final Optional<String> self;
    private final PrintWriter out;
    private final Set<String> told = new HashSet<>();
    private boolean changedSomething;
    private final Map<String, JsonNode> answers = new HashMap<>();

    /**
     * Calls as the asker.
     *
     * @param self the account that asks; empty for the operator, who may make only his own calls
     */
    public Fix(Caller caller, Optional<String> self, PrintWriter out) {
        this.caller = caller;
        this.self = self;
        this.out = out;
    }

    /** Answers the calls that were told of: made, or worded for somebody else. */
    public Set<String> apply(Answer trace) {
        List<JsonNode> others = new ArrayList<>();
        for (JsonNode remedy : trace.list("Remedies")) {
            if (mine(remedy) && !remedy.has("Command")) {
                make(remedy);
            } else {
                others.add(remedy);
            }
        }
        tellOthers(others);
        return Set.copyOf(told);
    }

    /** Whether a call was made; what was only worded changes nothing. */
    public boolean changedSomething() {
        return changedSomething;
    }

    private boolean mine(JsonNode remedy) {
        return self.equals(remedy.path("AccountId").asStringOpt());
    }

    private void make(JsonNode remedy) {
        ObjectNode arguments = filledIn(remedy);
        String call = remedy.path("Call").asString();
        Answer answer = caller.call(call, arguments).orThrow();
        changedSomething = true;
        answers.put(call, answer.body());
        out.println("done  " + tell(remedy, arguments));
    }

    private String tell(JsonNode remedy, ObjectNode arguments) {
        String call = Explanation.call(withArguments(remedy, arguments));
        told.add(call);
        return call;
    }

    private static JsonNode withArguments(JsonNode remedy, ObjectNode arguments) {
        ObjectNode whole = Json.object("Call", remedy.path("Call"), "Arguments", arguments);
        remedy.path("Command").asStringOpt().ifPresent(command -> whole.put("Command", command));
        return whole;
    }

    private ObjectNode filledIn(JsonNode remedy) {
        ObjectNode arguments = ((ObjectNode) remedy.path("Arguments")).deepCopy();
        arguments
                .propertyStream()
                .toList()
                .forEach(argument -> answered(argument.getValue().asString(""))
                        .ifPresent(value -> arguments.put(argument.getKey(), value)));
        return arguments;
    }

    private Optional<String> answered(String argument) {
        Matcher reference = REFERENCE.matcher(argument);
        return reference.matches()
                ? Optional.ofNullable(answers.get(reference.group(2)))
                        .flatMap(answer -> Optional.ofNullable(answer.findValue(reference.group(1))))
                        .flatMap(JsonNode::asStringOpt)
                : Optional.empty();
    }

    private String heading(String owner) {
        if (self.filter(owner::equals).isPresent()) {
            return "Left to you, by the EC2 API:";
        }
        return "To send to %s:".formatted(owner.startsWith("the ") ? owner : "account " + owner);
    }

    private void tellOthers(List<JsonNode> remedies) {
        List<String> owners = remedies.stream()
                .map(remedy -> remedy.path("AccountId").asString("the operator"))
                .distinct()
                .toList();
        for (String owner : owners) {
            out.println();
            out.println(heading(owner));
            out.println();
            for (JsonNode remedy : remedies) {
                if (remedy.path("AccountId").asString("the operator").equals(owner)) {
                    remedy.path("Ask").asStringOpt().ifPresent(asked -> out.println("  %s:".formatted(asked)));
                    out.println("  " + tell(remedy, filledIn(remedy)));
                }
            }
        }
    }
}
