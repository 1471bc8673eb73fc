package dev.linkspan.server.api.oapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.LoggedBugs;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.Conversation.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OapiEndpointTest {

    record SaveRequest(@Required EmailAddress email) {}

    record SaveResponse(Optional<EmailAddress> email) {}

    record Greeting(String email) {}

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId account = fixture.account();
    private final Conversation conversation = new Conversation(
            store,
            account,
            List.of(
                    Operation.change("Save", SaveRequest.class, OapiEndpointTest::save),
                    Operation.read("Look", Operation.Nothing.class, (call, _) -> look(call)),
                    Operation.open("Greet", Operation.Nothing.class, Greeting.class, _ -> new Greeting("hello")),
                    Operation.read("Break", Operation.Nothing.class, (_, _) -> {
                        throw new IllegalStateException("a bug, on purpose");
                    })));

    private static Object save(ChangeCall call, SaveRequest request) {
        if (request.email().equals(new EmailAddress("taken@example.org"))) {
            throw new Refusal(RefusalCode.CONFLICT, "It is taken.");
        }
        call.work().accounts().save(new Account(call.caller(), Optional.of(request.email()), Map.of(), call.now()));
        return new SaveResponse(Optional.of(request.email()));
    }

    private static Object look(ReadCall call) {
        return new SaveResponse(call.snapshot().accounts().find(call.caller()).flatMap(Account::email));
    }

    private String email() {
        return conversation.call("Look", "").body().path("Email").asString();
    }

    @Test
    void a_change_is_carried_out_and_answered() {
        Answer answer = conversation.call("Save", "{\"Email\":\"a@example.org\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("Email").asString()).isEqualTo("a@example.org");
        assertThat(email()).isEqualTo("a@example.org");
    }

    @Test
    @Rule("E6")
    void dry_run_answers_only_the_context_and_changes_nothing() {
        Answer answer = conversation.call("Save", "{\"Email\":\"a@example.org\",\"DryRun\":true}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().propertyNames()).containsExactly("ResponseContext");
        assertThat(email()).isEmpty();
    }

    @Test
    @Rule("E6")
    void dry_run_is_refused_like_the_real_call() {
        assertThat(conversation
                        .call("Save", "{\"Email\":\"taken@example.org\",\"DryRun\":true}")
                        .code())
                .isEqualTo("9029");
        assertThat(conversation.call("Save", "{\"DryRun\":true}").code()).isEqualTo("7000");
    }

    @Test
    @Rule("E6")
    void dry_run_of_a_read_answers_only_the_context() {
        assertThat(conversation.call("Look", "{\"DryRun\":true}").body().propertyNames())
                .containsExactly("ResponseContext");
    }

    @Test
    @Rule("E6")
    void dry_run_must_be_a_boolean() {
        assertThat(conversation.call("Look", "{\"DryRun\":\"true\"}").code()).isEqualTo("4110");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/Look",
        "/api/latest/Look",
        "//api/v1/Look",
        "/api//latest///Look",
        "/Look",
        "/api/v1/api/v1/Look",
        "/api/v1//api/latest/Look"
    })
    @Rule("A1")
    void every_prefix_leads_to_the_call_and_doubled_slashes_count_once(String path) {
        assertThat(conversation.send("POST", path, new byte[0], false).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/Look",
        "PUT, /api/v1/Look",
        "POST, /api/v1/NoSuchCall",
        "POST, /api/v1/",
        "POST, /api/v2/Look",
        "POST, /api/v1/look",
        "POST, /api/v1/Look/more"
    })
    void an_unknown_call_is_12000(String method, String path) {
        Answer answer = conversation.send(method, path, new byte[0], false);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("12000");
        assertThat(answer.type()).isEqualTo("InvalidAction");
    }

    @Test
    @Rule("E1")
    void the_keys_of_an_error_stand_in_the_order_of_the_alphabet() {
        Answer answer = conversation.call("Save", "{}");
        assertThat(answer.body().propertyNames()).containsExactly("Errors", "ResponseContext");
        assertThat(answer.body().path("Errors").path(0).propertyNames()).containsExactly("Code", "Details", "Type");
        assertThat(answer.body().path("Errors").path(0).path("Code").isString()).isTrue();
    }

    @Test
    void an_open_call_needs_nobody() {
        assertThat(conversation.call("Greet", "").body().path("Email").asString())
                .isEqualTo("hello");
    }

    @Test
    void a_bug_is_500_and_says_where_to_look() {
        try (LoggedBugs logged = new LoggedBugs()) {
            Answer answer = conversation.call("Break", "");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.details()).startsWith("BUG: request ").doesNotContain("on purpose");
            assertThat(logged.messages()).anyMatch(message -> message.startsWith("BUG: "));
        }
    }

    @Test
    void a_body_that_was_cut_short_is_a_client_error() {
        Answer answer = conversation.send("POST", "/api/v1/Look", new byte[1 << 20], true);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("4110");
    }

    @Test
    void a_mebibyte_of_garbage_is_a_client_error() {
        byte[] garbage = new byte[1 << 20];
        Arrays.fill(garbage, (byte) 0xa7);
        assertThat(conversation.send("POST", "/api/v1/Look", garbage, false).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
            {"a":
            nul
            7
            []
            """)
    void what_is_no_object_is_4110(String body) {
        Answer answer = conversation.send("POST", "/api/v1/Look", body.getBytes(StandardCharsets.UTF_8), false);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("4110");
    }

    @Test
    void unknown_parameters_are_3001() {
        assertThat(conversation.call("Look", "{\"Colour\":1}").code()).isEqualTo("3001");
    }
}
