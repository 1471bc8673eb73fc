package dev.linkspan.server.api.own;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Download;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.Remark;
import dev.linkspan.server.api.RequestLog;
import dev.linkspan.server.api.call.AnswerShape;
import dev.linkspan.server.api.call.DescribedCall;
import dev.linkspan.server.api.call.DescribedCall.Callers;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.api.oapi.OapiErrors;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Linkspan's own calls: the operator's, which take the admin token, those that accounts may make as well, signed as any
 * other, and those that are for accounts alone.
 */
public final class OwnEndpoint implements Endpoint {

    private static final String PATH = "/linkspan/v1/";
    /** Some of the operator's calls are named like calls of the OUTSCALE API. */
    private static final String OPERATORS = "Operator";

    private static final String BEARER = "Bearer ";

    private final byte[] adminToken;
    private final Authenticator authenticator;
    private final Map<String, OwnOperation<?>> operations;
    private final Map<String, SharedOperation<?>> shared;
    private final Map<String, AccountOperation<?>> ofAccounts;

    public OwnEndpoint(
            String adminToken,
            Authenticator authenticator,
            AccountCalls accounts,
            RegionCalls regions,
            EventCalls events,
            StatusCall status,
            BackupCall backup,
            ReachabilityCalls reachability,
            ProbeCalls probes,
            OwnAccountCalls ownAccount,
            PeeringRequestCalls requests) {
        this.adminToken = adminToken.getBytes(StandardCharsets.UTF_8);
        this.authenticator = authenticator;
        this.operations = Stream.of(
                        accounts.operations(), regions.operations(), List.of(status.operation(), backup.operation()))
                .flatMap(List::stream)
                .collect(Collectors.toUnmodifiableMap(OwnOperation::name, Function.identity()));
        this.shared = Stream.concat(
                        reachability.operations().stream(), Stream.of(events.operation(), probes.operation()))
                .collect(Collectors.toUnmodifiableMap(SharedOperation::name, Function.identity()));
        this.ofAccounts = Stream.concat(ownAccount.operations().stream(), requests.operations().stream())
                .collect(Collectors.toUnmodifiableMap(AccountOperation::name, Function.identity()));
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        String call = callNamed(request);
        boolean known = names().anyMatch(call::equals);
        Remark remark = Remark.on("linkspan", known ? call : "");
        try {
            Optional<SharedOperation<?>> sharedCall = Optional.ofNullable(shared.get(call));
            Optional<AccountOperation<?>> accountsCall = Optional.<AccountOperation<?>>ofNullable(ofAccounts.get(call))
                    .or(() -> sharedCall.filter(_ -> !bearsToken(request)).map(OwnEndpoint::asTenant));
            if (accountsCall.isPresent()) {
                Caller caller = authenticator.authenticate(request);
                remark = remark.by(caller);
                return carryOut(request, accountsCall.get(), caller, remark);
            }
            OwnOperation<?> operation = sharedCall
                    .<OwnOperation<?>>map(OwnEndpoint::asOperator)
                    .or(() -> Optional.ofNullable(operations.get(call)))
                    .orElseThrow(() -> unknownCall(request));
            requireToken(request);
            remark = remark.byOperator();
            return carryOut(request, operation, remark);
        } catch (Refusal refusal) {
            return OapiErrors.refused(request.id(), remark, refusal);
        } catch (RuntimeException bug) {
            RequestLog.failed(request, remark, bug);
            return OapiErrors.failed(request.id(), remark);
        }
    }

    @Override
    public ApiResponse refuse(ApiRequest request, Refusal refusal) {
        return OapiErrors.refused(request.id(), Remark.on("linkspan", ""), refusal);
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
        return Stream.of(
                        operations.values().stream()
                                .map(it ->
                                        described(OPERATORS, it.name(), it.request(), it.answer(), Callers.OPERATOR)),
                        shared.values().stream()
                                .map(it -> described(
                                        "", it.name(), it.request(), it.answer(), Callers.ACCOUNTS, Callers.OPERATOR)),
                        ofAccounts.values().stream()
                                .map(it -> described("", it.name(), it.request(), it.answer(), Callers.ACCOUNTS)))
                .flatMap(Function.identity());
    }

    private static DescribedCall described(
            String prefix, String name, Class<? extends Record> request, AnswerShape answer, Callers... callers) {
        return DescribedCall.post(prefix + name, PATH + name, request, false, answer, callers);
    }

    private Stream<String> names() {
        return Stream.of(operations, shared, ofAccounts).flatMap(calls -> calls.keySet().stream());
    }

    private static String callNamed(ApiRequest request) {
        String path = request.plainPath();
        return request.method().equals("POST") && path.startsWith(PATH) ? path.substring(PATH.length()) : "";
    }

    private Refusal unknownCall(ApiRequest request) {
        return new Refusal(
                RefusalCode.UNKNOWN_CALL,
                "There is no call for %s %s: Linkspan's own calls are POST %s and one of %s.",
                request.method(),
                request.plainPath(),
                PATH,
                names().sorted().collect(Collectors.joining(", ")));
    }

    private <Q extends Record> ApiResponse carryOut(ApiRequest request, OwnOperation<Q> operation, Remark remark) {
        Q arguments = StrictJson.bind(StrictJson.parse(request.body()), operation.request());
        Object answer = operation.handler().handle(new Origin(Origin.OPERATOR, request.id()), arguments);
        if (answer instanceof Download download) {
            return ApiResponse.download(download, remark);
        }
        return answered(request, answer, remark);
    }

    private static <Q extends Record> OwnOperation<Q> asOperator(SharedOperation<Q> shared) {
        return new OwnOperation<>(
                shared.name(),
                shared.request(),
                shared.answer(),
                (origin, arguments) -> shared.handler().handle(new Asker.Operator(), origin, arguments));
    }

    private static <Q extends Record> AccountOperation<Q> asTenant(SharedOperation<Q> shared) {
        return new AccountOperation<>(
                shared.name(),
                shared.request(),
                shared.answer(),
                (caller, _, origin, arguments) -> shared.handler().handle(new Asker.Tenant(caller), origin, arguments));
    }

    private static <Q extends Record> ApiResponse carryOut(
            ApiRequest request, AccountOperation<Q> operation, Caller caller, Remark remark) {
        Q arguments = StrictJson.bind(StrictJson.parse(request.body()), operation.request());
        Origin origin = caller.origin(request.id());
        return answered(request, operation.handler().handle(caller, request.peer(), origin, arguments), remark);
    }

    private static ApiResponse answered(ApiRequest request, Object answer, Remark remark) {
        ObjectNode body = StrictJson.tree(answer);
        body.putObject("ResponseContext").put("RequestId", request.id());
        return ApiResponse.json(200, StrictJson.bytes(body), remark);
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
