package dev.linkspan.server.api.own;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Download;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.call.Answering;
import dev.linkspan.server.api.call.Asker;
import dev.linkspan.server.api.call.Callers;
import dev.linkspan.server.api.call.DescribedCall;
import dev.linkspan.server.api.call.Invocation;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.api.oapi.OapiErrors;
import dev.linkspan.server.api.oapi.ResponseContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Linkspan's own calls: the operator's, which take the admin token, those that accounts may make as well, signed as any
 * other, and those that are for accounts alone.
 */
public final class OwnEndpoint implements Endpoint {

    private static final String PATH = "/linkspan/v1/";
    static final Set<Callers> OPERATOR = Set.of(Callers.OPERATOR);
    static final Set<Callers> ACCOUNTS = Set.of(Callers.ACCOUNTS);
    static final Set<Callers> EITHER = Set.of(Callers.ACCOUNTS, Callers.OPERATOR);

    /** Some of the operator's calls are named like calls of the OUTSCALE API. */
    private static final String OPERATORS = "Operator";

    private static final String BEARER = "Bearer ";

    private final byte[] adminToken;
    private final Authenticator authenticator;
    private final Map<String, Operation.Own<?>> operations;

    public OwnEndpoint(
            String adminToken,
            Authenticator authenticator,
            AccountCalls accounts,
            RegionCalls regions,
            HostCalls hosts,
            EventCalls events,
            StatusCall status,
            BackupCall backup,
            ResetCall reset,
            ReachabilityCalls reachability,
            ProbeCalls probes,
            OwnAccountCalls ownAccount,
            PeeringRequestCalls requests) {
        this.adminToken = adminToken.getBytes(StandardCharsets.UTF_8);
        this.authenticator = authenticator;
        this.operations = Stream.of(
                        accounts.operations(),
                        regions.operations(),
                        hosts.operations(),
                        List.of(
                                status.operation(),
                                backup.operation(),
                                reset.operation(),
                                events.operation(),
                                probes.operation()),
                        reachability.operations(),
                        ownAccount.operations(),
                        requests.operations())
                .<Operation.Own<?>>flatMap(List::stream)
                .collect(Collectors.toUnmodifiableMap(Operation.Own::name, Function.identity()));
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        Optional<Operation.Own<?>> operation = Optional.ofNullable(operations.get(callNamed(request)));
        AccessRecord access =
                AccessRecord.on("linkspan", operation.map(Operation.Own::name).orElse(""));
        return Answering.of(request, access, OapiErrors.WORDS, answering -> {
            Operation.Own<?> own = operation.orElseThrow(() -> unknownCall(request));
            return carryOut(own, invocation(own, answering), answering);
        });
    }

    private Invocation invocation(Operation.Own<?> own, Answering answering) {
        if (own.callers().contains(Callers.ANYBODY)) {
            return byOperator(answering);
        }
        boolean asOperator = own.callers().contains(Callers.OPERATOR)
                && (bearsToken(answering.request()) || !own.callers().contains(Callers.ACCOUNTS));
        return asOperator ? asOperator(answering) : asAccount(answering);
    }

    private Invocation asOperator(Answering answering) {
        requireToken(answering.request());
        return byOperator(answering);
    }

    private static Invocation byOperator(Answering answering) {
        ApiRequest request = answering.request();
        answering.note(answering.access().byOperator());
        return new Invocation(new Asker.Operator(), request.peer(), new Origin(Origin.OPERATOR, request.id()));
    }

    private Invocation asAccount(Answering answering) {
        ApiRequest request = answering.request();
        Caller caller = answering.by(authenticator.authenticate(request));
        return new Invocation(new Asker.Tenant(caller), request.peer(), caller.origin(request.id()));
    }

    private static <Q extends Record> ApiResponse carryOut(
            Operation.Own<Q> own, Invocation invocation, Answering answering) {
        Q arguments = StrictJson.bind(StrictJson.parse(answering.request().body()), own.request());
        Object answer = own.handler().handle(invocation, arguments);
        return answer instanceof Download download
                ? ApiResponse.download(download, answering.access())
                : ResponseContext.behind(answer, answering.request(), answering.access());
    }

    @Override
    public ApiResponse refuse(ApiRequest request, Refusal refusal) {
        return OapiErrors.WORDS.refused(request.id(), AccessRecord.on("linkspan", ""), refusal);
    }

    /** Whether the request comes with the operator's token, or else from somebody whom the server knows. */
    public boolean knows(ApiRequest head) {
        if (!bearsToken(head)) {
            return authenticator.knows(head);
        }
        try {
            requireToken(head);
            return true;
        } catch (Refusal another) {
            return false;
        }
    }

    /** Every call that this endpoint answers. */
    public Stream<DescribedCall> described() {
        return operations.values().stream()
                .map(own -> DescribedCall.post(
                        (own.callers().equals(OPERATOR) ? OPERATORS : "") + own.name(),
                        PATH + own.name(),
                        own.request(),
                        false,
                        own.answer(),
                        own.callers()));
    }

    private static String callNamed(ApiRequest request) {
        String path = request.plainPath();
        return request.method().equals("POST") && path.startsWith(PATH) ? path.substring(PATH.length()) : "";
    }

    private Refusal unknownCall(ApiRequest request) {
        return new Refusal(
                RefusalCode.UNKNOWN_CALL,
                "There is no call for %s %s: Linkspan's own calls are POST %s and one of %s."
                        .formatted(
                                request.method(),
                                request.plainPath(),
                                PATH,
                                operations.keySet().stream().sorted().collect(Collectors.joining(", "))));
    }

    private static boolean bearsToken(ApiRequest request) {
        return request.headers()
                .first("Authorization")
                .filter(value -> value.startsWith(BEARER))
                .isPresent();
    }

    private void requireToken(ApiRequest request) {
        byte[] given = request.headers()
                .first("Authorization")
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8))
                .orElseThrow(
                        () -> denied("The operator's calls need the header 'Authorization: Bearer <admin token>'."));
        if (!MessageDigest.isEqual(given, adminToken)) {
            throw denied("The admin token is not this server's: it is in the file admin.token of the data folder.");
        }
    }

    private static Refusal denied(String message) {
        return new Refusal(RefusalCode.NOT_SIGNED, message);
    }
}
