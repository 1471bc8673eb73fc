package dev.linkspan.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients and proxies send besides the usual: it is understood where HTTP has it, and refused in words where not. */
@Slow
class HttpFaultsTest {

    private final List<ApiRequest> seen = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLoggerName().startsWith("org.eclipse.jetty")
                    || line.getLoggerName().startsWith("dev.linkspan")) {
                logged.add(line);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final HttpServer server = new HttpServer(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
            new Endpoint() {
                @Override
                public ApiResponse answer(ApiRequest request) {
                    seen.add(request);
                    return ApiResponse.text(
                            200,
                            request.method() + " " + new String(request.received(), StandardCharsets.UTF_8),
                            AccessRecord.on("test", ""));
                }

                @Override
                public ApiResponse refuse(ApiRequest request, Refusal refusal) {
                    refused.add(request.path() + " " + refusal.code());
                    return Endpoint.super.refuse(request, refusal);
                }
            },
            _ -> true,
            HttpLimits.DEFAULT,
            Duration.ofSeconds(1));

    @BeforeEach
    void start() {
        server.start();
        logged.clear();
        root.addHandler(listening);
    }

    @AfterEach
    void stop() {
        root.removeHandler(listening);
        server.close();
    }

    private String exchange(String text) throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            return client.send(text).rest();
        }
    }

    @Test
    void http_1_0_is_answered_and_ends_the_connection() throws IOException {
        assertThat(exchange("GET /readyz HTTP/1.0\n\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("GET ");
        assertThat(exchange("POST /api HTTP/1.0\nHost: upstream\nConnection: close\nContent-Length: 2\n\n{}"))
                .endsWith("POST {}");
    }

    @Test
    void http_1_0_keeps_the_connection_where_it_asks_for_that() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            String asked = "GET / HTTP/1.0\nConnection: keep-alive\n\n";
            assertThat(client.send(asked).answer()).contains("Connection: keep-alive");
            assertThat(client.send(asked).answer()).endsWith("GET ");
        }
    }

    @Test
    void chunks_may_have_extensions_and_trailers() throws IOException {
        assertThat(exchange("""
                POST / HTTP/1.1
                Host: x
                Connection: close
                Transfer-Encoding: chunked
                Trailer: X-Sum

                3;name=value
                abc
                2
                de
                0
                X-Sum: 5

                """)).startsWith("HTTP/1.1 200").endsWith("POST abcde");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PATCH", "OPTIONS", "TRACE", "BREW", "M-SEARCH"})
    void odd_methods_reach_the_api(String method) throws IOException {
        assertThat(exchange(method + " / HTTP/1.1\nHost: x\nConnection: close\n\n"))
                .startsWith("HTTP/1.1 200")
                .contains(method);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%2Fb/../c;d=e", "//api//v1", "/..%2f", "/%52ead", "/?q=%", "/?%zz=1&&=", "/a?b?c"})
    void a_path_and_a_query_arrive_as_they_were_sent(String target) throws IOException {
        assertThat(exchange("GET " + target + " HTTP/1.1\nHost: x\nConnection: close\n\n"))
                .startsWith("HTTP/1.1 200");
        ApiRequest request = seen.getFirst();
        assertThat(request.path() + (target.contains("?") ? "?" + request.query() : ""))
                .isEqualTo(target);
    }

    @Test
    void a_query_of_64_kib_is_read() throws IOException {
        String query = "a=" + "b".repeat(64 << 10);
        assertThat(exchange("GET /?" + query + " HTTP/1.1\nHost: x\n\n")).startsWith("HTTP/1.1 200");
        assertThat(seen.getFirst().query()).isEqualTo(query);
    }

    @Test
    void a_longer_head_is_refused() throws IOException {
        assertThat(exchange("GET /?" + "b".repeat(HttpLimits.LONGEST_HEAD) + " HTTP/1.1\nHost: x\n\n"))
                .startsWith("HTTP/1.1 400")
                .contains("longer than 81920 bytes", "Connection: close");
        assertThat(exchange("GET /api/v1/A HTTP/1.1\nHost: x\nX: " + "b".repeat(HttpLimits.LONGEST_HEAD) + "\n\n"))
                .startsWith("HTTP/1.1 400")
                .contains("longer than 81920 bytes");
        assertThat(refused).containsExactly("- REQUEST_TOO_LARGE", "/api/v1/A REQUEST_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\n\n",
                "GET / HTTP/3.0\nHost: x\n\n",
                "GET / HTTP/1.1\n\n",
                "GET /%zz HTTP/1.1\nHost: x\n\n",
                "GET / HTTP/1.1\nHost: x\nNo colon\n\n",
                "POST / HTTP/1.1\nHost: x\nContent-Length: many\n\n",
                "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\nmany\n",
                "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: unheard-of\n\n",
                "POST / HTTP/1.1\nHost: x\nExpect: a-surprise\n\n",
            })
    void what_is_not_http_is_answered_400_and_told_once(String request) throws IOException {
        assertThat(exchange(request)).startsWith("HTTP/1.1 400").contains("cannot be read as HTTP");
        assertThat(refused).hasSize(1);
        assertThat(logged).as("stack traces, and lines besides the API's").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\nHost: x\nContent-Length: 10\n\nabc",
                "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n5\nab",
            })
    void a_client_that_goes_away_within_a_body_costs_one_line(String half) throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(half);
            client.endOutput();
            assertThat(client.rest()).startsWith("HTTP/1.1 400");
        }
        assertThat(refused).hasSize(1);
        assertThat(seen).isEmpty();
        assertThat(logged).isEmpty();
    }

    @Test
    void one_that_has_not_even_asked_yet_costs_none() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send("GET / HTTP/1.1\nHo");
            client.endOutput();
            assertThat(client.rest()).isEmpty();
        }
        assertThat(logged).isEmpty();
        server.close();
        assertThat(refused).as("and none comes any more").isEmpty();
        assertThat(logged)
                .filteredOn(line -> line.getLevel().intValue() > Level.INFO.intValue())
                .isEmpty();
    }

    @Test
    void requests_may_follow_each_other_without_waiting_for_answers() throws IOException {
        String one = "POST / HTTP/1.1\nHost: x\nContent-Length: 1\n\n";
        try (RawClient client = RawClient.to(server.port())) {
            client.send(one + "a" + one + "b" + one + "c");
            assertThat(List.of(client.answer(), client.answer(), client.answer()))
                    .extracting(answer -> answer.substring(answer.length() - 1))
                    .containsExactly("a", "b", "c");
        }
    }
}
