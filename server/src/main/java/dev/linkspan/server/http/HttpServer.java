package dev.linkspan.server.http;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/*
 * Threads
 *
 * Jetty's few threads accept connections and read heads, and never wait for anybody. A request gets a virtual thread of its
 * own once its head is whole, so a client that has sent half a head costs no thread.
 *
 * Limits
 *
 * Connections are counted when they open (Clients). How long a client may take depends on what is waited for, and one thread
 * looks after all of them once a second (Client.Phase). The beginning of a body is read for everybody; the rest only for
 * callers who are known, and of all bodies together no more than the budget (Body, BodyBudget).
 */
/** Listens on one address and hands every request, on a virtual thread of its own, to the endpoint. */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(HttpServer.class.getName());

    /** Clients that are at it hear with an answer that their connection ends, rather than find it closed. */
    private static final Duration FAREWELL = Duration.ofMillis(200);

    private static final Duration RECENTLY = Duration.ofSeconds(1);

    /** A client that takes nothing of a download for so long is cut off. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** One accepts, one waits for all connections, the others do what these hand over. */
    private static final int MOST_THREADS = 8;

    private final InetSocketAddress address;
    private final Endpoint endpoint;
    private final Predicate<ApiRequest> known;
    private final HttpLimits limits;
    private final Times times;
    private final Server server;
    private final Listener listener;
    private final Clients clients;
    private final BodyBudget budget;
    private final InFlightRequests intake = new InFlightRequests();
    private final Thread watch = Thread.ofPlatform().name("http-watch").daemon().unstarted(this::endOverdue);
    private volatile boolean stopping;

    /**
     * What the server waits for, besides what its limits say.
     *
     * @param grace how long requests that were taken may go on when the server is closed
     * @param patience how long a client may take nothing of a download
     */
    record Times(Duration grace, Duration patience) {}

    /**
     * Listens once it is started.
     *
     * @param address port 0 takes a free port
     * @param known whether the head of a request names somebody whom the server knows
     * @param grace how long requests that were taken may go on when the server is closed
     */
    public HttpServer(
            InetSocketAddress address,
            Endpoint endpoint,
            Predicate<ApiRequest> known,
            HttpLimits limits,
            Duration grace) {
        this(address, endpoint, known, limits, new Times(grace, PATIENCE));
    }

    HttpServer(
            InetSocketAddress address, Endpoint endpoint, Predicate<ApiRequest> known, HttpLimits limits, Times times) {
        this.address = address;
        this.endpoint = endpoint;
        this.known = known;
        this.limits = limits;
        this.times = times;
        this.budget = new BodyBudget(limits.heldBodyBytes());
        this.clients = new Clients(limits, budget);
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
        threads.setName("http");
        threads.setReservedThreads(0);
        this.server = new Server(threads);
        server.setStopTimeout(0);
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                take(request, response, callback);
                return true;
            }
        });
        server.setErrorHandler(new Faults(endpoint, clients));
        this.listener = new Listener(server, address, new HttpConnectionFactory(configuration()), clients);
        server.addConnector(listener);
    }

    /** Paths are nobody's files: the APIs take them as they are sent, and know what they do not know. */
    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(HttpLimits.LONGEST_HEAD);
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        configuration.setHttpCompliance(HttpCompliance.RFC9110);
        configuration.setSendServerVersion(false);
        configuration.setHeaderCacheSize(0);
        return configuration;
    }

    /** Begins to listen; throws {@link AddressUnavailable} where somebody else does, or nobody can. */
    public void start() {
        requireFree(address);
        try {
            server.start();
        } catch (Exception refused) {
            stop();
            throw new AddressUnavailable("cannot listen on %s: %s".formatted(told(address), reason(refused)));
        }
        watch.start();
    }

    /** Throws where nobody can listen on the address now. */
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

    private static String reason(Throwable refused) {
        return String.valueOf(
                Optional.ofNullable(refused.getCause()).orElse(refused).getMessage());
    }

    /** The port that it listens on. */
    public int port() {
        return listener.getLocalPort();
    }

    /** What of it has ended though nobody closed it: the listener, or what looks after the connections. */
    public List<String> ended() {
        List<String> ended = new ArrayList<>();
        if (!stopping && !listener.isListening()) {
            ended.add("listener");
        }
        if (!stopping && !watch.isAlive()) {
            ended.add(watch.getName());
        }
        return stopping ? List.of() : ended;
    }

    /** Why nobody is accepted at this moment, though it listens. */
    public Optional<String> failure() {
        return listener.failure();
    }

    /** How many connections there are. */
    int connections() {
        return clients.count();
    }

    /** How many bytes of large bodies and long heads are held. */
    long heldBodyBytes() {
        return budget.held();
    }

    private void take(Request request, Response response, Callback callback) {
        Client client = clients.of(request.getConnectionMetaData().getConnection());
        client.enter(Client.Phase.SERVER);
        Exchange exchange = new Exchange(request, response, client);
        InFlightRequests.Taken taken =
                intake.take(request.getMethod() + " " + request.getHttpURI().getPath());
        boolean open = !intake.isClosed();
        Thread.ofVirtual().name("request").start(() -> {
            try {
                if (open) {
                    answer(exchange);
                } else {
                    exchange.send(turnedAway(), true, times.patience());
                }
                client.enter(Client.Phase.REQUEST);
                callback.succeeded();
            } catch (Throwable broken) {
                callback.failed(broken);
                rethrowIfFatal(broken);
            } finally {
                intake.done(taken);
            }
        });
    }

    /** The client's own troubles end with its connection; the server's are everybody's. */
    private static void rethrowIfFatal(Throwable broken) {
        if (broken instanceof Error fatal) {
            throw fatal;
        }
    }

    private static ApiResponse turnedAway() {
        return ApiResponse.text(503, "the server is stopping: nothing was done\n", AccessRecord.on("none", ""))
                .with(Map.of(HttpHeader.RETRY_AFTER.asString(), "1"));
    }

    private void answer(Exchange exchange) throws IOException {
        ApiRequest head = exchange.head();
        Optional<Refusal> unwelcome = exchange.unwelcome();
        if (unwelcome.isPresent()) {
            refuse(exchange, head, unwelcome.get());
            return;
        }
        try (Body body = Body.read(exchange.request(), budget, limits.body(), () -> known.test(head))) {
            ApiResponse answer = endpoint.answer(exchange.with(body));
            exchange.send(answer, stopping || body.isCutShort(), times.patience());
            if (body.isCutShort()) {
                Body.discard(exchange.request());
            }
        } catch (Refusal unread) {
            refuse(exchange, head, unread);
        }
    }

    private void refuse(Exchange exchange, ApiRequest head, Refusal refusal) throws IOException {
        ApiResponse answer = endpoint.refuse(head, refusal);
        if (refusal.code() == RefusalCode.UNAVAILABLE || refusal.code() == RefusalCode.THROTTLED) {
            answer = answer.with(Map.of(HttpHeader.RETRY_AFTER.asString(), "1"));
        }
        exchange.send(answer, true, times.patience());
        Body.discard(exchange.request());
    }

    private void endOverdue() {
        Faults faults = new Faults(endpoint, clients);
        while (!stopping) {
            LockSupport.parkNanos(clients.period().toNanos());
            clients.endOverdue(faults::tooSlow);
        }
    }

    /**
     * Ends every connection with its next answer, lets the requests that were taken end, says which ones it could not
     * wait for, and stops listening.
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
        List<String> unfinished = intake.close(times.grace());
        if (!unfinished.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "requests that were not finished within {0} s are cut: {1}",
                    times.grace().toSeconds(),
                    unfinished);
        }
        stop();
        LockSupport.unpark(watch);
    }

    private void stop() {
        try {
            server.stop();
        } catch (Exception failure) {
            LOG.log(Level.WARNING, "the server did not stop listening as it should", failure);
        }
    }
}
