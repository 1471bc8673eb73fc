package dev.linkspan.server.api.oapi;

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
import dev.linkspan.server.api.call.Asker;
import dev.linkspan.server.api.call.CallRunner;
import dev.linkspan.server.api.call.DescribedCall;
import dev.linkspan.server.api.call.Invocation;
import dev.linkspan.server.api.call.LongAnswer;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.EmptyParameters;
import dev.linkspan.server.api.json.StrictJson;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OUTSCALE API: finds the call, who makes it, and its arguments; runs it on the store, or rehearses it where the
 * client asks for that (DryRun); and words the answer. What is the same for every call is here and nowhere else.
 */
public final class OapiEndpoint implements Endpoint {

    /** Some clients have the prefix twice, since it is in the address that they are given too; some have none. */
    private static final Pattern PATH = Pattern.compile("(?:/(?:api|v1|latest))*/([A-Za-z0-9]+)/?");

    private static final String PASSWORD = "Basic ";

    private final CallRunner calls;
    private final Authenticator authenticator;
    private final Authenticator passwords;
    private final Map<String, Operation> operations;

    public OapiEndpoint(Store store, Authenticator authenticator, Collection<Operation> operations) {
        this(new CallRunner(store), authenticator, operations);
    }

    public OapiEndpoint(CallRunner calls, Authenticator authenticator, Collection<Operation> operations) {
        this(calls, authenticator, authenticator, operations);
    }

    /** @param passwords of those who come with an e-mail address and a password to a call that takes them */
    public OapiEndpoint(
            CallRunner calls, Authenticator authenticator, Authenticator passwords, Collection<Operation> operations) {
        this.calls = calls;
        this.authenticator = authenticator;
        this.passwords = passwords;
        this.operations =
                operations.stream().collect(Collectors.toUnmodifiableMap(Operation::name, Function.identity()));
    }

    /** Every call that this endpoint answers. */
    public Stream<DescribedCall> described() {
        return operations.values().stream()
                .map(it -> DescribedCall.post(
                        it.name(), "/api/v1/" + it.name(), it.request(), true, it.answer(), it.callers()));
    }

    /** The paths of calls without any prefix. */
    public Stream<String> barePaths() {
        return Stream.concat(DescribedNames.ALL.stream(), operations.keySet().stream())
                .distinct()
                .map(name -> "/" + name);
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        String name = callNamed(request);
        Optional<Operation> operation = Optional.ofNullable(operations.get(name));
        AccessRecord access =
                AccessRecord.on("oapi", operation.map(Operation::name).orElse(""));
        return Answering.of(request, access, OapiErrors.WORDS, answering -> switch (operation.orElseThrow(
                () -> unanswered(request, name))) {
            case Operation.Open<?> open -> openly(answering, open);
            case Operation.Read<?> read -> asCaller(answering, read, authenticated(answering));
            case Operation.Change<?> change -> asCaller(answering, change, authenticated(answering));
            case Operation.Own<?> own -> byItself(answering, own, authenticated(answering));
        });
    }

    private Caller authenticated(Answering answering) {
        ApiRequest request = answering.request();
        boolean byPassword = DescribedNames.TAKING_PASSWORD.contains(callNamed(request))
                && request.headers()
                        .first("Authorization")
                        .filter(value -> value.startsWith(PASSWORD))
                        .isPresent();
        return answering.by((byPassword ? passwords : authenticator).authenticate(request));
    }

    @Override
    public ApiResponse refuse(ApiRequest request, Refusal refusal) {
        return OapiErrors.WORDS.refused(request.id(), AccessRecord.on("oapi", ""), refusal);
    }

    /** The call that the path names; an empty text where the request is none. */
    private static String callNamed(ApiRequest request) {
        Matcher path = PATH.matcher(request.plainPath());
        return request.method().equals("POST") && path.matches() ? path.group(1) : "";
    }

    private static Refusal unanswered(ApiRequest request, String name) {
        if (DescribedNames.ALL.contains(name)) {
            return new Refusal(RefusalCode.UNSUPPORTED_CALL, "The call %s is not supported by this server.", name);
        }
        return new Refusal(
                RefusalCode.UNKNOWN_CALL,
                "There is no call for %s %s: calls are POST /api/v1/<Call>.",
                request.method(),
                request.plainPath());
    }

    private <Q extends Record> ApiResponse openly(Answering answering, Operation.Open<Q> open) {
        Arguments<Q> arguments = Arguments.of(answering.request(), open.request());
        return done(answering, arguments, open.handler().apply(arguments.bound()));
    }

    private <Q extends Record> ApiResponse asCaller(Answering answering, Operation.Read<Q> read, Caller caller) {
        Arguments<Q> arguments = Arguments.of(answering.request(), read.request());
        return calls.read(
                caller,
                read,
                arguments.bound(),
                (answer, room) -> LongAnswer.in(answer)
                        .map(items -> ApiResponse.download(
                                room.filledWith(
                                        ApiResponse.JSON,
                                        items.json(answering.request().id())),
                                answering.access()))
                        .orElseGet(() -> done(answering, arguments, answer)));
    }

    private <Q extends Record> ApiResponse asCaller(Answering answering, Operation.Change<Q> change, Caller caller) {
        Arguments<Q> arguments = Arguments.of(answering.request(), change.request());
        Object answer = calls.change(caller, answering.request().id(), change, arguments.bound(), arguments.dryRun());
        return done(answering, arguments, answer);
    }

    private static <Q extends Record> ApiResponse byItself(Answering answering, Operation.Own<Q> own, Caller caller) {
        ApiRequest request = answering.request();
        Arguments<Q> arguments = Arguments.of(request, own.request());
        Invocation invocation = new Invocation(new Asker.Tenant(caller), request.peer(), caller.origin(request.id()));
        return done(answering, arguments, own.handler().handle(invocation, arguments.bound()));
    }

    private static ApiResponse done(Answering answering, Arguments<?> arguments, Object answer) {
        return ResponseContext.behind(
                arguments.dryRun() ? new Operation.Done() : answer,
                answering.request(),
                answering.access().rehearsal(arguments.dryRun()));
    }

    /** A request's arguments; DryRun is every call's, so no request record has it. */
    private record Arguments<Q extends Record>(Q bound, boolean dryRun) {

        static <Q extends Record> Arguments<Q> of(ApiRequest request, Class<Q> type) {
            ObjectNode body = StrictJson.parse(request.body());
            boolean dryRun = StrictJson.takeFlag(body, "DryRun");
            EmptyParameters.drop(body, type);
            return new Arguments<>(StrictJson.bind(body, type), dryRun);
        }
    }
}
