package dev.linkspan.server.api.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.TestClock;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureAuthenticatorTest {

    /** Of {@code POST /api/v1/ReadNets} with an empty body at 127.0.0.1, computed by another program. */
    private static final String SIGNATURE = "ea02808ee1f76c3c52aecd92fe727db7202a56c506da2163a74e551a716d45df";

    private static final String SECRET = "secret-of-the-test";
    private static final String TIME = "20261122T184449Z";
    private static final Instant SIGNED_AT = Instant.parse("2026-11-22T18:44:49Z");
    private static final AccessKeyId KEY = new AccessKeyId("KEY");

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId account = fixture.account();
    private final TestClock realTime = new TestClock();
    private final SignatureAuthenticator authenticator = new SignatureAuthenticator(
            store,
            new RequestRegion(List.of(
                    new Region(Fixture.REGION, List.of(Fixture.SUBREGION)),
                    new Region(Fixture.OTHER_REGION, List.of(new SubregionName("us-east-2a"))))),
            new SessionTokens(Seals.sealing(1)),
            (_, _, _) -> false,
            realTime);

    @BeforeEach
    void keep_a_key() {
        realTime.set(SIGNED_AT);
        save(true, Optional.empty());
    }

    private void save(boolean active, Optional<Instant> expiresAt) {
        fixture.change(unit -> {
            unit.accessKeys()
                    .save(new AccessKey(
                            KEY, account, SECRET, active, Optional.empty(), expiresAt, unit.now(), unit.now()));
            return KEY;
        });
    }

    private static ApiRequest request(String signature, Map<String, List<String>> changed) {
        return request(signature, changed, "127.0.0.1");
    }

    private static ApiRequest request(String signature, Map<String, List<String>> changed, String peer) {
        Map<String, List<String>> headers = new HashMap<>(Map.of(
                "Host", List.of("127.0.0.1"),
                "X-Osc-Date", List.of(TIME),
                "Authorization",
                        List.of("OSC4-HMAC-SHA256 Credential=KEY/20261122/eu-west-2/api/osc4_request, "
                                + "SignedHeaders=host;x-osc-date, Signature=" + signature)));
        headers.putAll(changed);
        return new ApiRequest("request", "POST", "/api/v1/ReadNets", "", Headers.of(headers), new byte[0], false, peer);
    }

    private Caller authenticate(String signature) {
        return authenticator.authenticate(request(signature, Map.of()));
    }

    private void assertRefused(RefusalCode code, String signature) {
        assertThatThrownBy(() -> authenticate(signature))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertRefused(RefusalCode.NOT_SIGNED, "00");
        }
    }

    @Test
    @Rule({"A1", "A4", "A5"})
    void the_right_signature_is_its_owners() {
        assertThat(authenticate(SIGNATURE)).isEqualTo(new Caller(account, Fixture.REGION));
    }

    /** An address that another program signed beforehand, for a minute. */
    private static ApiRequest presigned(String changed, String into) {
        String query = ("Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256"
                        + "&X-Amz-Credential=KEY%2F20261122%2Feu-west-2%2Fsts%2Faws4_request&X-Amz-Date=20261122T184449Z"
                        + "&X-Amz-Expires=60&X-Amz-SignedHeaders=host"
                        + "&X-Amz-Signature=75b042a653e927b0352f392f1df4d27270b4a851badf2e3ec92b2f71a224c2b0")
                .replace(changed, into);
        Headers headers = Headers.of(Map.of("Host", List.of("127.0.0.1")));
        return new ApiRequest("request", "GET", "/", query, headers, new byte[0], false, "127.0.0.1");
    }

    private void assertPresignedRefused(RefusalCode code, String changed, String into) {
        assertThatThrownBy(() -> authenticator.authenticate(presigned(changed, into)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    @Rule({"A1", "A2"})
    void an_address_that_was_signed_beforehand_is_good_for_as_long_as_it_says() {
        assertThat(authenticator.authenticate(presigned("", ""))).isEqualTo(new Caller(account, Fixture.REGION));
        assertThat(authenticator.knows(presigned("", ""))).isTrue();
        realTime.set(SIGNED_AT.plusSeconds(60));
        assertThat(authenticator.authenticate(presigned("", "")).account()).isEqualTo(account);
        realTime.set(SIGNED_AT.plusSeconds(61));
        assertPresignedRefused(RefusalCode.BAD_SIGNATURE_DATE, "", "");
        realTime.set(SIGNED_AT.minus(Duration.ofMinutes(15)).minusSeconds(1));
        assertPresignedRefused(RefusalCode.BAD_SIGNATURE_DATE, "", "");
    }

    @Test
    @Rule({"A1", "A2"})
    void all_of_an_address_is_signed() {
        assertPresignedRefused(RefusalCode.NOT_SIGNED, "GetCallerIdentity", "DescribeVpcs");
        assertPresignedRefused(RefusalCode.NOT_SIGNED, "Expires=60", "Expires=61");
        assertPresignedRefused(RefusalCode.NOT_SIGNED, "&X-Amz-Signature=75", "&X-Amz-Signature=76");
        assertPresignedRefused(RefusalCode.NOT_SIGNED, "SignedHeaders=host", "SignedHeaders=");
        assertPresignedRefused(RefusalCode.UNKNOWN_KEY, "Credential=KEY", "Credential=NO");
        for (String lifetime : List.of("0", "604801", "1e3", "-1", "")) {
            assertPresignedRefused(RefusalCode.BAD_SIGNATURE_DATE, "Expires=60", "Expires=" + lifetime);
        }
    }

    private ApiRequest sentTo(String path) {
        ApiRequest request = request(SIGNATURE, Map.of());
        return new ApiRequest(
                request.id(), "POST", path, "", request.headers(), request.received(), false, request.peer());
    }

    @ParameterizedTest
    @Rule("A1")
    @ValueSource(
            strings = {
                "//api/v1/ReadNets",
                "/api/v1/api/v1/ReadNets",
                "/api/latest/api/v1/ReadNets",
                "/api/latest//api/v1//ReadNets",
                "/api/v1/api/latest/api/v1/ReadNets"
            })
    void a_prefix_that_came_with_the_address_need_not_be_signed(String path) {
        assertThat(authenticator.authenticate(sentTo(path))).isEqualTo(new Caller(account, Fixture.REGION));
    }

    @ParameterizedTest
    @Rule("A1")
    @ValueSource(
            strings = {
                "/linkspan/v1/api/v1/ReadNets",
                "/fcu/api/v1/ReadNets",
                "/api/v1/ReadVms",
                "/ReadNets",
                "/api/v1/api/v1/api/v1/api/v1/api/v1/ReadNets"
            })
    void everything_else_of_the_path_must_be(String path) {
        assertThatThrownBy(() -> authenticator.authenticate(sentTo(path))).isInstanceOf(Refusal.class);
    }

    @Test
    @Rule("A1")
    void a_request_without_signature_is_refused() {
        assertThatThrownBy(() -> authenticator.authenticate(request(SIGNATURE, Map.of("Authorization", List.of()))))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.NOT_SIGNED));
    }

    @Test
    void an_unknown_key_is_refused() {
        fixture.change(unit -> {
            unit.accessKeys().delete(KEY);
            return KEY;
        });
        assertRefused(RefusalCode.UNKNOWN_KEY, SIGNATURE);
    }

    @Test
    @Rule({"A2", "T1"})
    void a_quarter_of_an_hour_of_skew_is_accepted_and_no_more() {
        realTime.set(SIGNED_AT.plus(Duration.ofMinutes(15)));
        assertThat(authenticate(SIGNATURE).account()).isEqualTo(account);
        realTime.set(SIGNED_AT.minus(Duration.ofMinutes(15)));
        assertThat(authenticate(SIGNATURE).account()).isEqualTo(account);
        realTime.set(SIGNED_AT.plus(Duration.ofMinutes(15)).plusSeconds(1));
        assertRefused(RefusalCode.BAD_SIGNATURE_DATE, SIGNATURE);
        realTime.set(SIGNED_AT.minus(Duration.ofMinutes(15)).minusSeconds(1));
        assertRefused(RefusalCode.BAD_SIGNATURE_DATE, SIGNATURE);
    }

    @Test
    @Rule("T1")
    void the_regions_clock_does_not_matter_for_dates() {
        store.advance(Duration.ofDays(7));
        assertThat(authenticate(SIGNATURE).account()).isEqualTo(account);
    }

    @Test
    @Rule("A2")
    void a_missing_or_malformed_date_is_refused() {
        for (List<String> date : List.of(List.<String>of(), List.of("today"), List.of("20261121T184449Z"))) {
            assertThatThrownBy(() -> authenticator.authenticate(request(SIGNATURE, Map.of("X-Osc-Date", date))))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.BAD_SIGNATURE_DATE));
        }
    }

    @Test
    @Rule("A3")
    void four_failures_lock_the_key_for_a_minute_whatever_the_signature() {
        fail(4);
        assertRefused(RefusalCode.LOCKED_OUT, SIGNATURE);
        realTime.advance(Duration.ofMinutes(1));
        assertThat(authenticate(SIGNATURE).account()).isEqualTo(account);
    }

    @Test
    @Rule("A3")
    void whoever_fails_elsewhere_locks_nobody_but_himself_out() {
        fail(4);
        ApiRequest elsewhere = request(SIGNATURE, Map.of(), "192.0.2.7");
        assertThat(authenticator.authenticate(elsewhere).account()).isEqualTo(account);
        assertRefused(RefusalCode.LOCKED_OUT, SIGNATURE);
    }

    @Test
    @Rule("A3")
    void an_unknown_key_is_never_locked() {
        fixture.change(unit -> {
            unit.accessKeys().delete(KEY);
            return KEY;
        });
        for (int i = 0; i < 5; i++) {
            assertRefused(RefusalCode.UNKNOWN_KEY, "00");
        }
    }

    @Test
    @Rule("A3")
    void a_success_in_between_forgets_the_failures() {
        fail(3);
        authenticate(SIGNATURE);
        fail(3);
        assertThat(authenticate(SIGNATURE).account()).isEqualTo(account);
    }

    @Test
    void an_inactive_key_does_not_sign() {
        save(false, Optional.empty());
        assertRefused(RefusalCode.NOT_SIGNED, SIGNATURE);
    }

    @Test
    void a_key_expires_by_the_regions_clock() {
        save(true, Optional.of(store.now().plus(Duration.ofDays(1))));
        assertThat(authenticate(SIGNATURE).account()).isEqualTo(account);
        store.advance(Duration.ofDays(1));
        assertRefused(RefusalCode.NOT_SIGNED, SIGNATURE);
    }

    @Test
    @Rule("A1")
    void what_is_there_twice_counts_for_nobody() {
        Map<String, List<String>> dates = Map.of("X-Osc-Date", List.of(TIME, TIME));
        List<String> once = request(SIGNATURE, Map.of()).headers().all("Authorization");
        Map<String, List<String>> signatures = Map.of("Authorization", List.of(once.getFirst(), once.getFirst()));
        for (Map<String, List<String>> twice : List.of(dates, signatures)) {
            assertThatThrownBy(() -> authenticator.authenticate(request(SIGNATURE, twice)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("is there twice");
        }
    }

    @Test
    void a_key_that_exists_is_known_before_its_signature_is_looked_at_and_no_other() {
        assertThat(authenticator.knows(request("00", Map.of()))).isTrue();
        assertThat(authenticator.knows(request("00", Map.of("Authorization", List.of()))))
                .isFalse();
        assertThat(authenticator.knows(request("00", Map.of("Authorization", List.of("OSC4-HMAC-SHA256 none")))))
                .isFalse();
        fixture.change(unit -> {
            unit.accessKeys().delete(KEY);
            return KEY;
        });
        assertThat(authenticator.knows(request(SIGNATURE, Map.of()))).isFalse();
    }
}
