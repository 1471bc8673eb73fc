package dev.linkspan.server.api.session;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.operation.AccessKeys;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.operation.CountingCredentials;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.Sessions;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.TestClock;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.oapi.OapiEndpoint;
import dev.linkspan.server.api.resource.net.NetCalls;
import dev.linkspan.server.api.sigv4.Lockouts;
import dev.linkspan.server.api.sigv4.RequestRegion;
import dev.linkspan.server.api.sigv4.Seals;
import dev.linkspan.server.api.sigv4.SessionTokens;
import dev.linkspan.server.api.sigv4.SignatureAuthenticator;
import dev.linkspan.server.api.sigv4.TrustingAuthenticator;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server's side of Cockpit on a store in memory, with an account that has a password and a key, and requests to it. */
final class SignInScene {

    static final String EMAIL = "ada@example.org";
    static final String PASSWORD = "correct horse";

    private static final JsonMapper JSON = new JsonMapper();

    /** What came back. */
    record Answer(int status, JsonNode body, Map<String, String> headers) {

        String code() {
            return body.path("Errors").path(0).path("Code").asString();
        }

        String setCookie() {
            return headers.getOrDefault("Set-Cookie", "");
        }

        /** What the browser sends back from now on. */
        String cookie() {
            return setCookie().replaceFirst(";.*", "");
        }
    }

    final TestClock realTime = new TestClock();
    final InMemoryStore store = new InMemoryStore();
    final Fixture fixture = new Fixture(store);
    final PasswordHashes hashes = new PasswordHashes();
    final Accounts accounts = new Accounts(new CountingCredentials());
    final AccessKeys keys = new AccessKeys(new CountingCredentials());
    final AccountId account;

    /** From where everything is asked. */
    String peer = "127.0.0.1";

    final AccessKey key;

    private final Lockouts<AccessKeyId> lockouts = new Lockouts<>();
    private final List<Region> regions = List.of(
            new Region(Fixture.REGION, List.of(Fixture.SUBREGION, new SubregionName("eu-west-2b"))),
            new Region(Fixture.OTHER_REGION, List.of(new SubregionName("us-east-2a"))));
    private final SessionCalls calls;
    private final OapiEndpoint api;

    SignInScene() {
        this(false);
    }

    /** @param dev whether it is the developer's mode (A6) */
    SignInScene(boolean dev) {
        account = fixture.change(unit -> accounts.create(unit, Optional.of(new EmailAddress(EMAIL))))
                .id();
        setPassword(PASSWORD);
        key = fixture.change(unit -> keys.create(unit, account, Optional.empty(), Optional.empty()));
        Sessions sessions = new Sessions(dev);
        RequestRegion region = new RequestRegion(regions);
        SessionTokens tokens = new SessionTokens(Seals.sealing(1));
        SessionAuthenticator authenticator =
                new SessionAuthenticator(store, Fixture.REGION, sessions, region, realTime);
        calls = new SessionCalls(
                store,
                sessions,
                authenticator,
                new PasswordSignIn(store, Fixture.REGION, sessions, hashes),
                dev
                        ? new TrustedKeys(store, Fixture.REGION, sessions, accounts)
                        : new CheckedKeys(store, Fixture.REGION, sessions, lockouts),
                new SessionCalls.Surroundings(regions, "none", "manual", store::now, dev),
                realTime);
        api = new OapiEndpoint(
                store,
                new CallerAuthenticator(
                        dev
                                ? new TrustingAuthenticator(store, region, accounts, tokens, realTime)
                                : new SignatureAuthenticator(
                                        store, region, tokens, (_, _, _) -> false, realTime, lockouts),
                        authenticator),
                new NetCalls(new Nets()).operations());
    }

    void setPassword(String password) {
        String hash = hashes.hash("here", password);
        fixture.change(unit -> {
            accounts.setPassword(unit, account, hash);
            return hash;
        });
    }

    Answer signIn() {
        return signIn(EMAIL, PASSWORD);
    }

    Answer signIn(String email, String password) {
        return session("POST", Map.of(), "{\"Email\":\"%s\",\"Password\":\"%s\"}".formatted(email, password));
    }

    Answer signInWithKey(String id, String secret) {
        return session("POST", Map.of(), "{\"AccessKeyId\":\"%s\",\"SecretKey\":\"%s\"}".formatted(id, secret));
    }

    /** A request to {@code /cockpit/session}. */
    Answer session(String method, Map<String, String> headers, String body) {
        return told(calls.answer(request(method, "/cockpit/session", headers, body)));
    }

    Answer session(String method, String cookie) {
        return session(method, Map.of("Cookie", cookie), "");
    }

    /** A call of the OUTSCALE API as Cockpit makes it. */
    Answer call(String name, String cookie) {
        return call(name, Map.of("Cookie", cookie, "X-Linkspan-Cockpit", "1"), "{}");
    }

    Answer call(String name, Map<String, String> headers, String body) {
        return told(api.answer(request("POST", "/api/v1/" + name, headers, body)));
    }

    private ApiRequest request(String method, String path, Map<String, String> headers, String body) {
        Map<String, List<String>> fields = new HashMap<>(Map.of("Host", List.of("localhost:7780")));
        headers.forEach((name, value) -> fields.put(name, List.of(value)));
        return new ApiRequest(
                "request", method, path, "", Headers.of(fields), body.getBytes(StandardCharsets.UTF_8), false, peer);
    }

    private static Answer told(ApiResponse response) {
        return new Answer(response.status(), JSON.readTree(response.body()), response.headers());
    }
}
