package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
    private int exitCodeOf(String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndingServer.class.getName(),
                        what,
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("log").toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_server_of_which_something_has_ended_says_so_and_exits_with_a_code_of_its_own() throws Exception {
        assertThat(exitCodeOf(EndingServer.LISTENER)).isEqualTo(4);
        assertThat(Files.readString(data.resolve("log")))
                .contains("listener has ended, which this server cannot go on without", "exiting with code 4");
    }

    @Test
    void so_does_one_that_has_no_memory_left() throws Exception {
        assertThat(exitCodeOf(EndingServer.MEMORY)).isEqualTo(3);
        assertThat(Files.readString(data.resolve("log"))).contains("OutOfMemoryError");
    }

    @Test
    void a_server_that_is_closed_has_not_ended_by_itself() throws InterruptedException {
        start().close();
        assertThat(ended.poll(1, TimeUnit.SECONDS)).isNull();
    }
}
