package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.concurrency.Outcome.Indeterminate;
import dev.linkspan.acceptance.concurrency.Outcome.Seen;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.client.ServerUnreachable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One of those who call at the same time. It makes one call after the other and writes down what it asked, when, and what
 * it was answered.
 *
 * @param callers how an account, or the operator, calls the server that this client goes to
 */
record Client(int number, World world, Function<String, Caller> callers, List<Recorded<Operation>> record) {

    private static final int FIRST_SERVER_ERROR = 500;

    static Client of(int number, World world, Function<String, Caller> callers) {
        return new Client(number, world, callers, new ArrayList<>());
    }

    Outcome make(Calls.Plan plan) {
        Caller caller = callers.apply(plan.account());
        String requestId = "unanswered-" + UUID.randomUUID();
        Outcome outcome;
        long invoked = System.nanoTime();
        try {
            Answer answer = ask(caller, plan.call());
            requestId = answer.text("ResponseContext", "RequestId");
            outcome = outcome(plan.call(), answer);
        } catch (ServerUnreachable broken) {
            outcome = new Indeterminate(String.valueOf(broken.getCause()));
        }
        long returned = outcome instanceof Indeterminate ? Recorded.NEVER : System.nanoTime();
        Operation operation = new Operation(number, plan.account(), plan.call(), outcome, requestId);
        record.add(new Recorded<>(operation, invoked, returned));
        return outcome;
    }

    private Answer ask(Caller caller, Call call) {
        return switch (call) {
            case Call.Create(String source, String accepter) ->
                caller.call(
                        "CreateNetPeering",
                        "SourceNetId",
                        source,
                        "AccepterNetId",
                        accepter,
                        "AccepterOwnerId",
                        world.owner(accepter));
            case Call.Accept(String id) -> caller.call("AcceptNetPeering", "NetPeeringId", id);
            case Call.Reject(String id) -> caller.call("RejectNetPeering", "NetPeeringId", id);
            case Call.Delete(String id) -> caller.call("DeleteNetPeering", "NetPeeringId", id);
            case Call.Read read ->
                caller.call("ReadNetPeerings", "ResultsPerPage", 1000, "Filters", Json.object(filters(read)));
            case Call.Advance(var by) -> caller.call("AdvanceClock", "Duration", by.toString());
            case Call.Expire _ -> throw new IllegalArgumentException("nobody can ask for " + call);
        };
    }

    private static Object[] filters(Call.Read read) {
        List<Object> filters = new ArrayList<>();
        Map.of(
                        "NetPeeringIds", read.peerings(),
                        "SourceNetNetIds", read.sources(),
                        "AccepterNetNetIds", read.accepters())
                .forEach((name, values) -> {
                    if (!values.isEmpty()) {
                        filters.addAll(List.of(name, values));
                    }
                });
        return filters.toArray();
    }

    private static Outcome outcome(Call call, Answer answer) {
        if (answer.status() >= FIRST_SERVER_ERROR) {
            return new Indeterminate("%d %s".formatted(answer.status(), answer.errorDetails()));
        }
        if (answer.refused()) {
            return new Outcome.Refused(answer.errorCode());
        }
        return switch (call) {
            case Call.Create _, Call.Accept _ -> new Outcome.Shown(seen(answer.at("NetPeering")));
            case Call.Reject _, Call.Delete _, Call.Expire _ -> new Outcome.Done();
            case Call.Read _ ->
                new Outcome.Listed(
                        answer.list("NetPeerings").stream().map(Client::seen).toList());
            case Call.Advance _ -> new Outcome.Time(Instant.parse(answer.text("Clock", "Now")));
        };
    }

    private static Seen seen(JsonNode peering) {
        return new Seen(
                peering.path("NetPeeringId").asString(),
                peering.path("SourceNet").path("NetId").asString(),
                peering.path("AccepterNet").path("NetId").asString(),
                peering.path("State").path("Name").asString(),
                peering.path("State").path("Message").asString(),
                Optional.of(peering.path("ExpirationDate").asString(""))
                        .filter(date -> !date.isEmpty())
                        .map(Instant::parse));
    }
}
