package dev.linkspan.server.api.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.server.api.session.SignInScene.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Slow
class SessionAuthenticatorTest {

    private final SignInScene scene = new SignInScene();
    private final String cookie = scene.signIn().cookie();

    private Answer with(String... headers) {
        Map<String, String> fields = new HashMap<>(Map.of("Cookie", cookie, "X-Linkspan-Cockpit", "1"));
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i], headers[i + 1]);
        }
        return scene.call("ReadNets", fields, "{}");
    }

    @Test
    void a_session_makes_the_calls_that_a_signature_makes() {
        Net net = scene.fixture.net(scene.account, "10.0.0.0/16");

        Answer answer = with();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("Nets").path(0).path("NetId").asString())
                .isEqualTo(net.id().value());
        Answer made = scene.call(
                "CreateNet", Map.of("Cookie", cookie, "X-Linkspan-Cockpit", "1"), "{\"IpRange\":\"10.1.0.0/16\"}");
        assertThat(made.body().path("Net").has("NetId")).isTrue();
    }

    @Test
    void the_cookie_alone_is_not_accepted() {
        assertThat(scene.call("ReadNets", Map.of("Cookie", cookie), "{}").status())
                .isEqualTo(401);
    }

    @Test
    void the_header_alone_is_not_accepted() {
        assertThat(scene.call("ReadNets", Map.of("X-Linkspan-Cockpit", "1"), "{}")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_token_that_nobody_was_given_is_not_accepted() {
        assertThat(scene.call("ReadNets", "linkspan_session=" + "B".repeat(43)).status())
                .isEqualTo(401);
        assertThat(scene.call("ReadNets", cookie + "=").status()).isEqualTo(401);
    }

    @Test
    void a_session_that_is_over_is_not_accepted() {
        scene.realTime.advance(Duration.ofHours(12));

        assertThat(with().status()).isEqualTo(401);
    }

    @Test
    void a_session_that_was_signed_out_is_not_accepted() {
        scene.session("DELETE", cookie);

        assertThat(with().code()).isEqualTo("1");
    }

    @Test
    @Rule("A4")
    void a_session_shows_nothing_of_another_account() {
        AccountId other = scene.fixture.account();
        Net theirs = scene.fixture.net(other, "10.9.0.0/16");

        assertThat(with().body().path("Nets")).isEmpty();
        Answer deleted = scene.call(
                "DeleteNet",
                Map.of("Cookie", cookie, "X-Linkspan-Cockpit", "1"),
                "{\"NetId\":\"%s\"}".formatted(theirs.id()));
        assertThat(deleted.code()).isEqualTo("5065");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, http://localhost",
        "Origin, http://localhost:7780.evil.example",
        "Origin, http://evil.example:7780",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
    })
    void what_another_site_has_the_browser_send_is_refused(String header, String value) {
        assertThat(with(header, value).status()).isEqualTo(401);
        Answer signIn = scene.session(
                "POST",
                Map.of(header, value),
                "{\"Email\":\"%s\",\"Password\":\"%s\"}".formatted(SignInScene.EMAIL, SignInScene.PASSWORD));
        assertThat(signIn.status()).isEqualTo(401);
        assertThat(signIn.setCookie()).isEmpty();
        assertThat(scene.session("DELETE", Map.of("Cookie", cookie, header, value), "")
                        .status())
                .isEqualTo(401);
        assertThat(with().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:7780, http://localhost:7780",
        "Cockpit.example.org, https://cockpit.example.org",
        "cockpit.example.org:443, https://cockpit.example.org",
        "cockpit.example.org, http://cockpit.example.org:80",
        "[::1]:7780, http://[::1]:7780",
    })
    void cockpits_own_pages_are_not(String host, String origin) {
        assertThat(with("Host", host, "Origin", origin, "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_request_that_is_signed_is_judged_by_its_signature_alone() {
        assertThat(with("Authorization", "Bearer something").status()).isEqualTo(401);
        assertThat(with("Authorization", "OSC4-HMAC-SHA256 nonsense").status()).isEqualTo(401);
    }

    @Test
    @Rule("A5")
    void the_region_is_the_headers_else_that_of_the_host_else_the_first() {
        Net elsewhere = new Fixture(scene.store, Fixture.OTHER_REGION).net(scene.account, "10.0.0.0/16");

        assertThat(with().body().path("Nets")).isEmpty();
        assertThat(with("X-Linkspan-Region", "us-east-2").body().toString())
                .contains(elsewhere.id().value());
        assertThat(with("Host", "api.us-east-2.localhost:7780").body().toString())
                .contains(elsewhere.id().value());
        assertThat(with("Host", "api.us-east-2.localhost", "X-Linkspan-Region", "eu-west-2")
                        .body()
                        .path("Nets"))
                .isEmpty();
        assertThat(with("X-Linkspan-Region", "mars-1").code()).isEqualTo("4045");
    }

    @Test
    @Rule("A6")
    void in_the_developers_mode_a_page_without_a_session_is_nobody() {
        SignInScene developers = new SignInScene(true);

        assertThat(developers.call("ReadNets", Map.of(), "{}").status()).isEqualTo(200);
        assertThat(developers
                        .call("ReadNets", Map.of("X-Linkspan-Cockpit", "1"), "{}")
                        .status())
                .isEqualTo(401);
    }
}
