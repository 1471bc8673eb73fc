package dev.linkspan.server.api.oapi;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.json.StrictJson;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OUTSCALE API: finds the call, who makes it, and its arguments; runs it on the store, or rehearses it where the
 * client asks for that (DryRun); and words the answer. What is the same for every call is here and nowhere else.
 */
public final class OapiEndpoint implements Endpoint {

    private static final Logger LOG = System.getLogger(OapiEndpoint.class.getName());

    private static final Pattern PATH = Pattern.compile("/api/(?:v1|latest)/([A-Za-z]+)/?");

    private final Store store;
    private final Authenticator authenticator;
    private final Map<String, OapiOperation> operations;

    public OapiEndpoint(Store store, Authenticator authenticator, Collection<OapiOperation> operations) {
        this.store = store;
        this.authenticator = authenticator;
        this.operations =
                operations.stream().collect(Collectors.toUnmodifiableMap(OapiOperation::name, Function.identity()));
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        Optional<OapiOperation> operation = Optional.ofNullable(operations.get(callNamed(request)));
        String name = operation.map(OapiOperation::name).orElse("");
        try {
            return answer(request, operation.orElseThrow(() -> unknownCall(request)));
        } catch (Refusal refusal) {
            return OapiErrors.refused(request.id(), name, refusal);
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "BUG: request " + request.id() + ", " + name, bug);
            return OapiErrors.failed(request.id(), name);
        }
    }

    /** The call that the path names; an empty text where the request is none. */
    private static String callNamed(ApiRequest request) {
        Matcher path = PATH.matcher(request.plainPath());
        return request.method().equals("POST") && path.matches() ? path.group(1) : "";
    }

    private static Refusal unknownCall(ApiRequest request) {
        return new Refusal(
                RefusalCode.UNKNOWN_CALL,
                "There is no call for %s %s: calls are POST /api/v1/<Call>."
                        .formatted(request.method(), request.plainPath()));
    }

    private ApiResponse answer(ApiRequest request, OapiOperation operation) {
        return switch (operation) {
            case OapiOperation.Open<?> open -> openly(request, open);
            case OapiOperation.Read<?> read -> asCaller(request, read);
            case OapiOperation.Change<?> change -> asCaller(request, change);
        };
    }

    private <Q extends Record> ApiResponse openly(ApiRequest request, OapiOperation.Open<Q> open) {
        Arguments<Q> arguments = Arguments.of(request, open.request());
        return done(request, arguments, open.handler().apply(arguments.bound()), open.name());
    }

    private <Q extends Record> ApiResponse asCaller(ApiRequest request, OapiOperation.Read<Q> read) {
        Caller caller = authenticator.authenticate(request);
        Arguments<Q> arguments = Arguments.of(request, read.request());
        Object answer = store.read(
                caller.region(),
                snapshot -> read.handler().handle(new ReadCall(snapshot, caller.account()), arguments.bound()));
        return done(request, arguments, answer, remark(read, caller));
    }

    private <Q extends Record> ApiResponse asCaller(ApiRequest request, OapiOperation.Change<Q> change) {
        Caller caller = authenticator.authenticate(request);
        Arguments<Q> arguments = Arguments.of(request, change.request());
        Origin origin = new Origin(caller.account().value(), request.id());
        Object answer = arguments.dryRun()
                ? store.rehearse(
                        caller.region(),
                        origin,
                        work -> change.handler().handle(new ChangeCall(work, caller.account()), arguments.bound()))
                : store.change(
                        caller.region(),
                        origin,
                        work -> change.handler().handle(new ChangeCall(work, caller.account()), arguments.bound()));
        return done(request, arguments, answer, remark(change, caller));
    }

    private static String remark(OapiOperation operation, Caller caller) {
        return "%s account=%s region=%s".formatted(operation.name(), caller.account(), caller.region());
    }

    private static ApiResponse done(ApiRequest request, Arguments<?> arguments, Object answer, String remark) {
        ObjectNode body = StrictJson.tree(arguments.dryRun() ? new OapiOperation.Done() : answer);
        body.putObject("ResponseContext").put("RequestId", request.id());
        return ApiResponse.json(200, StrictJson.bytes(body), arguments.dryRun() ? remark + " dry-run" : remark);
    }

    /** A request's arguments; DryRun is every call's, so no request record has it. */
    private record Arguments<Q extends Record>(Q bound, boolean dryRun) {

        static <Q extends Record> Arguments<Q> of(ApiRequest request, Class<Q> type) {
            ObjectNode body = StrictJson.parse(request.body());
            boolean dryRun = StrictJson.takeFlag(body, "DryRun");
            return new Arguments<>(StrictJson.bind(body, type), dryRun);
        }
    }
}
