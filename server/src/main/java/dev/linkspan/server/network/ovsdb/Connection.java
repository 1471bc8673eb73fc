package dev.linkspan.server.network.ovsdb;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * One connection to one server: requests with their answers, and what the server tells by itself (JSON-RPC 1.0). A thread reads;
 * answers and notifications are handed on by it in the order in which they came.
 */
final class Connection implements AutoCloseable {

    private final Transport transport;
    private final Duration patience;
    private final Notified notified;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<Json>> asked = new ConcurrentHashMap<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private volatile long heardAt = System.nanoTime();

    /** Takes in what a server tells by itself, in the thread that reads. */
    @FunctionalInterface
    interface Notified {
        void notified(String method, List<Json> parameters);
    }

    private Connection(Transport transport, Duration patience, Notified notified) {
        this.transport = transport;
        this.patience = patience;
        this.notified = notified;
    }

    /**
     * Begins to read.
     *
     * @param patience how long an answer may take
     * @param longest how many bytes a message may have
     */
    static Connection over(Transport transport, String name, Duration patience, long longest, Notified notified)
            throws IOException {
        Connection connection = new Connection(transport, patience, notified);
        InputStream in = transport.in();
        Thread.ofPlatform().daemon().name("ovsdb-" + name).start(() -> connection.read(in, longest));
        return connection;
    }

    /** Asks, and waits for the answer. */
    Json call(String method, Json... parameters) {
        return call(method, Json.Array.of(parameters), Function.identity());
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param taking takes it in, in the thread that reads, before anything that came after it
     */
    <T> T call(String method, Json.Array parameters, Function<Json, T> taking) {
        long id = ids.incrementAndGet();
        CompletableFuture<Json> answer = new CompletableFuture<>();
        CompletableFuture<T> taken = answer.thenApply(taking);
        asked.put(id, answer);
        try {
            send(method, parameters, new Json.Whole(id));
            return taken.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new OvsdbException.NoAnswer(method, patience);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof OvsdbException known
                    ? known
                    : new IllegalStateException("BUG: an answer could not be taken in", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OvsdbException.ConnectionLost("interrupted while waiting for the answer to " + method);
        } finally {
            asked.remove(id);
        }
    }

    private void send(String method, Json.Array parameters, Json id) {
        Map<String, Json> request = new LinkedHashMap<>();
        request.put("method", new Json.Text(method));
        request.put("params", parameters);
        request.put("id", id);
        send(new Json.Members(request));
    }

    private void send(Json message) {
        byte[] bytes = message.bytes();
        writing.lock();
        try {
            requireOpen();
            transport.write(bytes);
        } catch (IOException broken) {
            end("writing failed: " + broken.getMessage());
            requireOpen();
        } finally {
            writing.unlock();
        }
    }

    private void requireOpen() {
        if (ended.isDone()) {
            throw new OvsdbException.ConnectionLost("the connection is lost: " + ended.join());
        }
    }

    /**
     * Ends the connection where nothing was heard for so long, and before that asks for a sign of life. Never waits: a server that
     * does not read is silent too.
     */
    void watch(Duration longestSilence) {
        long silence = System.nanoTime() - heardAt;
        if (silence > longestSilence.toNanos()) {
            end("nothing was heard for %d ms".formatted(longestSilence.toMillis()));
        } else if (silence > longestSilence.toNanos() / 3 && writing.tryLock()) {
            try {
                send("echo", Json.Array.of(), new Json.Text("echo"));
            } catch (OvsdbException.ConnectionLost lost) {
                // Whoever waits for the end is told.
                end(String.valueOf(lost.getMessage()));
            } finally {
                writing.unlock();
            }
        }
    }

    /** Why it ended, if it did so in time. */
    Optional<String> awaitEnd(Duration within) throws InterruptedException {
        try {
            return Optional.of(ended.get(within.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException open) {
            return Optional.empty();
        } catch (ExecutionException never) {
            throw new IllegalStateException("BUG: an end is a reason", never);
        }
    }

    private void read(InputStream in, long longest) {
        try {
            Json.Reader reader = new Json.Reader(in, longest);
            Optional<Json> message = reader.next();
            while (message.isPresent()) {
                heardAt = System.nanoTime();
                take(message.get().asMembers());
                message = reader.next();
            }
            end("the server closed it");
        } catch (IOException | OvsdbException broken) {
            end(String.valueOf(broken.getMessage()));
        } catch (RuntimeException | StackOverflowError bug) {
            end("BUG: " + bug);
        }
    }

    private void take(Json.Members message) {
        if (message.get("method") instanceof Json.Text(String method)) {
            List<Json> parameters = message.get("params").asItems();
            if (method.equals("echo")) {
                send(answer(message.get("id"), new Json.Array(parameters)));
            } else {
                notified.notified(method, parameters);
            }
            return;
        }
        if (message.get("id") instanceof Json.Whole(long id)) {
            CompletableFuture<Json> waiting = asked.remove(id);
            if (waiting != null) {
                complete(waiting, message);
            }
        }
    }

    private static void complete(CompletableFuture<Json> waiting, Json.Members message) {
        message.get("error")
                .present()
                .ifPresentOrElse(
                        error -> waiting.completeExceptionally(
                                new OvsdbException.Refused("the request was refused", OvsdbError.of(error))),
                        () -> waiting.complete(message.get("result")));
    }

    private static Json answer(Json id, Json result) {
        Map<String, Json> answer = new LinkedHashMap<>();
        answer.put("result", result);
        answer.put("error", new Json.Nothing());
        answer.put("id", id);
        return new Json.Members(answer);
    }

    /** Ends it for this reason, of which everybody who waits is told. */
    void end(String reason) {
        if (!ended.complete(reason)) {
            return;
        }
        try {
            transport.close();
        } catch (IOException alreadyGone) {
            // There is nothing left to close.
        }
        asked.values()
                .forEach(waiting -> waiting.completeExceptionally(
                        new OvsdbException.ConnectionLost("the connection was lost: " + reason)));
    }

    @Override
    public void close() {
        end("this client closed it");
    }
}
