package dev.linkspan.server.lifecycle;

import dev.linkspan.server.lifecycle.Calls.Reply;
import dev.linkspan.server.lifecycle.Expected.Limits;
import dev.linkspan.server.lifecycle.Expected.Made;
import dev.linkspan.server.lifecycle.Expected.Problem;
import dev.linkspan.server.lifecycle.Expected.Refused;
import dev.linkspan.server.lifecycle.Expected.Used;
import dev.linkspan.server.lifecycle.Expected.View;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Compares what was answered with what the model says, field by field, and learns ids from it. */
final class Comparison {

    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Names names;

    Comparison(Names names) {
        this.names = names;
    }

    /** What the answer should have been, where it was something else. */
    Optional<String> complaint(Expected expected, Reply reply, String request) {
        if (!(expected instanceof Expected.NoCall)
                && !reply.body().at("/ResponseContext/RequestId").asString("").equals(request)) {
            return Optional.of("a ResponseContext with the RequestId " + request);
        }
        ObjectNode content = reply.body().deepCopy().asObject();
        content.remove("ResponseContext");
        return switch (expected) {
            case Expected.NoCall _ -> Optional.empty();
            case Refused refused -> refused(refused, reply.status(), content);
            case Expected.Done _ -> exactly(reply.status(), content, JSON.createObjectNode());
            case Made made -> made(made, reply);
            case Expected.VmTerminated(ModelNet net) -> terminated(net, reply);
            case Expected.Shown(View view) -> shown(view, reply.status(), content);
            case Expected.Listed(List<View> views) -> listed(views, reply.status(), content);
            case Limits limits -> limits(limits, reply.status(), content);
        };
    }

    private static Optional<String> exactly(int status, JsonNode content, JsonNode wanted) {
        return status == 200 && content.equals(wanted) ? Optional.empty() : Optional.of("200 " + wanted);
    }

    private Optional<String> refused(Refused refused, int status, JsonNode content) {
        JsonNode error = content.path("Errors").path(0);
        boolean asSaid = content.size() == 1
                && content.path("Errors").size() == 1
                && refused.reasons().stream().anyMatch(problem -> is(problem, status, error));
        return asSaid
                ? Optional.empty()
                : Optional.of("an error, one of: "
                        + refused.reasons().stream().map(this::worded).toList());
    }

    private boolean is(Problem problem, int status, JsonNode error) {
        String details = error.path("Details").asString("");
        return status == problem.status()
                && error.path("Code").asString("").matches(problem.code())
                && error.path("Type").asString("").equals(problem.type())
                && problem.says().stream().map(names::resolve).allMatch(details::contains)
                && problem.hides().stream().map(names::resolve).noneMatch(details::contains);
    }

    private String worded(Problem problem) {
        String says =
                String.join(", ", problem.says().stream().map(names::resolve).toList());
        String hides =
                String.join(", ", problem.hides().stream().map(names::resolve).toList());
        return "%d %s %s%s%s"
                .formatted(
                        problem.status(),
                        problem.code(),
                        problem.type(),
                        says.isEmpty() ? "" : " saying '" + says + "'",
                        hides.isEmpty() ? "" : " without saying '" + hides + "'");
    }

    private Optional<String> made(Made made, Reply reply) {
        String id = reply.body().at(made.path()).asString("");
        return reply.status() == 200 && !id.isEmpty() && names.give(made, id)
                ? Optional.empty()
                : Optional.of("200 with a new id at " + made.path());
    }

    private Optional<String> terminated(ModelNet net, Reply reply) {
        boolean terminated = reply.status() == 200
                && reply.body().at("/Vms/0/CurrentState").asString("").equals("terminated");
        names.terminated(net);
        return terminated ? Optional.empty() : Optional.of("200 with a VM that is terminated");
    }

    private Optional<String> shown(View view, int status, JsonNode content) {
        String id = content.at("/NetPeering/NetPeeringId").asString("");
        if (status == 200 && names.id(view.peering()).isEmpty()) {
            if (!id.matches("pcx-[0-9a-f]{8}") || !names.give(view.peering(), id)) {
                return Optional.of("200 with a peering whose id is new");
            }
        }
        ObjectNode wanted = JSON.createObjectNode();
        wanted.set("NetPeering", json(view));
        return exactly(status, content, wanted);
    }

    /** Those that were made in the same millisecond come in any order. */
    private Optional<String> listed(List<View> views, int status, JsonNode content) {
        List<JsonNode> wanted = new ArrayList<>(views.stream().map(this::json).toList());
        ObjectNode whole = JSON.createObjectNode();
        whole.putArray("NetPeerings").addAll(wanted);
        if (status != 200 || content.size() != 1 || !content.path("NetPeerings").isArray()) {
            return Optional.of("200 " + whole);
        }
        List<JsonNode> found = content.path("NetPeerings").valueStream().toList();
        List<Integer> places = found.stream().map(wanted::indexOf).toList();
        boolean same = found.size() == wanted.size()
                && places.stream().distinct().count() == wanted.size()
                && !places.contains(-1);
        boolean inOrder = same
                && places.stream()
                        .map(views::get)
                        .map(Comparison::rank)
                        .toList()
                        .equals(views.stream().map(Comparison::rank).toList());
        return inOrder ? Optional.empty() : Optional.of("200 " + whole);
    }

    private static List<Object> rank(View view) {
        return List.of(view.live(), view.peering().createdAt);
    }

    private ObjectNode json(View view) {
        ModelPeering peering = view.peering();
        ObjectNode json = JSON.createObjectNode();
        json.put("NetPeeringId", names.id(peering).orElse("?"));
        json.set("SourceNet", json(peering.source));
        json.set("AccepterNet", json(peering.accepter));
        json.putObject("State").put("Name", view.state().label).put("Message", names.resolve(view.message()));
        view.expiration().ifPresent(time -> json.put("ExpirationDate", date(time)));
        view.tags()
                .forEach((key, value) ->
                        json.withArray("Tags").addObject().put("Key", key).put("Value", value));
        if (view.tags().isEmpty()) {
            json.putArray("Tags");
        }
        return json;
    }

    private ObjectNode json(ModelNet net) {
        return JSON.createObjectNode()
                .put("NetId", names.id(net))
                .put("IpRange", net.range)
                .put("AccountId", names.account(net.owner).value());
    }

    static String date(Instant time) {
        return DATE.format(time);
    }

    private Optional<String> limits(Limits limits, int status, JsonNode content) {
        List<String> wanted = new ArrayList<>();
        wanted.add(used("global", limits.outstanding()));
        for (Map.Entry<ModelNet, Used> net : limits.active().entrySet()) {
            wanted.add(used(names.id(net.getKey()), net.getValue()));
        }
        List<String> found = content.path("QuotaTypes")
                .valueStream()
                .map(type -> used(
                        type.path("QuotaType").asString(""),
                        new Used(
                                type.at("/Quotas/0/UsedValue").asLong(-1),
                                type.at("/Quotas/0/MaxValue").asInt(-1))))
                .toList();
        Comparator<String> order = Comparator.naturalOrder();
        boolean same = status == 200
                && found.stream()
                        .sorted(order)
                        .toList()
                        .equals(wanted.stream().sorted(order).toList());
        return same ? Optional.empty() : Optional.of("200 with the limits " + wanted);
    }

    private static String used(String where, Used used) {
        return "%s: %d of %d".formatted(where, used.used(), used.most());
    }
}
