package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.CallRefused;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.client.ServerUnreachable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what happened, by whom: the audit trail, to read or to follow. */
@Command(
        name = "events",
        header = "Show what happened, when and by whom; --follow goes on as it happens.",
        description = {
            "Prints a line for each event, the oldest first. Without --since or --after, the newest --limit ones.",
            "Time is that of the Regions' clock. --follow survives restarts of the server and ends with Ctrl-C."
        },
        footer = {
            "  ./linkspan events",
            "  ./linkspan events --resource pcx-1234abcd",
            "  ./linkspan events --account 123456789012 --since 2h",
            "  ./linkspan events --type NET_PEERING_ACCEPTED --type NET_PEERING_DELETED --follow --json"
        })
final class EventsCommand implements Callable<Integer> {

    private static final int MOST_PER_PAGE = 1000;
    private static final int WAIT_SECONDS = 20;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private EventFilters filters = new EventFilters();

    @Option(names = "--follow", description = "Go on with what happens from now on.")
    private boolean follow;

    @Option(names = "--json", description = "Print each event as a line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec command = CommandSpec.create();

    /** Tells a follower of one Region from the others, who print at the same time. */
    private final Object printing = new Object();

    @Override
    public Integer call() throws InterruptedException {
        Caller operator = server.operator();
        List<Region> regions = regions(operator);
        List<JsonNode> past = new ArrayList<>();
        regions.forEach(region -> past.addAll(region.past(operator)));
        past.sort(Comparator.comparing((JsonNode event) -> event.path("Time").asString())
                .thenComparing(event -> event.path("Region").asString())
                .thenComparingLong(event -> event.path("Sequence").asLong()));
        past.stream()
                .skip(filters.limited()
                        .map(limit -> Math.max(0, past.size() - limit))
                        .orElse(0))
                .forEach(this::print);
        if (follow) {
            follow(operator, regions);
        }
        return ExitCode.DONE;
    }

    private List<Region> regions(Caller operator) {
        return filters
                .region()
                .map(List::of)
                .orElseGet(() -> operator.ask("ReadStatus").list("Regions").stream()
                        .map(region -> region.path("RegionName").asString())
                        .toList())
                .stream()
                .map(Region::new)
                .toList();
    }

    /** Each Region has a log, and a reader, of its own; one that fails for good ends them all. */
    private void follow(Caller operator, List<Region> regions) throws InterruptedException {
        List<Thread> readers = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (Region region : regions) {
            readers.add(Thread.ofPlatform().daemon().start(() -> {
                try {
                    region.follow(operator);
                } catch (RuntimeException failure) {
                    synchronized (failures) {
                        failures.add(failure);
                    }
                }
            }));
        }
        while (readers.stream().allMatch(Thread::isAlive)) {
            readers.getFirst().join(Duration.ofMillis(200));
        }
        synchronized (failures) {
            for (RuntimeException failure : failures) {
                throw failure;
            }
        }
    }

    private void print(JsonNode event) {
        PrintWriter out = command.commandLine().getOut();
        synchronized (printing) {
            out.println(json ? Json.line(event) : EventLine.of(event));
            out.flush();
        }
    }

    private boolean nobodyReads() {
        synchronized (printing) {
            return command.commandLine().getOut().checkError();
        }
    }

    private void tell(String message) {
        command.commandLine().getErr().println("linkspan: " + message);
    }

    /** One Region's log, and how far it was read. */
    private final class Region {

        private final String name;
        private long seen;

        Region(String name) {
            this.name = name;
        }

        /** What is there already: the newest, or everything from where the options say. */
        List<JsonNode> past(Caller operator) {
            ObjectNode arguments = filters.arguments().put("RegionName", name);
            return filters.limited()
                    .map(limit -> newest(operator, arguments, limit))
                    .orElseGet(() -> everything(operator, arguments));
        }

        private List<JsonNode> newest(Caller operator, ObjectNode arguments, int limit) {
            List<JsonNode> found = new ArrayList<>();
            arguments.put("Order", "NewestFirst");
            boolean more = true;
            while (more && found.size() < limit) {
                arguments.put("ResultsPerPage", Math.min(MOST_PER_PAGE, limit - found.size()));
                Answer page = operator.call("ReadEvents", arguments).orThrow();
                if (found.isEmpty()) {
                    seen = page.at("LastSequence").asLong();
                }
                found.addAll(page.list("Events"));
                more = page.at("HasMore").asBoolean();
                arguments.put("BeforeSequence", found.isEmpty() ? 1 : sequence(found.getLast()));
            }
            return found;
        }

        private List<JsonNode> everything(Caller operator, ObjectNode arguments) {
            List<JsonNode> found = new ArrayList<>();
            arguments.put("ResultsPerPage", MOST_PER_PAGE);
            boolean more = true;
            while (more) {
                Answer page = operator.call("ReadEvents", arguments).orThrow();
                found.addAll(page.list("Events"));
                more = page.at("HasMore").asBoolean();
                seen = more
                        ? sequence(found.getLast())
                        : page.at("LastSequence").asLong();
                arguments.put("AfterSequence", seen);
            }
            return found;
        }

        void follow(Caller operator) {
            Duration pause = FIRST_PAUSE;
            while (!nobodyReads()) {
                try {
                    next(operator);
                    if (!pause.equals(FIRST_PAUSE)) {
                        tell("the server answers again; nothing was missed (%s)".formatted(name));
                        pause = FIRST_PAUSE;
                    }
                } catch (ServerUnreachable | CallRefused absent) {
                    if (absent instanceof CallRefused refused
                            && refused.answer().status() < 500) {
                        throw refused;
                    }
                    if (pause.equals(FIRST_PAUSE)) {
                        tell("the server does not answer; waiting for it (%s)".formatted(name));
                    }
                    LockSupport.parkNanos(pause.toNanos());
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            }
        }

        private void next(Caller operator) {
            ObjectNode arguments = filters.arguments()
                    .put("RegionName", name)
                    .put("AfterSequence", seen)
                    .put("ResultsPerPage", MOST_PER_PAGE)
                    .put("WaitSeconds", WAIT_SECONDS);
            Answer page = operator.call("ReadEvents", arguments).orThrow();
            page.list("Events").forEach(EventsCommand.this::print);
            seen = page.at("HasMore").asBoolean()
                    ? sequence(page.list("Events").getLast())
                    : Math.max(seen, page.at("LastSequence").asLong());
        }

        private static long sequence(JsonNode event) {
            return event.path("Sequence").asLong();
        }
    }
}
