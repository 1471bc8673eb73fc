package dev.linkspan.server.api.session;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Session;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.operation.Sessions;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.call.AnswerShape;
import dev.linkspan.server.api.call.Answering;
import dev.linkspan.server.api.call.Callers;
import dev.linkspan.server.api.call.DescribedCall;
import dev.linkspan.server.api.json.OneOf;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.api.oapi.OapiErrors;
import dev.linkspan.server.api.oapi.ResponseContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code /cockpit/session}: POST signs in, GET tells who is signed in, DELETE signs out. */
public final class SessionCalls implements Endpoint {

    /** Either an e-mail address with its password or an access key with its secret. */
    record SignInRequest(
            Optional<String> email,
            Optional<String> password,
            Optional<String> accessKeyId,
            Optional<String> secretKey) {

        private boolean byPassword() {
            return email.isPresent() && password.isPresent() && accessKeyId.isEmpty() && secretKey.isEmpty();
        }

        private boolean byKey() {
            return accessKeyId.isPresent() && secretKey.isPresent() && email.isEmpty() && password.isEmpty();
        }

        /** Leaves the secrets out, so that no log line can hold them. */
        @Override
        public String toString() {
            return "SignInRequest";
        }
    }

    /** @param lastSequence of the account's newest event: whoever follows the events goes on behind it */
    record ServedRegion(RegionName regionName, List<SubregionName> subregions, long lastSequence) {}

    record SessionAnswer(
            AccountId accountId,
            Optional<AccountName> name,
            Optional<EmailAddress> email,
            List<ServedRegion> regions,
            Instant expiresAt,
            @OneOf({"netns", "none"}) String network,
            @OneOf({"system", "manual"}) String clock,
            Instant now,
            boolean dev) {}

    record SignedOut() {}

    /**
     * What Cockpit needs to know of the server that it belongs to.
     *
     * @param network {@code netns} or {@code none}
     * @param clock {@code system} or {@code manual}
     * @param time that of the Regions (T1)
     * @param dev whether this is the developer's mode (A6)
     */
    public record Surroundings(List<Region> regions, String network, String clock, InstantSource time, boolean dev) {

        public Surroundings {
            regions = List.copyOf(regions);
        }

        private RegionName home() {
            return regions.getFirst().name();
        }
    }

    /** The cookie that holds a session. */
    public static final String COOKIE = SessionToken.COOKIE;

    /** Where it is. */
    public static final String PATH = "/cockpit/session";

    private final Store store;
    private final Sessions sessions;
    private final SessionAuthenticator authenticator;
    private final PasswordSignIn passwords;
    private final KeySignIn keys;
    private final Surroundings surroundings;
    private final InstantSource realTime;

    public SessionCalls(
            Store store,
            Sessions sessions,
            SessionAuthenticator authenticator,
            PasswordSignIn passwords,
            KeySignIn keys,
            Surroundings surroundings,
            InstantSource realTime) {
        this.store = store;
        this.sessions = sessions;
        this.authenticator = authenticator;
        this.passwords = passwords;
        this.keys = keys;
        this.surroundings = surroundings;
        this.realTime = realTime;
    }

    /** Every call that this endpoint answers. */
    public static Stream<DescribedCall> described() {
        AnswerShape session = new AnswerShape.Fields(SessionAnswer.class);
        AnswerShape nothing = new AnswerShape.Fields(SignedOut.class);
        return Stream.of(
                DescribedCall.post("SignIn", PATH, SignInRequest.class, false, session, Set.of(Callers.ANYBODY)),
                new DescribedCall(
                        "ReadSession", "get", PATH, Optional.empty(), false, session, Set.of(Callers.SIGNED_IN)),
                new DescribedCall(
                        "SignOut", "delete", PATH, Optional.empty(), false, nothing, Set.of(Callers.ANYBODY)));
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        AccessRecord access = AccessRecord.on(
                "cockpit",
                switch (request.method()) {
                    case "POST" -> "SignIn";
                    case "GET", "HEAD" -> "ReadSession";
                    case "DELETE" -> "SignOut";
                    default -> "";
                });
        return Answering.of(request, access, OapiErrors.WORDS, _ -> switch (request.method()) {
            case "POST" -> signIn(request, access);
            case "GET", "HEAD" -> told(request, access, authenticator.require(request));
            case "DELETE" -> signOut(request, access);
            default -> throw unknown(request);
        });
    }

    /** The token is drawn here and now: one that the browser came with, whoever gave it that, is worth nothing any more. */
    private ApiResponse signIn(ApiRequest request, AccessRecord access) {
        SameSite.require(request);
        SignInRequest asked = StrictJson.bind(StrictJson.parse(request.body()), SignInRequest.class);
        SessionToken token = SessionToken.draw();
        Session session = open(asked, token, request);
        SessionToken.of(request).ifPresent(before -> close(session.account(), before, request.id()));
        return told(request, access, session).with(Map.of("Set-Cookie", token.cookie(SameSite.isSecure(request))));
    }

    private Session open(SignInRequest asked, SessionToken token, ApiRequest request) {
        Instant now = realTime.instant();
        if (asked.byPassword()) {
            return passwords.open(
                    asked.email().orElseThrow(),
                    asked.password().orElseThrow(),
                    token.id(),
                    request.peer(),
                    now,
                    request.id());
        }
        if (asked.byKey()) {
            return keys.open(
                    asked.accessKeyId().orElseThrow(),
                    asked.secretKey().orElseThrow(),
                    token.id(),
                    request.peer(),
                    now,
                    request.id());
        }
        throw new Refusal(
                RefusalCode.PARAMETER_COMBINATION,
                "Signing in takes either Email and Password or AccessKeyId and SecretKey.");
    }

    private ApiResponse signOut(ApiRequest request, AccessRecord access) {
        SameSite.require(request);
        SessionToken.of(request)
                .ifPresent(token -> authenticator
                        .find(token.id())
                        .ifPresent(session -> close(session.account(), token, request.id())));
        return ResponseContext.behind(new SignedOut(), request, access)
                .with(Map.of("Set-Cookie", SessionToken.noCookie(SameSite.isSecure(request))));
    }

    private void close(AccountId account, SessionToken token, String requestId) {
        store.change(surroundings.home(), new Origin(account.value(), requestId), unit -> {
            sessions.close(unit, token.id());
            return token;
        });
    }

    private ApiResponse told(ApiRequest request, AccessRecord access, Session session) {
        Account account = store.read(
                        surroundings.home(), snapshot -> snapshot.accounts().find(session.account()))
                .orElseThrow(() -> new IllegalStateException("BUG: %s is no account's".formatted(session)));
        SessionAnswer answer = new SessionAnswer(
                account.id(),
                account.name(),
                account.email(),
                surroundings.regions().stream()
                        .map(region -> new ServedRegion(
                                region.name(),
                                region.subregions(),
                                store.read(
                                        region.name(),
                                        snapshot -> snapshot.events().lastSequenceNaming(account.id()))))
                        .toList(),
                session.expiresAt(),
                surroundings.network(),
                surroundings.clock(),
                surroundings.time().instant(),
                surroundings.dev());
        return ResponseContext.behind(answer, request, access.by(new Caller(account.id(), surroundings.home())));
    }

    private static Refusal unknown(ApiRequest request) {
        return new Refusal(
                RefusalCode.UNKNOWN_CALL,
                "There is no %s /cockpit/session: POST signs in, GET tells who is, DELETE signs out.",
                request.method());
    }
}
