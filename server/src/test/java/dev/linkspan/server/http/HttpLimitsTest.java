package dev.linkspan.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What whoever comes may take of the server, and what it still does for others meanwhile. */
@Slow
class HttpLimitsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String GET = "GET / HTTP/1.1\nHost: x\n\n";
    private static final int LARGE = 100_000;

    private final Semaphore go = new Semaphore(0);
    private final BlockingQueue<ApiRequest> seen = new LinkedBlockingQueue<>();
    private final BlockingQueue<Refusal> refused = new LinkedBlockingQueue<>();
    private final List<RawClient> clients = new ArrayList<>();
    private HttpServer server;

    /** Tells how long each body was; whoever asks for /slow waits. */
    private final Endpoint endpoint = new Endpoint() {
        @Override
        public ApiResponse answer(ApiRequest request) {
            seen.add(request);
            if (request.path().equals("/slow")) {
                go.acquireUninterruptibly();
            }
            return ApiResponse.text(200, "read " + request.received().length, AccessRecord.on("test", ""));
        }

        @Override
        public ApiResponse refuse(ApiRequest request, Refusal refusal) {
            refused.add(refusal);
            return Endpoint.super.refuse(request, refusal);
        }
    };

    private static HttpLimits limits(int connections, int perAddress, long bodies) {
        return new HttpLimits(connections, perAddress, bodies, LONG, LONG, LONG);
    }

    private static HttpLimits times(Duration head, Duration body, Duration idle) {
        return new HttpLimits(1_000, 1_000, 1 << 20, head, body, idle);
    }

    /** Whoever sends a header X-Key is known. */
    private void serve(HttpLimits limits) {
        server = new HttpServer(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                endpoint,
                head -> head.headers().first("X-Key").isPresent(),
                limits,
                Duration.ofSeconds(1));
        server.start();
    }

    private RawClient connect() throws IOException {
        RawClient client = RawClient.to(server.port());
        clients.add(client);
        return client;
    }

    private static void waitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @AfterEach
    void stop() throws IOException {
        go.release(1_000);
        for (RawClient client : clients) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static String post(String path, String headers, int length) {
        return "POST %s HTTP/1.1\nHost: x\n%sContent-Length: %d\n\n".formatted(path, headers, length);
    }

    @Test
    void connections_beyond_the_limit_are_refused_with_a_word_and_far_beyond_it_without() throws IOException {
        serve(limits(100, 1_000, 1 << 20));
        for (int i = 0; i < 100; i++) {
            connect();
        }
        waitUntil(() -> server.connections() == 100);

        String told = connect().send(GET).rest();
        for (int i = 0; i < 200; i++) {
            connect();
        }

        assertThat(told).startsWith("HTTP/1.1 503").contains("Retry-After: 1", "as many connections as it may");
        assertThat(clients.getLast().isEnded()).isTrue();
        waitUntil(() -> server.connections() <= 112);
        assertThat(clients.getFirst().send(GET).answer()).startsWith("HTTP/1.1 200");
    }

    @Test
    void one_address_has_its_part_of_them_and_gets_it_back() throws IOException {
        serve(limits(1_000, 20, 1 << 20));
        for (int i = 0; i < 20; i++) {
            connect();
        }
        waitUntil(() -> server.connections() == 20);

        assertThat(connect().send(GET).rest())
                .startsWith("HTTP/1.1 429")
                .contains("as many connections from this address as there may be");

        for (RawClient client : clients) {
            client.close();
        }
        waitUntil(() -> server.connections() == 0);
        assertThat(connect().send(GET).answer()).startsWith("HTTP/1.1 200");
    }

    @Test
    void a_connection_that_asks_nothing_is_closed() throws IOException {
        serve(times(SHORT, LONG, LONG));
        assertThat(connect().rest()).isEmpty();
        waitUntil(() -> server.connections() == 0);
    }

    @Test
    void one_that_was_answered_is_closed_when_it_has_been_idle() throws IOException {
        serve(times(LONG, LONG, SHORT));
        RawClient client = connect().send(GET);
        assertThat(client.answer()).endsWith("read 0");
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void half_a_head_is_answered_when_its_time_is_over_also_where_bytes_still_come() throws IOException {
        serve(times(Duration.ofSeconds(1), LONG, LONG));
        RawClient client = connect().send("GET / HTTP/1.1\n");
        Thread.ofVirtual().start(() -> trickle(client));

        assertThat(client.rest()).startsWith("HTTP/1.1 408").contains("Connection: close");

        assertThat(refused).hasSize(1);
    }

    private static void trickle(RawClient client) {
        try {
            for (int i = 0; i < 1_000; i++) {
                client.send("X-%d: y\n".formatted(i));
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        } catch (IOException ended) {
            // as it should
        }
    }

    @Test
    void so_is_half_of_a_second_head() throws IOException {
        serve(times(SHORT, LONG, LONG));
        RawClient client = connect().send(GET);
        assertThat(client.answer()).endsWith("read 0");
        assertThat(client.send("GET /").rest()).startsWith("HTTP/1.1 408");
    }

    @Test
    void half_a_body_is_answered_when_its_time_is_over() throws IOException {
        serve(times(LONG, SHORT, LONG));
        assertThat(connect().send(post("/", "", 10) + "abc").rest())
                .startsWith("HTTP/1.1 408")
                .contains("nothing was done");
        assertThat(seen).isEmpty();
    }

    @Test
    void of_a_long_body_no_more_than_its_beginning_is_read_where_nobody_is_named() throws Exception {
        serve(limits(100, 100, 1 << 20));
        String answer =
                connect().send(post("/", "", LARGE)).send(new byte[LARGE]).rest();

        ApiRequest request = seen.poll(10, TimeUnit.SECONDS);
        assertThat(request.cutShort()).isTrue();
        assertThat(request.received()).hasSize(ApiRequest.LONGEST_OF_STRANGERS);
        assertThat(answer).startsWith("HTTP/1.1 200").contains("Connection: close");
        assertThat(connect().send(post("/", "", 10_000)).send(new byte[10_000]).answer())
                .endsWith("read 10000");
    }

    @Test
    void a_client_that_announces_itself_sends_a_long_body_only_if_it_is_known() throws Exception {
        serve(limits(100, 100, 1 << 20));
        RawClient stranger = connect().send(post("/", "Expect: 100-continue\n", LARGE));
        assertThat(stranger.rest()).startsWith("HTTP/1.1 200").contains("Connection: close");

        RawClient known = connect().send(post("/", "X-Key: a\nExpect: 100-continue\n", LARGE));
        assertThat(known.answer()).startsWith("HTTP/1.1 100");
        assertThat(known.send(new byte[LARGE]).answer()).endsWith("read " + LARGE);
    }

    @Test
    void long_bodies_share_a_budget_that_they_give_back() throws Exception {
        serve(limits(100, 100, 250_000));
        for (int i = 0; i < 2; i++) {
            connect().send(post("/slow", "X-Key: a\n", LARGE)).send(new byte[LARGE]);
        }
        waitUntil(() -> seen.size() == 2);
        assertThat(server.heldBodyBytes()).isEqualTo(2L * LARGE);

        assertThat(connect()
                        .send(post("/", "X-Key: a\n", LARGE))
                        .send(new byte[LARGE])
                        .rest())
                .startsWith("HTTP/1.1 503")
                .contains("as many bytes of large requests as it may");
        assertThat(connect().send(post("/", "", 10_000)).send(new byte[10_000]).answer())
                .as("a small one needs nothing of it")
                .endsWith("read 10000");

        go.release(2);
        waitUntil(() -> server.heldBodyBytes() == 0);
        assertThat(connect()
                        .send(post("/", "X-Key: a\n", LARGE))
                        .send(new byte[LARGE])
                        .answer())
                .endsWith("read " + LARGE);
    }

    @Test
    void so_do_long_heads_that_are_not_whole() throws IOException {
        serve(limits(100, 100, 250_000));
        String half = "GET /?" + "q".repeat(70_000);
        for (int i = 0; i < 3; i++) {
            connect().send(half);
        }
        waitUntil(() -> server.heldBodyBytes() >= 210_000);

        assertThat(told(half))
                .matches("|(?s)HTTP/1.1 503 .*Retry-After: 1.*as many bytes of large requests as it may.*");
        waitUntil(() -> !refused.isEmpty());
        assertThat(refused).extracting(Refusal::code).containsExactly(RefusalCode.UNAVAILABLE);
        assertThat(connect().send(GET).answer())
                .as("a short one needs nothing of it")
                .endsWith("read 0");

        assertThat(clients.getFirst().send(" HTTP/1.1\nHost: x\n\n").answer()).startsWith("HTTP/1.1 200");
        waitUntil(() -> server.heldBodyBytes() < 210_000);
    }

    /** What a client that sends all this is told; nothing where the kernel says first that nobody will read the rest. */
    private String told(String request) {
        try {
            return connect().send(request).rest();
        } catch (IOException reset) {
            return "";
        }
    }

    @Test
    void what_a_client_that_went_away_had_sent_is_given_back() throws IOException {
        serve(limits(100, 100, 1 << 20));
        RawClient client = connect().send(post("/", "X-Key: a\n", LARGE)).send(new byte[LARGE / 2]);
        waitUntil(() -> server.heldBodyBytes() == LARGE);

        client.close();

        waitUntil(() -> server.heldBodyBytes() == 0 && server.connections() == 0);
        assertThat(seen).isEmpty();
    }

    @Test
    void there_are_no_more_connections_than_files_allow() {
        assertThat(HttpLimits.DEFAULT.within(256).connections()).isEqualTo(128);
        assertThat(HttpLimits.DEFAULT.within(Long.MAX_VALUE)).isEqualTo(HttpLimits.DEFAULT);
    }
}
