package dev.linkspan.server.host.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.host.protocol.HostedMachine;
import dev.linkspan.server.host.protocol.LinkReport;
import dev.linkspan.server.host.protocol.SyncAnswer;
import dev.linkspan.server.host.protocol.SyncRequest;
import dev.linkspan.server.host.protocol.TaskOrder;
import dev.linkspan.server.host.protocol.TaskResult;
import dev.linkspan.server.network.linux.Eventually;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What an agent may expect of a server, and nothing more: a host's machines by their revision, and tasks until there is a result. */
final class ContractServer implements AutoCloseable {

    static final String TOKEN = "the-token-of-this-host";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<SyncRequest> requests = new ArrayList<>();
    private final Map<UUID, TaskOrder> tasks = new LinkedHashMap<>();
    private final Map<UUID, TaskResult> results = new LinkedHashMap<>();
    private HttpServer server;
    private String token = TOKEN;
    private long revision;
    private Optional<List<HostedMachine>> machines = Optional.empty();

    ContractServer() {
        start(open(0));
    }

    /** One that only who is in this namespace reaches. */
    ContractServer(NetworkNamespace namespace) {
        start(namespace.call(() -> open(0)));
    }

    private static HttpServer open(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void start(HttpServer opened) {
        server = opened;
        server.createContext("/linkspan/v1/agent/Sync", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Goes away and comes back, at the same address. */
    void restartAfter(Runnable meanwhile) {
        int port = server.getAddress().getPort();
        server.stop(0);
        meanwhile.run();
        start(open(port));
    }

    /** Has the host have these. */
    void place(List<HostedMachine> wanted) {
        change(() -> {
            machines = Optional.of(wanted);
            revision++;
        });
    }

    /** Expects another token from now on. */
    void expect(String other) {
        change(() -> token = other);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Has the host do it, and answers what it says. */
    TaskResult run(TaskOrder task) {
        change(() -> tasks.put(task.taskId(), task));
        Eventually.holds(() -> result(task.taskId()).isPresent());
        return result(task.taskId()).orElseThrow();
    }

    private Optional<TaskResult> result(UUID task) {
        lock.lock();
        try {
            return Optional.ofNullable(results.get(task));
        } finally {
            lock.unlock();
        }
    }

    /** What the agent has said last. */
    Optional<SyncRequest> last() {
        lock.lock();
        try {
            return requests.isEmpty() ? Optional.empty() : Optional.of(requests.getLast());
        } finally {
            lock.unlock();
        }
    }

    /** How often it has called. */
    int calls() {
        lock.lock();
        try {
            return requests.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the host has what it was told last, and its links are these. */
    void awaitLinks(LinkReport... links) {
        Eventually.holds(() -> last().filter(request -> request.known() == revision())
                .filter(request -> request.links().size() == links.length
                        && request.links().containsAll(List.of(links)))
                .isPresent());
    }

    private long revision() {
        lock.lock();
        try {
            return revision;
        } finally {
            lock.unlock();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            byte[] answer = StrictJson.bytes(answer(StrictJson.bind(StrictJson.parse(body), SyncRequest.class)));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private SyncAnswer answer(SyncRequest request) throws InterruptedException {
        lock.lock();
        try {
            requests.add(request);
            request.results().forEach(result -> {
                tasks.remove(result.taskId());
                results.put(result.taskId(), result);
            });
            long left = TimeUnit.MILLISECONDS.toNanos(request.waitMillis());
            while (left > 0 && tasks.isEmpty() && (machines.isEmpty() || request.known() == revision)) {
                left = changed.awaitNanos(left);
            }
            return new SyncAnswer(
                    "host-1", revision, machines.filter(_ -> request.known() != revision), List.copyOf(tasks.values()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
