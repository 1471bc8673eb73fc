package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.CallRefused;
import dev.linkspan.cli.client.FileProblem;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.demo.Paint;
import dev.linkspan.cli.explain.Explanation;
import dev.linkspan.cli.explain.Fix;
import dev.linkspan.cli.explain.Health;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says why one machine does not reach another, and what would help. */
@Command(
        name = "explain",
        header = "Say why one machine does or does not reach another, and what would help.",
        description = {
            "FROM and TO are VMs (i-...), NICs (eni-...) or addresses. An address is meant in the Net that has it; where"
                    + " several do, write which one: vpc-.../10.1.1.4; one that no Net has is outside. Every cause is told with the call against it, and whose"
                    + " call that is. An account sees its own side, and of the other one what it answers; the operator sees"
                    + " both.",
            "Exits with 0 if packets arrive and replies come back (for a peering: if nothing is wrong), else with 1."
        },
        footer = {
            "  ./linkspan explain i-1234abcd i-5678abcd --tcp 443",
            "  ./linkspan explain i-1234abcd 10.1.1.4                  can it ping that address?",
            "  ./linkspan explain i-1234abcd 10.1.1.4 --tcp 22 --fix   make the calls that are yours",
            "  ./linkspan explain 10.0.1.4 10.1.1.4                    the same by addresses, from either side",
            "  ./linkspan explain vpc-5678abcd/10.0.1.4 i-1234abcd     from an address that several Nets have",
            "  ./linkspan explain i-1234abcd 192.0.2.7                 does it get outside?",
            "  ./linkspan explain 192.0.2.7 i-1234abcd --tcp 443       is it reached from there?",
            "  ./linkspan explain pcx-1234abcd                         what does that peering lack?",
            "  ./linkspan explain i-1234abcd 10.1.1.4 --plan calls.json",
            "                             as it would be after [{\"Call\":\"CreateRoute\",\"Arguments\":{...}}, ...]"
        })
final class ExplainCommand implements Callable<Integer> {

    /** One kind of packet; a ping unless one is chosen. */
    static final class Packet {

        @Option(names = "--tcp", paramLabel = "PORT", description = "TCP to this port.")
        private Optional<Integer> tcp = Optional.empty();

        @Option(names = "--udp", paramLabel = "PORT", description = "UDP to this port.")
        private Optional<Integer> udp = Optional.empty();

        @Option(names = "--icmp", description = "A ping, which is what is meant where nothing is chosen.")
        private boolean icmp;

        void addTo(ObjectNode arguments) {
            tcp.ifPresent(port -> arguments.put("IpProtocol", "tcp").put("Port", port));
            udp.ifPresent(port -> arguments.put("IpProtocol", "udp").put("Port", port));
            if (icmp) {
                arguments.put("IpProtocol", "icmp");
            }
        }
    }

    private static final Pattern UNKNOWN_MACHINE =
            Pattern.compile("^The (?:From|To) '((?:i|eni)-[^']*)' doesn't exist");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AskerOptions asker = new AskerOptions();

    @Mixin
    private Output output = new Output();

    @ArgGroup
    private Packet packet = new Packet();

    @Option(
            names = "--fix",
            description = "Make the calls that are the asker's to make, and word those that others have to make.")
    private boolean fix;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "Explain as if these calls were made: a JSON list of objects with Call and Arguments.")
    private Optional<Path> plan = Optional.empty();

    @Parameters(index = "0", paramLabel = "FROM", description = "Who sends.")
    private String from = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TO",
            description = "Who is to be reached. A Net peering (pcx-...) stands alone.")
    private Optional<String> to = Optional.empty();

    @Override
    public Integer call() {
        return from.startsWith("pcx-") && to.isEmpty() ? explainPeering() : explainPath();
    }

    private int explainPeering() {
        ObjectNode question = withRegionAndPlan(Json.object("NetPeeringId", from));
        Answer answer = asker.own().call("ReadPeeringHealth", question).orThrow();
        Health health = new Health(answer, asker.account(), Paint.forThisTerminal());
        output.print(answer.body(), health::print);
        return health.sound() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int explainPath() {
        if (fix && plan.isPresent()) {
            throw new CommandFailure("--fix changes what is, and --plan thinks of what is not: choose one");
        }
        ObjectNode question = question();
        Answer trace = traced(question);
        Explanation explanation = explanation(trace);
        if (!fix || explanation.reachable()) {
            print(explanation, trace, Set.of());
            return code(explanation);
        }
        print(explanation, trace, explanation.calls());
        PrintWriter out = output.aside();
        out.println();
        Set<String> told = new HashSet<>(explanation.calls());
        Fix made = new Fix(asker.calls(), asker.account(), out);
        told.addAll(made.apply(trace));
        out.println();
        if (!made.changedSomething()) {
            out.println("Nothing of it is yours to do, and nothing was changed.");
            return code(explanation);
        }
        Answer after = traced(question);
        print(explanation(after), after, told);
        return code(explanation(after));
    }

    /** What an account does not see does not exist for it, so also the machine at the other end. */
    private Answer traced(ObjectNode question) {
        try {
            return asker.own().call("TracePath", question).orThrow();
        } catch (CallRefused refused) {
            Matcher unknown = UNKNOWN_MACHINE.matcher(refused.answer().errorDetails());
            if (asker.isOperator() || !unknown.find()) {
                throw refused;
            }
            throw new CommandFailure(
                    "%s is no machine of yours. One of the other side is named by its address, 10.0.1.4, where several Nets have that with its own, vpc-1234abcd/10.0.1.4, which ./linkspan explain pcx-... shows"
                            .formatted(unknown.group(1)),
                    refused);
        }
    }

    private Explanation explanation(Answer trace) {
        return new Explanation(trace, asker.account(), Paint.forThisTerminal());
    }

    private void print(Explanation explanation, Answer trace, Set<String> toldElsewhere) {
        output.print(trace.body(), out -> explanation.print(out, toldElsewhere));
    }

    private static int code(Explanation explanation) {
        return explanation.reachable() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private ObjectNode question() {
        ObjectNode question = Json.object();
        addEnd(question, "From", from);
        addEnd(question, "To", to.orElseThrow(this::missingTo));
        packet.addTo(question);
        return withRegionAndPlan(question);
    }

    private ParameterException missingTo() {
        return new ParameterException(spec.commandLine(), "TO is missing: who is to be reached from " + from + "?");
    }

    private ObjectNode withRegionAndPlan(ObjectNode question) {
        asker.region().ifPresent(region -> question.put("RegionName", region));
        plan.ifPresent(file -> question.set("Plan", planIn(file)));
        return question;
    }

    /** An address may be written with its Net: {@code vpc-1234abcd/10.1.1.4}. */
    private static void addEnd(ObjectNode question, String which, String end) {
        int slash = end.indexOf('/');
        question.put(which, end.substring(slash + 1));
        if (slash > 0) {
            question.put(which + "NetId", end.substring(0, slash));
        }
    }

    private static JsonNode planIn(Path file) {
        try {
            return Json.parse(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    "the file of --plan cannot be read: %s".formatted(FileProblem.text(unreadable)), unreadable);
        } catch (JacksonException malformed) {
            throw new CommandFailure("%s is not JSON: %s".formatted(file, malformed.getOriginalMessage()), malformed);
        }
    }
}
