package dev.linkspan.server.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.NetworkStatus;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Headers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HealthEndpointTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final InMemoryStore store = new InMemoryStore();
    private final CountDownLatch released = new CountDownLatch(1);
    private Supplier<Optional<String>> whyNotWritable = Optional::empty;
    private NetworkStatus.Report network = network(Duration.ofMillis(1200), Map.of());
    private Duration change = Duration.ZERO;
    private Duration read = Duration.ZERO;
    private final Readiness readiness = new Readiness(
            store,
            Fixture.REGION,
            new Readiness.StoreFacts(() -> whyNotWritable.get(), 3, () -> change, () -> read),
            () -> network);
    private final HealthEndpoint endpoint = new HealthEndpoint(readiness);

    @AfterEach
    void release() {
        released.countDown();
        store.close();
    }

    private static NetworkStatus.Report network(Duration lag, Map<NetId, String> failing) {
        return network(false, new NetworkStatus.Progress(Map.of(), lag, 7, failing, Optional.empty()));
    }

    private record Nothing() {}

    private static NetworkStatus.Report network(boolean standingBy, NetworkStatus.Progress progress) {
        return new NetworkStatus.Report(new NetworkStatus.Carrier("netns", true, new Nothing()), standingBy, progress);
    }

    private ApiResponse send(String method, String path) {
        return endpoint.answer(new ApiRequest("r", method, path, "", Headers.NONE, new byte[0], false, "127.0.0.1"));
    }

    private JsonNode ready(int status) {
        ApiResponse response = send("GET", "/readyz");
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.contentType()).isEqualTo("application/json");
        return JSON.readTree(response.body());
    }

    private static JsonNode check(JsonNode answer, String name) {
        return answer.path("Checks")
                .valueStream()
                .filter(check -> check.path("Name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_server_that_can_work_says_so_check_by_check() {
        JsonNode answer = ready(200);

        assertThat(answer.path("Status").asString()).isEqualTo("ready");
        assertThat(answer.path("Checks")
                        .valueStream()
                        .map(check -> check.path("Name").asString()))
                .containsExactly("serving", "store", "migrations", "network");
        assertThat(answer.path("Checks").valueStream())
                .allMatch(check -> check.path("Passed").asBoolean());
        assertThat(check(answer, "migrations").path("Message").asString()).endsWith("up to 3");
        assertThat(check(answer, "network").path("Message").asString()).isEqualTo("netns, 1.2 s behind");
    }

    @Test
    void it_is_alive_whatever_the_store_does() {
        store.close();

        ApiResponse response = send("GET", "/healthz");

        assertThat(response.status()).isEqualTo(200);
        assertThat(JSON.readTree(response.body()).path("Status").asString()).isEqualTo("alive");
    }

    @Test
    void without_a_store_to_read_it_is_not_ready() {
        store.close();

        JsonNode answer = ready(503);

        assertThat(answer.path("Status").asString()).isEqualTo("not ready");
        assertThat(check(answer, "store").path("Passed").asBoolean()).isFalse();
        assertThat(check(answer, "store").path("Message").asString()).contains("closed");
    }

    @Test
    void without_a_store_to_write_it_is_not_ready_until_there_is_one() {
        whyNotWritable = () -> Optional.of("the disk is full");
        assertThat(check(ready(503), "store").path("Message").asString()).isEqualTo("the disk is full");

        whyNotWritable = Optional::empty;
        ready(200);
    }

    @Test
    void a_store_that_hangs_is_named_in_bounded_time() {
        whyNotWritable = () -> {
            try {
                released.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        };
        long began = System.nanoTime();

        JsonNode answer = ready(503);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Readiness.PATIENCE);
        assertThat(check(answer, "store").path("Message").asString()).contains("does not answer");
    }

    @Test
    void a_network_that_lags_too_far_behind_is_named() {
        network = network(Readiness.LONGEST_LAG, Map.of());
        ready(200);

        network = network(Readiness.LONGEST_LAG.plusMillis(1), Map.of());
        assertThat(check(ready(503), "network").path("Message").asString())
                .contains("netns", "30 s behind", "7 Nets are waiting");
    }

    @Test
    void a_server_is_not_ready_before_what_was_there_at_its_start_is_on_the_wire() {
        network = network(
                false,
                new NetworkStatus.Progress(
                        Map.of(),
                        Duration.ofMillis(1),
                        7,
                        Map.of(),
                        Optional.of(new NetworkStatus.InitialSync(493, 500))));

        assertThat(check(ready(503), "network").path("Message").asString()).contains("493 of 500 Nets");
    }

    @Test
    void a_net_that_cannot_be_made_is_told_and_does_not_make_the_server_unready() {
        network = network(Duration.ZERO, Map.of(new NetId("vpc-12345678"), "no room"));

        String message = check(ready(200), "network").path("Message").asString();

        assertThat(message).contains("cannot be made as planned: 1").doesNotContain("vpc-12345678");
    }

    @Test
    void a_network_that_another_server_carries_is_not_this_ones_to_blame() {
        network = network(true, new NetworkStatus.Progress(Map.of(), Duration.ZERO, 0, Map.of(), Optional.empty()));

        assertThat(check(ready(200), "network").path("Message").asString())
                .isEqualTo("netns, carried by another server");
    }

    @Test
    void a_server_that_stops_is_not_ready_and_alive() {
        readiness.stop();

        assertThat(check(ready(503), "serving").path("Message").asString()).contains("stopping");
        assertThat(send("GET", "/healthz").status()).isEqualTo(200);
    }

    @Test
    void head_asks_the_same() {
        assertThat(send("HEAD", "/readyz").status()).isEqualTo(200);
        readiness.stop();
        assertThat(send("HEAD", "/readyz").status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void there_is_nothing_to_be_changed(String method) {
        ApiResponse response = send(method, "/healthz");
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).containsEntry("Allow", "GET, HEAD");
    }

    @Test
    void a_server_in_which_changes_or_reads_wait_is_not_ready_and_says_which() {
        change = Readiness.LONGEST_WAIT.plusSeconds(2);
        assertThat(check(ready(503), "store").path("Message").asString()).startsWith("a change has waited for 7 s");

        change = Readiness.LONGEST_WAIT;
        read = Readiness.LONGEST_WAIT.plusSeconds(1);
        assertThat(check(ready(503), "store").path("Message").asString()).startsWith("a read has waited for 6 s");

        read = Duration.ZERO;
        ready(200);
    }

    @Test
    void a_server_of_which_something_has_ended_is_neither_well_nor_ready() {
        readiness.end("store-writer");
        assertThat(send("GET", "/healthz").status()).isEqualTo(503);
        assertThat(check(ready(503), "serving").path("Message").asString()).contains("store-writer has ended");
    }

    @Test
    void a_server_that_accepts_nobody_is_not_ready() {
        readiness.askListener(() -> Optional.of("Too many open files"));
        assertThat(send("GET", "/healthz").status()).isEqualTo(200);
        assertThat(check(ready(503), "serving").path("Message").asString()).contains("Too many open files");
    }
}
