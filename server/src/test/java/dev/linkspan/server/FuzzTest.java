package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.server.PersistentSocket.Answer;
import dev.linkspan.server.StrangeRequests.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Strange requests to a real server: no answer of 5xx, none that does not come, none that is not JSON or XML, and no line of the
 * log that is not a record. A hundred thousand with {@code --long}, and a few thousand else.
 */
@Slow
class FuzzTest {

    private static final boolean LONG = Boolean.getBoolean("linkspan.long");
    private static final int CALLS = LONG ? 100_000 : 2_000;
    private static final int CLIENTS = 8;

    /** What EC2 says, with 503, to whoever waits in vain for a turn to have a key made. */
    private static final String BUSY = "<Code>RequestLimitExceeded</Code>";

    /** With it no path can be read, so that nobody knows which API was meant: the refusal is plain text. */
    private static final String NO_PATH = "%00";

    private static final int SHOWN = 20;
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();

    @Test
    @Rule("E3")
    void strange_requests_are_answered_in_words_and_break_nothing() throws Exception {
        long seed = Long.getLong("linkspan.seed", System.nanoTime());
        long began = System.nanoTime();
        ChildServer.Order order = ChildServer.Order.server(
                folder, "--dev", "--network", "none", "--calls-per-account", "0", "--calls-per-address", "0");
        try (ChildServer server = ChildServer.start(folder, order)) {
            URI url = server.url();
            Settings settings = Settings.of(List.of(), Map.of());
            StrangeRequests requests = new StrangeRequests(
                    new Operations(settings.regions(), settings.publicIps(), new PeeringRules(true, true)));
            try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
                List<Future<?>> clients = new ArrayList<>();
                for (int client = 0; client < CLIENTS; client++) {
                    Random random = new Random(seed + client);
                    clients.add(threads.submit(() -> ask(url, requests, random, CALLS / CLIENTS)));
                }
                for (Future<?> client : clients) {
                    client.get();
                }
            }
            assertThat(server.isAlive()).isTrue();
            server.log().stream().filter(line -> !isRecord(line)).forEach(line -> faults.add("log: " + line));
        }
        System.out.printf(
                "fuzz: %,d calls, answers %s, %d faults, %d s, seed %d%n",
                CALLS,
                new TreeMap<>(statuses),
                faults.size(),
                Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                seed);
        assertThat(faults.stream().limit(SHOWN).toList()).isEmpty();
        assertThat(statuses).as("something gets through").containsKey(200);
    }

    private Void ask(URI url, StrangeRequests requests, Random random, int calls) throws IOException {
        PersistentSocket socket = new PersistentSocket(url);
        try {
            for (int call = 0; call < calls; call++) {
                Request request = requests.next(random);
                boolean ended = true;
                try {
                    Answer answer = socket.ask(request);
                    statuses.merge(answer.status(), 1, Integer::sum);
                    look(request, answer);
                    requests.learn(answer.body());
                    ended = answer.last();
                } catch (SocketTimeoutException hanging) {
                    faults.add("no answer to " + shown(request));
                } catch (IOException cut) {
                    faults.add("%s: %s".formatted(cut.getMessage(), shown(request)));
                }
                if (ended) {
                    socket.close();
                    socket = new PersistentSocket(url);
                }
            }
        } finally {
            socket.close();
        }
        return null;
    }

    private void look(Request request, Answer answer) {
        if (answer.status() >= 500 && !answer.body().contains(BUSY)) {
            faults.add("%d %s to %s".formatted(answer.status(), answer.body(), shown(request)));
        } else if (!isWellFormed(request, answer) && !(request.path().contains(NO_PATH) && answer.status() == 400)) {
            faults.add("%d, which cannot be read: %s to %s".formatted(answer.status(), answer.body(), shown(request)));
        }
    }

    private static boolean isWellFormed(Request request, Answer answer) {
        try {
            if (request.isEc2()) {
                DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
            } else {
                JSON.readTree(answer.body());
            }
            return true;
        } catch (Exception unreadable) {
            return false;
        }
    }

    private static boolean isRecord(String line) {
        try {
            JsonNode record = JSON.readTree(line);
            return record.isObject()
                    && record.has("time")
                    && record.has("level")
                    && record.has("message")
                    && !record.path("message").asString().contains("BUG:");
        } catch (JacksonException broken) {
            return false;
        }
    }

    private static String shown(Request request) {
        String body = new String(request.body(), StandardCharsets.UTF_8);
        return "%s %s %s %s"
                .formatted(
                        request.method(),
                        request.path(),
                        request.headers(),
                        body.substring(0, Math.min(600, body.length())));
    }
}
