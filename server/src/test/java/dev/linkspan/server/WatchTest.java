package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That nothing ends unnoticed which the server cannot live without; how each thread's end is seen is its own part's test. */
@Slow
class WatchTest {

    @TempDir
    private Path data;

    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

    private Assembly start() {
        List<String> arguments =
                List.of("--listen", "127.0.0.1:0", "--network", "none", "--data", data.toString(), "--dev");
        return Assembly.start(Settings.of(arguments, Map.of()), ended::add);
    }

    /** Ends a platform thread that takes an interruption for its end. */
    static void interrupt(String name) {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(name))
                .forEach(Thread::interrupt);
    }

    private static int status(HttpClient client, URI url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void a_server_whose_listener_has_ended_notices_it_and_is_neither_well_nor_ready() throws Exception {
        try (Assembly server = start();
                HttpClient connected = HttpClient.newHttpClient()) {
            assertThat(status(connected, server.url().resolve("/healthz"))).isEqualTo(200);

            interrupt("-acceptor-0");

            assertThat(ended.poll(20, TimeUnit.SECONDS)).isEqualTo("listener");
            assertThat(status(connected, server.url().resolve("/healthz"))).isEqualTo(503);
            assertThat(status(connected, server.url().resolve("/readyz"))).isEqualTo(503);
        }
    }

    /** {@link EndingServer} does to itself what a fault would, and says nothing more. */
    private ChildServer ending(String what, int heap, int openFiles) throws IOException {
        List<String> arguments = List.of(what, data.toString());
        return ChildServer.start(data, new ChildServer.Order(EndingServer.class, arguments, heap, openFiles));
    }

    private int exitCodeOf(String what, int heap) throws IOException, InterruptedException {
        try (ChildServer server = ending(what, heap, 0)) {
            return server.exitCode();
        }
    }

    @Test
    void a_server_of_which_something_has_ended_says_so_and_exits_with_a_code_of_its_own() throws Exception {
        assertThat(exitCodeOf(EndingServer.LISTENER, 256)).isEqualTo(4);
        assertThat(Files.readString(data.resolve("log")))
                .contains("listener has ended, which this server cannot go on without", "exiting with code 4");
    }

    @Test
    void so_does_one_that_has_no_memory_left() throws Exception {
        assertThat(exitCodeOf(EndingServer.MEMORY, 256)).isEqualTo(3);
        assertThat(Files.readString(data.resolve("log"))).contains("OutOfMemoryError");
    }

    @Test
    void so_does_one_whose_heap_is_used_up() throws Exception {
        assertThat(exitCodeOf(EndingServer.HEAP, 48)).isEqualTo(3);
        assertThat(Files.readString(data.resolve("out"))).contains("linkspan ready", "OutOfMemoryError");
    }

    /** Without files no class is loaded that has to be read first, so everything has been done once before. */
    @Test
    void one_that_may_open_no_more_files_goes_on_when_it_may_again() throws Exception {
        try (ChildServer server = ending(EndingServer.FILES, 256, 250)) {
            URI url = server.url();
            assertThat(ask(url, "POST /api/v1/CreateNet", "{\"IpRange\":\"10.0.0.0/16\"}"))
                    .startsWith("HTTP/1.1 200");
            assertThat(ask(url, "GET /readyz", "")).startsWith("HTTP/1.1 200");
            await(() -> !ask(url, "GET /metrics", "").contains("linkspan_sweeps_total{outcome=\"done\"} 0"));

            Path hold = Files.createFile(data.resolve(EndingServer.HOLD));
            await(() -> ask(url, "GET /healthz", "").isEmpty());
            Files.delete(hold);

            await(() -> ask(url, "GET /readyz", "").startsWith("HTTP/1.1 200"));
            assertThat(ask(url, "POST /api/v1/CreateNet", "{\"IpRange\":\"10.1.0.0/16\"}"))
                    .startsWith("HTTP/1.1 200");
            assertThat(server.isAlive()).isTrue();
            assertThat(server.log()).anyMatch(line -> line.contains("connections are accepted again"));
        }
    }

    /** The answer on a connection of its own; empty where none comes within two seconds. */
    private static String ask(URI url, String what, String body) {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(2_000);
            String request = "%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(what, url.getAuthority(), body.length(), body);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException none) {
            return "";
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void a_server_that_is_closed_has_not_ended_by_itself() throws InterruptedException {
        start().close();
        assertThat(ended.poll(1, TimeUnit.SECONDS)).isNull();
    }
}
