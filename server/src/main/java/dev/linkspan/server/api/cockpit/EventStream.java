package dev.linkspan.server.api.cockpit;

import dev.linkspan.core.account.Session;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventQuery;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SessionId;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Download;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.call.Answering;
import dev.linkspan.server.api.oapi.OapiErrors;
import dev.linkspan.server.api.own.EventAnswer;
import dev.linkspan.server.api.session.SessionAuthenticator;
import dev.linkspan.server.api.sigv4.RequestRegion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * {@code GET /cockpit/events?region=R&after=N}: the events of the account that is signed in, as they happen (server-sent
 * events, HTML Living Standard 9.2). A browser that was cut off goes on behind the last one that it has seen. Where the log
 * does not reach that far, an event of the type {@code reset} says that what was seen counts no more.
 */
public final class EventStream implements Endpoint {

    /** How often whoever follows is told that the server is still there, and whether the session still is. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** How soon it is noticed that the server stops. */
    private static final Duration SHORT_WAIT = Duration.ofMillis(500);

    /** Where much happens it is shown a few times a second: each look costs a query. */
    private static final Duration BREATH = Duration.ofMillis(200);

    private static final int MOST = 200;
    private static final int MOST_PER_ACCOUNT = 50;
    private static final int MOST_AT_ONCE = 100;
    private static final AccessRecord ACCESS = AccessRecord.on("cockpit", "Events");

    private final Store store;
    private final SessionAuthenticator sessions;
    private final RequestRegion regions;
    private final Duration heartbeat;
    private final Map<AccountId, Integer> followers = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(MOST);
    private volatile boolean stopping;

    public EventStream(Store store, SessionAuthenticator sessions, RequestRegion regions) {
        this(store, sessions, regions, HEARTBEAT);
    }

    EventStream(Store store, SessionAuthenticator sessions, RequestRegion regions, Duration heartbeat) {
        this.store = store;
        this.sessions = sessions;
        this.regions = regions;
        this.heartbeat = heartbeat;
    }

    /** Ends every stream from now on; browsers ask again by themselves. */
    public void stop() {
        stopping = true;
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        if (!request.method().equals("GET")) {
            return ApiResponse.onlyReads(ACCESS);
        }
        return Answering.of(request, ACCESS, OapiErrors.WORDS, _ -> {
            Session session = sessions.require(request);
            Follow asked = Follow.of(request, regions);
            RetainedEvents kept = store.read(
                    asked.region(),
                    snapshot -> new RetainedEvents(
                            snapshot.events().firstSequence(),
                            snapshot.events().lastSequenceNaming(session.account())));
            enter(session.account());
            Download stream = new Following(session, asked, kept);
            return ApiResponse.download(stream, ACCESS.by(new Caller(session.account(), asked.region())));
        });
    }

    private void enter(AccountId account) {
        boolean admitted = room.tryAcquire();
        if (admitted && followers.merge(account, 1, Integer::sum) > MOST_PER_ACCOUNT) {
            leave(account);
            admitted = false;
        }
        if (!admitted) {
            throw new Refusal(
                    RefusalCode.THROTTLED,
                    "At most %d follow the events of an account at once, and %d those of the server: close a page of Cockpit.",
                    MOST_PER_ACCOUNT,
                    MOST);
        }
    }

    private void leave(AccountId account) {
        followers.merge(account, -1, Integer::sum);
        followers.remove(account, 0);
        room.release();
    }

    /** The oldest event that there is, and the account's newest. */
    private record RetainedEvents(long first, long last) {}

    /** One look at the log: what is new, and up to where there is nothing else. */
    private record EventBatch(List<Event> events, long upTo) {}

    private final class Following implements Download {

        private final SessionId session;
        private final AccountId account;
        private final RegionName region;
        private final AtomicBoolean closed = new AtomicBoolean();
        /**
         * Whether the browser has seen events that the log does not have, as it is an older one that was restored, or has not
         * seen some that are no longer kept.
         */
        private final boolean astray;

        private long position;
        private long lastWriteNanos;

        Following(Session session, Follow asked, RetainedEvents kept) {
            this.session = session.id();
            this.account = session.account();
            this.region = asked.region();
            Optional<Long> known = asked.after().filter(it -> it >= kept.first() - 1 && it <= kept.last());
            this.astray = asked.after().isPresent() && known.isEmpty();
            this.position = known.orElse(kept.last());
        }

        @Override
        public String contentType() {
            return "text/event-stream";
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            begin(out);
            try {
                while (!stopping && isSignedIn()) {
                    boolean some = tell(out);
                    if (some) {
                        Thread.sleep(BREATH);
                    }
                    awaitMoreOrBeat(out);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /** Where it begins is told too: a browser that is cut off before the first event knows what to go on behind. */
        private void begin(OutputStream out) throws IOException {
            String start = "retry: 2000\nid: %d\n\n".formatted(position);
            write(out, astray ? start + "event: reset\ndata: {}\n\n" : start);
        }

        private boolean isSignedIn() {
            return sessions.find(session).isPresent();
        }

        private boolean tell(OutputStream out) throws IOException {
            EventBatch look = store.read(region, this::look);
            for (Event event : look.events()) {
                write(out, "id: %d\ndata: %s\n\n".formatted(event.sequence(), shown(event)));
            }
            position = look.upTo();
            return !look.events().isEmpty();
        }

        private EventBatch look(Snapshot snapshot) {
            EventQuery query =
                    EventQuery.everything(MOST_AT_ONCE).naming(account).between(position, Long.MAX_VALUE);
            List<Event> events = snapshot.events().search(query);
            return new EventBatch(
                    events,
                    events.size() < MOST_AT_ONCE
                            ? Math.max(position, snapshot.events().lastSequence())
                            : events.getLast().sequence());
        }

        private String shown(Event event) {
            return new String(EventAnswer.of(event, account).json(), StandardCharsets.UTF_8);
        }

        /** Returns when the log has more, or when it was time to say that it has not. */
        private void awaitMoreOrBeat(OutputStream out) throws IOException, InterruptedException {
            while (!stopping && !store.awaitEventAfter(region, position, SHORT_WAIT)) {
                if (System.nanoTime() - lastWriteNanos > heartbeat.toNanos()) {
                    write(out, ":\n\n");
                    return;
                }
            }
        }

        private void write(OutputStream out, String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            lastWriteNanos = System.nanoTime();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                leave(account);
            }
        }
    }

    /** What a browser wants to follow: from which number on, where it says so. */
    private record Follow(RegionName region, Optional<Long> after) {

        static Follow of(ApiRequest request, RequestRegion regions) {
            RegionName region = parameter(request, "region")
                    .map(name -> regions.named(name)
                            .orElseThrow(() -> Refusal.badValue("region", name, "a Region of this server is expected")))
                    .orElseGet(() -> regions.of(request, Optional.empty()));
            Optional<String> last = request.headers().first("Last-Event-ID");
            return new Follow(region, last.or(() -> parameter(request, "after")).map(Follow::number));
        }

        /** Neither of the two needs to be encoded. */
        private static Optional<String> parameter(ApiRequest request, String name) {
            return Stream.of(request.query().split("&", -1))
                    .filter(pair -> pair.startsWith(name + "="))
                    .map(pair -> pair.substring(name.length() + 1))
                    .findFirst();
        }

        private static long number(String text) {
            if (!text.matches("[0-9]{1,18}")) {
                throw Refusal.malformed("after", text, "the number of an event is expected");
            }
            return Long.parseLong(text);
        }
    }
}
