package dev.linkspan.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The expected signatures were worked out with OpenSSL, from the published description of Signature Version 4. */
class RequestSignerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T18:44:49Z");
    private static final AccessKey KEY =
            new AccessKey("AKIDEXAMPLE000000000", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

    private static Map<String, String> signed(SignatureFamily family, String body) {
        return new RequestSigner(family, KEY, "eu-west-2", "api")
                .sign("127.0.0.1:7780", "/api/v1/ReadNets", body.getBytes(UTF_8), NOW);
    }

    @Test
    void the_outscale_spelling_is_signed() {
        assertThat(signed(SignatureFamily.OSC4, "{}"))
                .containsEntry("X-Osc-Date", "20261122T184449Z")
                .containsEntry(
                        "Authorization",
                        "OSC4-HMAC-SHA256 Credential=AKIDEXAMPLE000000000/20261122/eu-west-2/api/osc4_request,"
                                + " SignedHeaders=content-type;host;x-osc-date,"
                                + " Signature=370ea169364f24ef060b0a0d920baccc46660598f8c242a2053790dffd98b58c");
    }

    @Test
    void the_other_spelling_is_signed() {
        assertThat(signed(SignatureFamily.AWS4, "{}"))
                .containsEntry("X-Amz-Date", "20261122T184449Z")
                .containsEntry(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE000000000/20261122/eu-west-2/api/aws4_request,"
                                + " SignedHeaders=content-type;host;x-amz-date,"
                                + " Signature=78e03e51da41f23bd6f49f843a56c25727b698a2b96b7ef1d3aff7414dfa6edc");
    }

    @Test
    void every_part_of_the_request_counts() {
        assertThat(signed(SignatureFamily.OSC4, "{}")).isNotEqualTo(signed(SignatureFamily.OSC4, "{ }"));
    }

    @Test
    void a_key_does_not_print_its_secret() {
        assertThat(KEY.toString()).contains(KEY.id()).doesNotContain(KEY.secret());
    }
}
