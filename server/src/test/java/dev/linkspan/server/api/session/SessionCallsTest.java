package dev.linkspan.server.api.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.server.api.session.SignInScene.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Slow
class SessionCallsTest {

    private final SignInScene scene = new SignInScene();

    private void fail(int times, String email) {
        for (int i = 0; i < times; i++) {
            assertThat(scene.signIn(email, "wrong " + i).code()).isEqualTo("1");
        }
    }

    @Test
    void signing_in_tells_what_cockpit_needs_to_know() {
        Answer answer = scene.signIn();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("AccountId").asString()).isEqualTo(scene.account.value());
        assertThat(answer.body().path("Email").asString()).isEqualTo(SignInScene.EMAIL);
        assertThat(answer.body().path("Regions").toString())
                .isEqualTo(
                        "[{\"LastSequence\":3,\"RegionName\":\"eu-west-2\",\"Subregions\":[\"eu-west-2a\",\"eu-west-2b\"]},"
                                + "{\"LastSequence\":0,\"RegionName\":\"us-east-2\",\"Subregions\":[\"us-east-2a\"]}]");
        assertThat(answer.body().path("Network").asString()).isEqualTo("none");
        assertThat(answer.body().path("Clock").asString()).isEqualTo("manual");
        assertThat(answer.body().path("Dev").asBoolean()).isFalse();
        assertThat(answer.body().has("ExpiresAt")).isTrue();
        assertThat(answer.body().has("Now")).isTrue();
        assertThat(answer.body().path("ResponseContext").path("RequestId").asString())
                .isEqualTo("request");
    }

    @Test
    void the_case_of_the_address_makes_no_difference() {
        assertThat(scene.signIn(" ADA@Example.org", SignInScene.PASSWORD).status())
                .isEqualTo(200);
    }

    @Test
    void no_script_and_no_other_site_gets_the_cookie() {
        assertThat(scene.signIn().setCookie())
                .matches("linkspan_session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Proto: https", "Origin: https://localhost:7780"})
    void through_tls_the_cookie_goes_through_tls_only(String header) {
        String[] parts = header.split(": ", 2);
        Answer answer = scene.session(
                "POST",
                Map.of(parts[0], parts[1]),
                "{\"Email\":\"%s\",\"Password\":\"%s\"}".formatted(SignInScene.EMAIL, SignInScene.PASSWORD));

        assertThat(answer.setCookie()).endsWith("; Secure");
    }

    @Test
    void what_is_stored_signs_nobody_in() {
        String token = scene.signIn().cookie().substring("linkspan_session=".length());
        String stored = new SessionToken(token).id().value();

        assertThat(stored).doesNotContain(token);
        assertThat(scene.session("GET", "linkspan_session=" + stored).status()).isEqualTo(401);
    }

    @Test
    void who_is_signed_in_is_told_until_they_sign_out() {
        String cookie = scene.signIn().cookie();
        assertThat(scene.session("GET", cookie).body().path("AccountId").asString())
                .isEqualTo(scene.account.value());

        Answer out = scene.session("DELETE", cookie);

        assertThat(out.status()).isEqualTo(200);
        assertThat(out.setCookie()).startsWith("linkspan_session=; Max-Age=0;");
        assertThat(scene.session("GET", cookie).status()).isEqualTo(401);
        assertThat(scene.session("DELETE", cookie).status()).isEqualTo(200);
    }

    @Test
    void a_session_lasts_twelve_hours_behind_its_last_use() {
        String cookie = scene.signIn().cookie();

        scene.realTime.advance(Duration.ofHours(11));
        assertThat(scene.session("GET", cookie).status()).isEqualTo(200);
        scene.realTime.advance(Duration.ofHours(12).minusMillis(1));
        assertThat(scene.session("GET", cookie).status()).isEqualTo(200);
        scene.realTime.advance(Duration.ofHours(12));
        assertThat(scene.session("GET", cookie).status()).isEqualTo(401);
    }

    @Test
    void a_new_password_ends_the_session() {
        String cookie = scene.signIn().cookie();

        scene.setPassword("another password");

        assertThat(scene.session("GET", cookie).status()).isEqualTo(401);
        assertThat(scene.signIn().status()).isEqualTo(401);
        assertThat(scene.signIn(SignInScene.EMAIL, "another password").status()).isEqualTo(200);
    }

    @Test
    void a_key_signs_in_too_and_ends_its_sessions_when_it_is_deleted() {
        String cookie =
                scene.signInWithKey(scene.key.id().value(), scene.key.secret()).cookie();
        assertThat(scene.session("GET", cookie).body().path("AccountId").asString())
                .isEqualTo(scene.account.value());

        scene.fixture.change(unit -> {
            scene.keys.delete(unit, scene.account, scene.key.id());
            return true;
        });

        assertThat(scene.session("GET", cookie).status()).isEqualTo(401);
    }

    @Test
    void the_wrong_address_and_the_wrong_password_are_answered_alike() {
        Answer password = scene.signIn(SignInScene.EMAIL, "wrong");
        Answer address = scene.signIn("bob@example.org", SignInScene.PASSWORD);
        Answer none = scene.signIn("bob", SignInScene.PASSWORD);

        assertThat(password.status()).isEqualTo(401);
        assertThat(password.code()).isEqualTo("1");
        assertThat(address).isEqualTo(password);
        assertThat(none).isEqualTo(password);
    }

    @Test
    void the_wrong_key_and_the_wrong_secret_are_answered_alike() {
        Answer secret = scene.signInWithKey(scene.key.id().value(), "wrong");

        assertThat(secret.status()).isEqualTo(401);
        assertThat(scene.signInWithKey("unknown", scene.key.secret())).isEqualTo(secret);
        assertThat(scene.signInWithKey("", "")).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"Email\":\"ada@example.org\"}",
                "{\"Password\":\"correct horse\"}",
                "{\"AccessKeyId\":\"KEY\",\"Password\":\"correct horse\"}",
                "{\"Email\":\"ada@example.org\",\"Password\":\"correct horse\",\"AccessKeyId\":\"KEY\"}",
                "{\"Email\":\"ada@example.org\",\"Password\":\"correct horse\",\"Remember\":true}",
                "{\"Email\":1,\"Password\":\"correct horse\"}",
                "[]",
                "no JSON"
            })
    void half_a_credential_is_refused_and_no_password_is_repeated(String body) {
        Answer answer = scene.session("POST", Map.of(), body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.setCookie()).isEmpty();
        assertThat(answer.body().toString()).doesNotContain("correct horse");
    }

    @Test
    void a_session_that_the_browser_was_given_before_is_not_taken_over() {
        String planted = "linkspan_session=" + "A".repeat(43);
        Answer answer = scene.session(
                "POST",
                Map.of("Cookie", planted),
                "{\"Email\":\"%s\",\"Password\":\"%s\"}".formatted(SignInScene.EMAIL, SignInScene.PASSWORD));

        assertThat(answer.cookie()).isNotEqualTo(planted);
        assertThat(scene.session("GET", planted).status()).isEqualTo(401);
        assertThat(scene.session("GET", answer.cookie()).status()).isEqualTo(200);
    }

    @Test
    void signing_in_again_ends_the_session_before() {
        String first = scene.signIn().cookie();
        String second = scene.session(
                        "POST",
                        Map.of("Cookie", first),
                        "{\"Email\":\"%s\",\"Password\":\"%s\"}".formatted(SignInScene.EMAIL, SignInScene.PASSWORD))
                .cookie();

        assertThat(scene.session("GET", first).status()).isEqualTo(401);
        assertThat(scene.session("GET", second).status()).isEqualTo(200);
    }

    @Test
    void two_cookies_are_nobodys() {
        String cookie = scene.signIn().cookie();

        assertThat(scene.session("GET", "other=1; " + cookie).status()).isEqualTo(200);
        assertThat(scene.session("GET", "linkspan_session=planted; " + cookie).status())
                .isEqualTo(401);
    }

    @Test
    void there_is_nothing_else_to_be_done_with_a_session() {
        assertThat(scene.session("PUT", scene.signIn().cookie()).status()).isEqualTo(404);
    }

    @Nested
    @Rule("A3")
    class Lockout {

        @Test
        void the_right_password_is_refused_too_after_four_wrong_ones() {
            fail(4, SignInScene.EMAIL);

            assertThat(scene.signIn().status()).isEqualTo(401);
            assertThat(scene.signIn().code()).isEqualTo("13");

            scene.realTime.advance(Duration.ofMinutes(1));
            assertThat(scene.signIn().status()).isEqualTo(200);
        }

        @Test
        void whoever_signs_in_from_elsewhere_is_not_locked_out() {
            fail(4, SignInScene.EMAIL);

            scene.peer = "192.0.2.7";
            assertThat(scene.signIn().status()).isEqualTo(200);
            scene.peer = "127.0.0.1";
            assertThat(scene.signIn().code()).isEqualTo("13");
        }

        @Test
        void a_key_that_nobody_has_is_answered_and_locked_as_any_other() {
            for (int i = 0; i < 4; i++) {
                assertThat(scene.signInWithKey("NOBODYS", "wrong").code()).isEqualTo("1");
            }
            assertThat(scene.signInWithKey("NOBODYS", "wrong").code()).isEqualTo("13");
        }

        @Test
        void three_wrong_ones_are_forgotten_with_the_right_one() {
            fail(3, SignInScene.EMAIL);
            assertThat(scene.signIn().status()).isEqualTo(200);
            fail(3, SignInScene.EMAIL);
            assertThat(scene.signIn().status()).isEqualTo(200);
        }

        @Test
        void an_address_that_nobody_has_is_locked_as_well() {
            fail(4, "bob@example.org");

            assertThat(scene.signIn("bob@example.org", "wrong").code()).isEqualTo("13");
            assertThat(scene.signIn().status()).isEqualTo(200);
        }

        @Test
        void the_letters_case_is_no_way_around() {
            fail(2, "Ada@example.org");
            fail(2, "ADA@example.org");

            assertThat(scene.signIn().code()).isEqualTo("13");
        }

        @Test
        void wrong_secrets_and_wrong_signatures_of_a_key_count_together() {
            String id = scene.key.id().value();
            for (int i = 0; i < 4; i++) {
                assertThat(scene.signInWithKey(id, "wrong").code()).isEqualTo("1");
            }

            assertThat(scene.signInWithKey(id, scene.key.secret()).code()).isEqualTo("13");
            assertThat(scene.call("ReadNets", signedBy(id), "{}").code()).isEqualTo("13");
        }

        private Map<String, String> signedBy(String id) {
            String now = scene.realTime.instant().toString().replaceAll("[-:]|\\.[0-9]+", "");
            return Map.of(
                    "X-Osc-Date",
                    now,
                    "Authorization",
                    "OSC4-HMAC-SHA256 Credential=%s/%s/eu-west-2/api/osc4_request, SignedHeaders=host;x-osc-date, Signature=00"
                            .formatted(id, now.substring(0, 8)));
        }
    }

    @Nested
    @Rule("A6")
    class InTheDevelopersMode {

        private final SignInScene developers = new SignInScene(true);

        @Test
        void any_key_of_twelve_digits_is_that_account() {
            Answer answer = developers.signInWithKey("222222222222", "whatever");

            assertThat(answer.body().path("AccountId").asString()).isEqualTo("222222222222");
            assertThat(answer.body().path("Dev").asBoolean()).isTrue();
            assertThat(developers.fixture.<Boolean>read(snapshot -> snapshot.accounts()
                            .find(new AccountId("222222222222"))
                            .isPresent()))
                    .isTrue();
            assertThat(developers
                            .session("GET", answer.cookie())
                            .body()
                            .path("AccountId")
                            .asString())
                    .isEqualTo("222222222222");
        }

        @Test
        void any_other_key_is_anybodys() {
            assertThat(developers
                            .signInWithKey("AKIA", "whatever")
                            .body()
                            .path("AccountId")
                            .asString())
                    .isEqualTo("123456789012");
        }

        @Test
        void a_password_is_compared_as_ever() {
            assertThat(developers.signIn().status()).isEqualTo(200);
            assertThat(developers.signIn(SignInScene.EMAIL, "wrong").status()).isEqualTo(401);
        }
    }

    @Test
    void nothing_of_signing_in_is_in_the_event_log() {
        long before = scene.fixture.<Long>read(snapshot -> snapshot.events().lastSequence());

        scene.session("DELETE", scene.signIn().cookie());

        assertThat(scene.fixture.<Long>read(snapshot -> snapshot.events().lastSequence()))
                .isEqualTo(before);
    }
}
