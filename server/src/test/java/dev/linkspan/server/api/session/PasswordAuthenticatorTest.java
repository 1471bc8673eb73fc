package dev.linkspan.server.api.session;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.operation.AccessKeys;
import dev.linkspan.core.operation.CountingCredentials;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.Sessions;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.call.CallRunner;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.oapi.OapiEndpoint;
import dev.linkspan.server.api.resource.account.AccessKeyCalls;
import dev.linkspan.server.api.resource.net.NetCalls;
import dev.linkspan.server.api.sigv4.RequestRegion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The OUTSCALE API for whoever has an e-mail address and a password, and no access key yet. */
class PasswordAuthenticatorTest {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final SignInScene scene = new SignInScene();
    private final PasswordSignIn passwords =
            new PasswordSignIn(scene.store, Fixture.REGION, new Sessions(false), scene.hashes);
    private final Authenticator authenticator = new PasswordAuthenticator(
            passwords,
            new RequestRegion(List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION)))),
            scene.realTime);
    private final OapiEndpoint api = new OapiEndpoint(
            new CallRunner(scene.store),
            _ -> {
                throw new Refusal(RefusalCode.NOT_SIGNED, "It is not signed.");
            },
            authenticator,
            Stream.of(
                            new AccessKeyCalls(new AccessKeys(new CountingCredentials())).operations(),
                            new NetCalls(new Nets()).operations())
                    .flatMap(List::stream)
                    .toList());
    private final List<Operation> checks = new AuthenticationCalls(passwords, scene.realTime).operations();
    private final OapiEndpoint signed =
            new OapiEndpoint(scene.store, _ -> new Caller(scene.account, Fixture.REGION), checks);

    private ApiRequest request(String call, String credentials, Instant at, String body) {
        Map<String, List<String>> headers = new HashMap<>(Map.of(
                "Host", List.of("localhost:7780"),
                "Authorization", List.of("Basic " + base64(credentials)),
                "X-Osc-Date", List.of(TIME.format(at))));
        return new ApiRequest(
                "request",
                "POST",
                "/api/v1/" + call,
                "",
                Headers.of(headers),
                body.getBytes(StandardCharsets.UTF_8),
                false,
                "127.0.0.1");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private ApiResponse with(String password, String call) {
        return api.answer(request(call, SignInScene.EMAIL + ":" + password, scene.realTime.instant(), "{}"));
    }

    private static String text(ApiResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void the_first_access_key_is_made_with_a_password() {
        assertThat(text(with(SignInScene.PASSWORD, "CreateAccessKey"))).contains("SecretKey");
        assertThat(text(with(SignInScene.PASSWORD, "ReadAccessKeys"))).contains("AccessKeyId");
    }

    @Test
    void osc_clis_base64_is_that_of_urls() {
        scene.setPassword("???>>>~~~");

        ApiRequest usual = request("ReadAccessKeys", SignInScene.EMAIL + ":???>>>~~~", scene.realTime.instant(), "");
        String header = usual.headers().first("Authorization").orElseThrow();
        assertThat(header).containsAnyOf("+", "/");

        Map<String, List<String>> headers = Map.of(
                "Authorization", List.of(header.replace('+', '-').replace('/', '_')),
                "X-Osc-Date", usual.headers().all("X-Osc-Date"));
        assertThat(authenticator
                        .authenticate(new ApiRequest(
                                "r", "POST", usual.path(), "", Headers.of(headers), new byte[0], false, "127.0.0.1"))
                        .account())
                .isEqualTo(scene.account);
    }

    @Test
    void other_calls_want_a_signature() {
        assertThat(with(SignInScene.PASSWORD, "ReadNets").status()).isEqualTo(401);
    }

    @Test
    @Rule("A3")
    void four_wrong_ones_lock_the_address_here_and_for_the_check_alike() {
        for (int i = 0; i < 4; i++) {
            assertThat(text(with("wrong", "ReadAccessKeys"))).contains("\"Code\":\"1\"");
        }

        assertThat(text(with(SignInScene.PASSWORD, "ReadAccessKeys"))).contains("\"Code\":\"13\"");
        assertThat(text(checked(SignInScene.PASSWORD))).contains("\"Code\":\"13\"");

        scene.realTime.advance(Duration.ofSeconds(61));
        assertThat(with(SignInScene.PASSWORD, "ReadAccessKeys").status()).isEqualTo(200);
    }

    private ApiResponse checked(String password) {
        String body = "{\"Login\":\"%s\",\"Password\":\"%s\"}".formatted(SignInScene.EMAIL, password);
        return signed.answer(request("CheckAuthentication", "nobody:nothing", scene.realTime.instant(), body));
    }

    @Test
    void a_password_can_be_checked() {
        assertThat(checked(SignInScene.PASSWORD).status()).isEqualTo(200);
        assertThat(text(checked("wrong"))).contains("\"Code\":\"1\"");
    }

    @Test
    void what_cannot_be_read_or_is_old_is_refused() {
        Instant now = scene.realTime.instant();
        String right = SignInScene.EMAIL + ":" + SignInScene.PASSWORD;

        assertRefused(
                RefusalCode.NOT_SIGNED,
                () -> authenticator.authenticate(request("ReadAccessKeys", "no colon", now, "")));
        assertRefused(
                RefusalCode.BAD_SIGNATURE_DATE,
                () -> authenticator.authenticate(request("ReadAccessKeys", right, now.minusSeconds(1_000), "")));
        assertThat(authenticator.authenticate(request("ReadAccessKeys", right, now, "")))
                .isEqualTo(new Caller(scene.account, Fixture.REGION));
    }
}
