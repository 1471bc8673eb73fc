package dev.linkspan.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatcherTest {

    private final RecordingObserver observer = new RecordingObserver();

    private static final class RecordingObserver implements CallObserver {

        private final List<String> heard = new ArrayList<>();

        @Override
        public void began() {
            heard.add("began");
        }

        @Override
        public void answered(AccessRecord access, int status, Duration took) {
            assertThat(took).isPositive();
            heard.add("%s %s %d".formatted(access.api(), access.operation(), status));
        }
    }

    private static ApiResponse ask(Endpoint endpoint, String path) {
        return endpoint.answer(new ApiRequest("r", "GET", path, "", Headers.NONE, new byte[0], false, "127.0.0.1"));
    }

    private static Endpoint saying(String text) {
        return _ -> ApiResponse.text(200, text, AccessRecord.on("test", text));
    }

    private static String said(ApiResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/X, api",
        "//api//v1/X, api",
        "/healthz, health",
        "/linkspan/v1/X, own",
        "/, root",
        "/ReadX, bare",
        "//ReadX, bare",
    })
    void the_longest_path_that_matches_answers(String path, String expected) {
        Dispatcher dispatcher = new Dispatcher(
                Map.of(
                        "/", saying("root"),
                        "/api/", saying("api"),
                        "/linkspan/v1/", saying("own"),
                        "/healthz", saying("health"),
                        "/ReadX", saying("bare")),
                observer);
        assertThat(said(ask(dispatcher, path))).isEqualTo(expected);
    }

    @Test
    void what_nobody_answers_is_not_found() {
        Dispatcher dispatcher = new Dispatcher(
                Map.of("/", saying("root"), "/api/", saying("api"), "/healthz", saying("health")), observer);
        assertThat(ask(dispatcher, "/other").status()).isEqualTo(404);
        assertThat(ask(dispatcher, "/healthz/more").status()).isEqualTo(404);
    }

    @Test
    void an_endpoint_that_fails_is_a_bug_with_a_request_id() {
        try (LoggedBugs logged = new LoggedBugs()) {
            ApiResponse response = ask(
                    new Dispatcher(
                            Map.of("/", _ -> {
                                throw new IllegalStateException("on purpose");
                            }),
                            observer),
                    "/");
            assertThat(response.status()).isEqualTo(500);
            assertThat(said(response)).startsWith("BUG: request r").doesNotContain("on purpose");
            assertThat(logged.messages()).anyMatch(message -> message.startsWith("BUG: "));
        }
    }

    @Test
    void whoever_observes_hears_of_every_request_twice() {
        Dispatcher dispatcher = new Dispatcher(Map.of("/api/", saying("Read")), observer);

        ask(dispatcher, "/api/v1/Read");
        ask(dispatcher, "/made-up-by-a-client");

        assertThat(observer.heard).containsExactly("began", "test Read 200", "began", "none unknown 404");
    }
}
