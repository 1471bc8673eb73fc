package dev.linkspan.acceptance.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Endpoint;
import dev.linkspan.cli.client.RequestSigner;
import dev.linkspan.cli.client.SignatureFamily;
import dev.linkspan.core.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a request is from, by its signature. The signer here shares no code with the server. */
class SignatureTest {

    private static final String PATH = "/api/v1/ReadNets";
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(UTF_8);

    @RegisterExtension
    static final LinkspanServer SERVER = LinkspanServer.with();

    private Account account;

    @BeforeEach
    void an_account_of_its_own() {
        account = SERVER.account();
    }

    private RequestSigner signer(AccessKey key) {
        return new RequestSigner(SignatureFamily.OSC4, key, LinkspanServer.REGION, "api");
    }

    private Answer send(RequestSigner signer, Instant when) {
        Endpoint endpoint = SERVER.client().endpoint();
        return endpoint.post(PATH, signer.sign(endpoint.host(), PATH, EMPTY_OBJECT, when), EMPTY_OBJECT);
    }

    private Answer sendNow(AccessKey key) {
        return send(signer(key), Instant.now());
    }

    private AccessKey forged() {
        return new AccessKey(account.key().id(), "x".repeat(40));
    }

    @ParameterizedTest
    @EnumSource
    @Rule("A1")
    void both_families_are_accepted(SignatureFamily family) {
        RequestSigner signer = new RequestSigner(family, account.key(), LinkspanServer.REGION, "api");

        assertThat(send(signer, Instant.now()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"eu-west-2,oapi", "127,api", "eu-west-2,fcu", "us-east-2,ec2", "anything,osc"})
    @Rule("A1")
    void the_terms_of_the_scope_are_not_prescribed(String region, String service) {
        RequestSigner signer = new RequestSigner(SignatureFamily.OSC4, account.key(), region, service);

        assertThat(send(signer, Instant.now()).status()).isEqualTo(200);
    }

    @Test
    @Rule("A5")
    void the_region_of_the_scope_is_the_region_of_the_call() {
        account.net("10.0.0.0/16");

        assertThat(SERVER.in(LinkspanServer.OTHER_REGION, account)
                        .ask("ReadNets")
                        .list("Nets"))
                .isEmpty();
        assertThat(account.ask("ReadNets").list("Nets")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/ReadNets", "/api/latest/ReadNets"})
    @Rule("A1")
    void a_doubled_slash_is_signed_as_one(String path) {
        Endpoint endpoint = SERVER.unjudgedClient().endpoint();
        Map<String, String> headers = signer(account.key()).sign(endpoint.host(), path, EMPTY_OBJECT, Instant.now());

        assertThat(endpoint.post("/" + path, headers, EMPTY_OBJECT).status()).isEqualTo(200);
    }

    @Test
    @Rule("A1")
    void the_host_may_be_signed_without_its_port() {
        Endpoint endpoint = SERVER.client().endpoint();
        Map<String, String> headers =
                signer(account.key()).sign(endpoint.server().getHost(), PATH, EMPTY_OBJECT, Instant.now());

        assertThat(endpoint.post(PATH, headers, EMPTY_OBJECT).status()).isEqualTo(200);
    }

    @Test
    @Rule("A1")
    void the_body_may_be_empty_where_there_are_no_arguments() {
        Endpoint endpoint = SERVER.unjudgedClient().endpoint();
        byte[] nothing = new byte[0];
        Map<String, String> headers = signer(account.key()).sign(endpoint.host(), PATH, nothing, Instant.now());

        assertThat(endpoint.post(PATH, headers, nothing).status()).isEqualTo(200);
    }

    @Test
    void a_request_without_signature_is_denied() {
        Answer answer = SERVER.client().endpoint().post(PATH, Map.of("Content-Type", "application/json"), EMPTY_OBJECT);

        isDenied(answer, 401, "1", "AccessDenied");
    }

    @Test
    void a_wrong_secret_is_denied() {
        isDenied(sendNow(forged()), 401, "1", "AccessDenied");
    }

    @Test
    void an_unknown_key_is_named() {
        isDenied(sendNow(new AccessKey("ABCDEFGHIJ0123456789", "x")), 400, "4120", "InvalidParameterValue");
    }

    @Test
    @Rule("A1")
    void a_changed_body_is_denied() {
        Endpoint endpoint = SERVER.client().endpoint();
        Map<String, String> headers = signer(account.key()).sign(endpoint.host(), PATH, EMPTY_OBJECT, Instant.now());

        isDenied(endpoint.post(PATH, headers, "{\"DryRun\":true}".getBytes(UTF_8)), 401, "1", "AccessDenied");
    }

    @Test
    @Rule("A1")
    void a_signature_for_another_call_is_denied() {
        Endpoint endpoint = SERVER.client().endpoint();
        Map<String, String> headers = signer(account.key()).sign(endpoint.host(), PATH, EMPTY_OBJECT, Instant.now());

        isDenied(endpoint.post("/api/v1/ReadVms", headers, EMPTY_OBJECT), 401, "1", "AccessDenied");
    }

    @ParameterizedTest
    @ValueSource(longs = {-14, 14})
    @Rule("A2")
    void a_skew_of_up_to_a_quarter_of_an_hour_is_accepted(long minutes) {
        Instant when = Instant.now().plus(Duration.ofMinutes(minutes));

        assertThat(send(signer(account.key()), when).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {-16, 16, -60 * 24 * 365})
    @Rule("A2")
    void an_older_or_newer_date_is_denied(long minutes) {
        Instant when = Instant.now().plus(Duration.ofMinutes(minutes));

        isDenied(send(signer(account.key()), when), 401, "15", "AccessDenied");
    }

    @Test
    @Rule("T1")
    void dates_of_signatures_follow_the_real_time_not_the_manual_clock() {
        SERVER.advance("P1D");

        assertThat(sendNow(account.key()).status()).isEqualTo(200);
    }

    @Test
    @Rule("A3")
    void after_four_failures_in_a_row_the_right_signature_is_refused_too() {
        for (int i = 0; i < 4; i++) {
            isDenied(sendNow(forged()), 401, "1", "AccessDenied");
        }

        isDenied(sendNow(account.key()), 401, "13", "AccessDenied");
        assertThat(SERVER.account().call("ReadNets").status()).isEqualTo(200);
    }

    @Test
    @Rule("A3")
    void failures_that_are_not_in_a_row_do_not_lock() {
        for (int i = 0; i < 6; i++) {
            isDenied(sendNow(forged()), 401, "1", "AccessDenied");
            assertThat(sendNow(account.key()).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer x",
                "OSC4-HMAC-SHA256",
                "OSC4-HMAC-SHA256 Credential=, SignedHeaders=, Signature=",
                "OSC4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=zz",
                "AWS4-HMAC-SHA512 Credential=a/20261122/r/s/aws4_request, SignedHeaders=host, Signature=00"
            })
    void a_mangled_authorization_is_denied(String authorization) {
        Map<String, String> headers = new HashMap<>(
                signer(account.key()).sign(SERVER.client().endpoint().host(), PATH, EMPTY_OBJECT, Instant.now()));
        headers.put("Authorization", authorization);

        Answer answer = SERVER.client().endpoint().post(PATH, headers, EMPTY_OBJECT);

        assertThat(answer.status()).isIn(400, 401);
        assertThat(answer.at("Nets").isMissingNode()).isTrue();
    }

    private static void isDenied(Answer answer, int status, String code, String type) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(answer.errorType()).isEqualTo(type);
    }
}
