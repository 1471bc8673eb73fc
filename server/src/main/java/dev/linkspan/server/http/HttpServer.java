package dev.linkspan.server.http;

import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Download;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.Headers;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Listens on one address and hands every request, on a virtual thread of its own, to the endpoint. */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(HttpServer.class.getName());

    /** Clients that are at it hear with an answer that their connection ends, rather than find it closed. */
    private static final Duration FAREWELL = Duration.ofMillis(200);

    private static final Duration RECENTLY = Duration.ofSeconds(1);

    /** For whoever has begun to send a request and does not go on. */
    private static final Duration HELIDONS_GRACE = Duration.ofMillis(500);

    /** A client that takes nothing of a download for so long is cut off. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final InetSocketAddress address;
    private final Endpoint endpoint;
    private final Duration grace;
    private final Duration patience;
    private final WebServer server;
    private final Intake intake = new Intake();
    private volatile boolean stopping;

    /**
     * Listens once it is started.
     *
     * @param address port 0 takes a free port
     * @param grace how long requests that were taken may go on when the server is closed
     */
    public HttpServer(InetSocketAddress address, Endpoint endpoint, Duration grace) {
        this(address, endpoint, grace, PATIENCE);
    }

    /** @param patience how long a client may take nothing of a download */
    HttpServer(InetSocketAddress address, Endpoint endpoint, Duration grace, Duration patience) {
        this.address = address;
        this.grace = grace;
        this.endpoint = endpoint;
        this.patience = patience;
        this.server = WebServer.builder()
                .bindAddress(address)
                .shutdownHook(false)
                .shutdownGracePeriod(HELIDONS_GRACE)
                // Else the end of a large answer waits for the client to acknowledge its beginning, which takes 40 ms.
                .connectionOptions(options -> options.tcpNoDelay(true))
                .featuresDiscoverServices(false)
                .routing(HttpRouting.builder().any(this::handle))
                .build();
    }

    /** Begins to listen; throws {@link AddressUnavailable} where somebody else does, or nobody can. */
    public void start() {
        requireFree(address);
        server.start();
        if (!server.isRunning()) {
            throw new AddressUnavailable("cannot listen on %s: the log says why".formatted(told(address)));
        }
    }

    /** Throws where nobody can listen on the address now. Helidon only logs what stands against it. */
    public static void requireFree(InetSocketAddress address) {
        try (ServerSocket attempt = new ServerSocket()) {
            attempt.setReuseAddress(true);
            attempt.bind(address);
        } catch (IOException refused) {
            throw new AddressUnavailable(
                    "cannot listen on %s: %s. Is a server running there already? --listen HOST:PORT takes another address, port 0 a free one"
                            .formatted(told(address), refused.getMessage()));
        }
    }

    private static String told(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    private void handle(ServerRequest request, ServerResponse response) {
        Intake.Taken taken = intake.take(request.prologue().method().text() + " "
                + request.prologue().uriPath().rawPath());
        try {
            if (!intake.isClosed()) {
                answer(request, response);
                return;
            }
        } finally {
            intake.done(taken);
        }
        turnAway(response);
    }

    private static void turnAway(ServerResponse response) {
        response.status(Status.SERVICE_UNAVAILABLE_503)
                .header(HeaderNames.RETRY_AFTER, "1")
                .header(HeaderValues.CONNECTION_CLOSE)
                .send("the server is stopping: nothing was done\n");
        throw new CloseConnectionException("the server has stopped");
    }

    /** Helidon says that it will close a connection and leaves that to the client; what follows would be taken for a request. */
    private void answer(ServerRequest request, ServerResponse response) {
        ApiRequest read = read(request);
        ApiResponse answer = endpoint.answer(read);
        boolean last = stopping || read.cutShort() || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
        response.status(answer.status()).header(HeaderNames.CONTENT_TYPE, answer.contentType());
        answer.headers().forEach(response::header);
        if (last) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        if (read.method().equals("HEAD")) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(answer.body().length))
                    .send();
        } else if (answer.download().isPresent()) {
            send(answer.download().get(), response);
        } else {
            response.send(answer.body());
        }
        if (last) {
            throw new CloseConnectionException("the last answer on this connection is sent");
        }
    }

    /** What fails on the way ends the connection before the body's end, which tells the client that it has a part. */
    private void send(Download download, ServerResponse response) {
        try (download) {
            OutputStream client = response.outputStream();
            new Transfer(patience).send(download, client);
            client.close();
        } catch (IOException broken) {
            throw new CloseConnectionException("a download was broken off", broken);
        }
    }

    private static ApiRequest read(ServerRequest request) {
        byte[] body = body(request);
        boolean cutShort = body.length > ApiRequest.LONGEST_BODY;
        return new ApiRequest(
                UUID.randomUUID().toString(),
                request.prologue().method().text(),
                request.prologue().uriPath().rawPath(),
                request.prologue().query().rawValue(),
                headers(request),
                cutShort ? Arrays.copyOf(body, ApiRequest.LONGEST_BODY) : body,
                cutShort,
                request.remotePeer().host());
    }

    private static Headers headers(ServerRequest request) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        request.headers().forEach(field -> fields.put(field.name(), field.allValues()));
        return Headers.of(fields);
    }

    /** At most one byte more than is accepted: enough to know. Closing the stream would wait for the rest. */
    private static byte[] body(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try {
            return request.content().inputStream().readNBytes(ApiRequest.LONGEST_BODY + 1);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Ends every connection with its next answer, lets the requests that were taken end, says which ones it could not
     * wait for, and stops listening. Helidon interrupts connections that seem idle to it: by then none has a request
     * that was taken.
     */
    @Override
    public void close() {
        if (!server.isRunning()) {
            return;
        }
        stopping = true;
        if (intake.isBusy(RECENTLY)) {
            LockSupport.parkNanos(FAREWELL.toNanos());
        }
        List<String> unfinished = intake.close(grace);
        if (!unfinished.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "requests that were not finished within {0} s are cut: {1}",
                    grace.toSeconds(),
                    unfinished);
        }
        server.stop();
    }
}
