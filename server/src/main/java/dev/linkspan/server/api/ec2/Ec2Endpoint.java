package dev.linkspan.server.api.ec2;

import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.call.Answering;
import dev.linkspan.server.api.call.CallRunner;
import dev.linkspan.server.api.call.LongAnswer;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.FormJson;
import dev.linkspan.server.api.json.StrictJson;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The EC2 Query API and STS: finds the action, who asks for it, and its parameters; runs it on the store, or rehearses it
 * where the client asks for that (DryRun); and words the answer in XML.
 */
public final class Ec2Endpoint implements Endpoint {

    private static final Set<String> METHODS = Set.of("GET", "POST");

    private static final Pattern ACTION = Pattern.compile("[A-Z][A-Za-z0-9]{2,99}");

    /** Clients of every age send the version that they were made for, and all of them understand these answers. */
    private static final Pattern VERSION = Pattern.compile("20[0-9]{2}-[01][0-9]-[0-3][0-9]");

    private static final String STS_VERSION = "2011-06-15";

    private final CallRunner calls;
    private final Authenticator authenticator;
    private final Map<String, Operation> actions;
    private final Map<String, Operation> stsActions;

    /** @param stsActions those that are answered as STS has it, and the others as EC2 has it */
    public Ec2Endpoint(
            Store store, Authenticator authenticator, Collection<Operation> actions, Collection<Operation> stsActions) {
        this(new CallRunner(store), authenticator, actions, stsActions);
    }

    public Ec2Endpoint(
            CallRunner calls,
            Authenticator authenticator,
            Collection<Operation> actions,
            Collection<Operation> stsActions) {
        this.calls = calls;
        this.authenticator = authenticator;
        this.actions = byName(actions);
        this.stsActions = byName(stsActions);
    }

    private static Map<String, Operation> byName(Collection<Operation> actions) {
        return actions.stream().collect(Collectors.toUnmodifiableMap(Operation::name, Function.identity()));
    }

    /** What a request asks for, as far as it could be read. */
    private record Asked(String action, boolean sts, boolean dryRun, QueryForm form) {}

    @Override
    public ApiResponse answer(ApiRequest request) {
        return withId(request, Answering.of(request, AccessRecord.on("ec2", ""), Ec2Errors.EC2, answering -> {
            Asked asked = asked(request);
            answering.inWordsOf(asked.sts() ? Ec2Errors.STS : Ec2Errors.EC2);
            Operation operation = operation(asked);
            answering.note(AccessRecord.on("ec2", operation.name()).rehearsal(asked.dryRun()));
            Caller caller = answering.by(authenticator.authenticate(request));
            return switch (operation) {
                case Operation.Read<?> read -> read(answering, asked, read, caller);
                case Operation.Change<?> change -> done(answering, asked, change(request, asked, change, caller));
                case Operation.Open<?> _, Operation.Own<?> _ ->
                    throw new IllegalStateException("BUG: every action is some account's");
            };
        }));
    }

    /** Clients show and log this one of a request's ids, of errors too. */
    private static ApiResponse withId(ApiRequest request, ApiResponse response) {
        return response.with(Map.of("x-amzn-requestid", request.id()));
    }

    @Override
    public ApiResponse refuse(ApiRequest request, Refusal refusal) {
        return withId(request, Ec2Errors.EC2.refused(request.id(), AccessRecord.on("ec2", ""), refusal));
    }

    private Asked asked(ApiRequest request) {
        if (!METHODS.contains(request.method())) {
            throw new Refusal(
                    RefusalCode.UNREADABLE_REQUEST,
                    "Actions are asked for with POST or GET, not %s.",
                    request.method());
        }
        QueryForm form = QueryForm.of(request);
        String action = form.takeRequired("Action");
        String version = form.takeRequired("Version");
        if (!VERSION.matcher(version).matches()) {
            throw Refusal.malformed("Version", version, "2016-11-15 is expected");
        }
        if (stsActions.containsKey(action) || (version.equals(STS_VERSION) && !actions.containsKey(action))) {
            return new Asked(action, true, false, form);
        }
        return new Asked(action, false, form.takeFlag("DryRun"), form);
    }

    private Operation operation(Asked asked) {
        return Optional.ofNullable(asked.sts() ? stsActions.get(asked.action()) : actions.get(asked.action()))
                .orElseThrow(() -> unknown(asked.action()));
    }

    private static Refusal unknown(String action) {
        if (!ACTION.matcher(action).matches()) {
            return new Refusal(RefusalCode.UNKNOWN_CALL, "The parameter Action does not name an action.");
        }
        String why =
                UnsupportedActions.reason(action).map(reason -> ": " + reason).orElse("");
        return new Refusal(RefusalCode.UNKNOWN_CALL, "The action %s is not supported by this server%s.", action, why);
    }

    private <Q extends Record> ApiResponse read(
            Answering answering, Asked asked, Operation.Read<Q> read, Caller caller) {
        return calls.read(
                caller,
                read,
                bound(asked, read.request()),
                (answer, room) -> LongAnswer.in(answer)
                        .filter(_ -> !asked.sts() && !asked.dryRun())
                        .map(items -> ApiResponse.download(
                                room.filledWith(
                                        ApiResponse.XML,
                                        out -> Ec2Xml.ec2(
                                                asked.action(),
                                                answering.request().id(),
                                                items,
                                                out)),
                                answering.access()))
                        .orElseGet(() -> done(answering, asked, answer)));
    }

    private <Q extends Record> Object change(
            ApiRequest request, Asked asked, Operation.Change<Q> change, Caller caller) {
        return calls.change(caller, request.id(), change, bound(asked, change.request()), asked.dryRun());
    }

    private static <Q extends Record> Q bound(Asked asked, Class<Q> request) {
        QueryForm form = asked.sts() ? asked.form().withoutMembers() : asked.form();
        return StrictJson.bind(FormJson.tree(form.parameters(), request), request);
    }

    private static ApiResponse done(Answering answering, Asked asked, Object answer) {
        String requestId = answering.request().id();
        if (asked.dryRun()) {
            return Ec2Errors.rehearsed(requestId, answering.access());
        }
        ObjectNode body = StrictJson.tree(answer);
        byte[] xml =
                asked.sts() ? Ec2Xml.sts(asked.action(), requestId, body) : Ec2Xml.ec2(asked.action(), requestId, body);
        return ApiResponse.xml(200, xml, answering.access());
    }
}
