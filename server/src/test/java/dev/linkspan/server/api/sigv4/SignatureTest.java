package dev.linkspan.server.api.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Headers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rule("A1")
class SignatureTest {

    private static ApiRequest request(
            String method, String path, String query, Map<String, List<String>> headers, String body) {
        return new ApiRequest(
                "request",
                method,
                path,
                query,
                Headers.of(headers),
                body.getBytes(StandardCharsets.UTF_8),
                false,
                "127.0.0.1");
    }

    /** The figures that AWS published with its test suite: user AKIDEXAMPLE, host example.amazonaws.com. */
    @Nested
    class Of_the_AWS_family {

        private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
        private static final String TIME = "20150830T123600Z";

        private boolean matches(
                String method, String query, Map<String, List<String>> more, String body, String signed, String hex) {
            Map<String, List<String>> headers = new HashMap<>(more);
            headers.put("Host", List.of("example.amazonaws.com"));
            headers.put("X-Amz-Date", List.of(TIME));
            Authorization authorization = Authorization.parse(
                    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders="
                            + signed + ", Signature=" + hex);
            return Signature.matches(request(method, "/", query, headers, body), authorization, TIME, SECRET);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                GET  |                             | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
                POST |                             | 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b
                GET  | Param2=value2&Param1=value1 | b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500
                """)
        void published_figures_match(String method, String query, String hex) {
            assertThat(matches(method, query == null ? "" : query, Map.of(), "", "host;x-amz-date", hex))
                    .isTrue();
        }

        @Test
        void header_values_are_trimmed() {
            Map<String, List<String>> headers =
                    Map.of("My-Header1", List.of(" value1"), "My-Header2", List.of(" \"a   b   c\""));
            assertThat(matches(
                            "GET",
                            "",
                            headers,
                            "",
                            "host;my-header1;my-header2;x-amz-date",
                            "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"))
                    .isTrue();
        }

        @Test
        void the_body_is_signed() {
            Map<String, List<String>> form = Map.of("Content-Type", List.of("application/x-www-form-urlencoded"));
            String hex = "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a";
            String signed = "content-type;host;x-amz-date";
            assertThat(matches("POST", "", form, "Param1=value1", signed, hex)).isTrue();
            assertThat(matches("POST", "", form, "Param1=value2", signed, hex)).isFalse();
        }
    }

    /** The figures were computed by another program from the published description. */
    @Nested
    class Of_the_OUTSCALE_family {

        private static final String SECRET = "secret-of-the-test";
        private static final String TIME = "20261122T184449Z";
        private static final String EMPTY_AT_LOOPBACK =
                "ea02808ee1f76c3c52aecd92fe727db7202a56c506da2163a74e551a716d45df";
        private static final String OBJECT_AT_NAME = "5283a83d6e9604d8833cd6ecc65b051b06fe6214f7e7444c980d1fb224862f2c";

        private boolean matches(String path, String host, String body, String hex) {
            Map<String, List<String>> headers = Map.of("Host", List.of(host), "X-Osc-Date", List.of(TIME));
            Authorization authorization =
                    Authorization.parse("OSC4-HMAC-SHA256 Credential=KEY/20261122/eu-west-2/api/osc4_request, "
                            + "SignedHeaders=host;x-osc-date, Signature=" + hex);
            return Signature.matches(request("POST", path, "", headers, body), authorization, TIME, SECRET);
        }

        @Test
        void host_with_its_port_may_be_signed() {
            assertThat(matches("/api/latest/ReadNets", "api.eu-west-2.example.org:7780", "{}", OBJECT_AT_NAME))
                    .isTrue();
        }

        @Test
        void host_may_be_signed_without_its_port() {
            assertThat(matches("/api/v1/ReadNets", "127.0.0.1:7780", "", EMPTY_AT_LOOPBACK))
                    .isTrue();
        }

        @Test
        void doubled_slash_may_be_signed_as_one() {
            assertThat(matches("//api/v1/ReadNets", "127.0.0.1", "", EMPTY_AT_LOOPBACK))
                    .isTrue();
        }

        @Test
        void both_quirks_may_meet() {
            assertThat(matches("//api/v1/ReadNets", "127.0.0.1:80", "", EMPTY_AT_LOOPBACK))
                    .isTrue();
        }

        @Test
        void anything_else_does_not_match() {
            assertThat(matches("/api/v1/ReadVms", "127.0.0.1", "", EMPTY_AT_LOOPBACK))
                    .isFalse();
            assertThat(matches("/api/v1/ReadNets", "127.0.0.2", "", EMPTY_AT_LOOPBACK))
                    .isFalse();
            assertThat(matches("/api/v1/ReadNets", "127.0.0.1", "{}", EMPTY_AT_LOOPBACK))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic dXNlcjpwYXNz",
                "OSC4-HMAC-SHA256",
                "OSC4-HMAC-SHA256 Credential=K/20261122/r/s/osc4_request, SignedHeaders=host",
                "OSC4-HMAC-SHA256 Credential=K/20261122/r/s, SignedHeaders=host, Signature=00",
                "OSC4-HMAC-SHA256 Credential=/20261122/r/s/osc4_request, SignedHeaders=host, Signature=00",
                "OSC4-HMAC-SHA256 Credential=K/20261122/r/s/aws4_request, SignedHeaders=host, Signature=00"
            })
    void a_header_that_is_no_signature_is_refused(String header) {
        assertThatThrownBy(() -> Authorization.parse(header))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.NOT_SIGNED));
    }

    @Test
    void any_region_and_service_terms_are_taken() {
        Authorization authorization = Authorization.parse(
                "AWS4-HMAC-SHA256 Credential=K/20261122/127/oapi/aws4_request,SignedHeaders=host,Signature=00");
        assertThat(authorization.scope()).isEqualTo("20261122/127/oapi/aws4_request");
    }
}
