package dev.linkspan.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Semaphore go = new Semaphore(0);
    private final BlockingQueue<ApiRequest> seen = new ArrayBlockingQueue<>(10);
    private final HttpServer server = new HttpServer(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
            request -> {
                seen.add(request);
                if (request.path().equals("/slow")) {
                    go.acquireUninterruptibly();
                }
                return new ApiResponse(
                        418,
                        "text/x-test",
                        "short and stout".getBytes(StandardCharsets.UTF_8),
                        Optional.empty(),
                        Map.of("X-A", "b"),
                        AccessRecord.on("test", "brew"));
            },
            _ -> true,
            HttpLimits.DEFAULT,
            GRACE);
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private ApiRequest next() throws InterruptedException {
        ApiRequest request = seen.poll(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private URI at(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + server.port() + pathAndQuery);
    }

    @Test
    void a_request_arrives_as_it_was_sent() throws IOException, InterruptedException {
        var answer = client.send(
                HttpRequest.newBuilder(at("//api/v1/%52ead?b=a%20b&a=+"))
                        .header("X-Two", "one")
                        .header("X-Two", "two")
                        .header("Authorization", "A B=c, D=e")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        ApiRequest request = next();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("//api/v1/%52ead");
        assertThat(request.query()).isEqualTo("b=a%20b&a=+");
        assertThat(request.headers().all("x-two")).containsExactly("one", "two");
        assertThat(request.headers().first("AUTHORIZATION")).contains("A B=c, D=e");
        assertThat(request.headers().first("Host")).contains("127.0.0.1:" + server.port());
        assertThat(request.body()).asString().isEqualTo("{}");
        assertThat(request.peer()).isEqualTo("127.0.0.1");
        assertThat(answer.statusCode()).isEqualTo(418);
        assertThat(answer.body()).isEqualTo("short and stout");
        assertThat(answer.headers().firstValue("content-type")).contains("text/x-test");
        assertThat(answer.headers().firstValue("x-a")).contains("b");
    }

    @Test
    void a_body_may_be_as_long_as_the_limit() throws IOException, InterruptedException {
        client.send(
                HttpRequest.newBuilder(at("/"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[ApiRequest.LONGEST_BODY]))
                        .build(),
                BodyHandlers.ofString());
        assertThat(next().cutShort()).isFalse();
    }

    @Test
    void a_longer_body_is_not_read_and_answered() throws IOException, InterruptedException {
        try (Socket socket = connected()) {
            socket.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
                            .formatted(100L << 20)
                            .getBytes(StandardCharsets.US_ASCII));
            ApiRequest request = next();
            assertThat(request.cutShort()).isTrue();
            assertThat(request.received()).isEmpty();
            assertThat(rest(socket)).startsWith("HTTP/1.1 418").contains("Connection: close");
        }
    }

    @Test
    void so_is_a_longer_one_that_does_not_say_how_long_it_is() throws IOException, InterruptedException {
        client.send(
                HttpRequest.newBuilder(at("/"))
                        .POST(HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(new byte[ApiRequest.LONGEST_BODY + 1])))
                        .build(),
                BodyHandlers.ofString());
        assertThat(next().cutShort()).isTrue();
    }

    @Test
    void a_head_request_is_answered_without_the_body() throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
            String request = "%s / HTTP/1.1\r\nHost: x\r\nConnection: %s\r\n\r\n";
            socket.getOutputStream()
                    .write((request.formatted("HEAD", "keep-alive") + request.formatted("GET", "close"))
                            .getBytes(StandardCharsets.US_ASCII));

            String[] answers =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split("(?=HTTP/1.1)");

            assertThat(answers).hasSize(2);
            assertThat(answers[0])
                    .startsWith("HTTP/1.1 418")
                    .contains("Content-Length: 15")
                    .endsWith("\r\n\r\n");
            assertThat(answers[1])
                    .startsWith("HTTP/1.1 418")
                    .contains("Content-Length: 15")
                    .endsWith("short and stout");
        }
    }

    @Test
    void an_address_in_use_is_named() {
        HttpServer second = new HttpServer(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port()),
                _ -> ApiResponse.text(200, "", AccessRecord.on("test", "")),
                _ -> true,
                HttpLimits.DEFAULT,
                GRACE);
        assertThatThrownBy(second::start)
                .isInstanceOf(AddressUnavailable.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    @Test
    void every_request_has_an_id_of_its_own() throws IOException, InterruptedException {
        client.send(HttpRequest.newBuilder(at("/")).build(), BodyHandlers.ofString());
        client.send(HttpRequest.newBuilder(at("/")).build(), BodyHandlers.ofString());
        assertThat(next().id()).isNotEqualTo(next().id());
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void ask(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(path).getBytes(StandardCharsets.US_ASCII));
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void a_server_that_stops_answers_what_it_has_taken_and_ends_the_connection() throws Exception {
        try (Socket slow = connected();
                Socket idle = connected()) {
            ask(slow, "/slow");
            next();
            Thread closing = Thread.ofPlatform().start(server::close);
            // It says farewell, and then waits for the slow request.
            while (closing.getState() != Thread.State.TIMED_WAITING && closing.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            ask(idle, "/");
            assertThat(rest(idle))
                    .satisfiesAnyOf(
                            answer -> assertThat(answer)
                                    .contains("Connection: close")
                                    .endsWith("short and stout"),
                            answer -> assertThat(answer).isEmpty());
            assertThat(closing.isAlive()).isTrue();

            go.release();

            assertThat(rest(slow)).contains("Connection: close").endsWith("short and stout");
            assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void a_server_that_stops_closes_idle_connections_in_peace() throws Exception {
        try (Socket never = connected();
                Socket kept = connected()) {
            ask(kept, "/");
            next();

            server.close();

            assertThat(rest(never)).isEmpty();
            assertThat(rest(kept)).endsWith("short and stout");
        }
    }

    @Test
    void it_does_not_wait_longer_than_it_may() throws Exception {
        HttpServer impatient = new HttpServer(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                request -> {
                    seen.add(request);
                    go.acquireUninterruptibly();
                    return ApiResponse.text(200, "", AccessRecord.on("test", ""));
                },
                _ -> true,
                HttpLimits.DEFAULT,
                Duration.ofMillis(50));
        impatient.start();
        try (Socket slow = new Socket(InetAddress.ofLiteral("127.0.0.1"), impatient.port())) {
            ask(slow, "/slow");
            next();
            long began = System.nanoTime();

            impatient.close();

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(GRACE);
            go.release();
        }
    }
}
