package dev.linkspan.server.api.own;

import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventQuery;
import dev.linkspan.core.event.EventQuery.Order;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.json.OneOf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The audit trail (L9): a Region's events, by whom and what they name, by type, number and time; oldest first, which one
 * can follow, or newest first. A page goes on behind the number of its last event.
 */
public final class EventCalls {

    static final int MOST_PER_PAGE = 1000;
    static final int LONGEST_WAIT_SECONDS = 30;
    private static final int USUAL_PER_PAGE = 100;

    /** How soon a wait notices that the server stops. */
    private static final Duration SHORT_WAIT = Duration.ofMillis(500);

    /**
     * What to read. What is given combines with AND, the types with OR.
     *
     * @param regionName where it is absent, the Region that an account's request is for; for the operator, the server's
     *     first one
     * @param accountId whose events; for an account, its own and no other
     * @param resource an id or name: the event's subject, or one of its Nets or accounts
     * @param order {@code OldestFirst}, which is the default, or {@code NewestFirst}
     * @param waitSeconds how long to wait where no event matches yet, oldest first only
     */
    record ReadEventsRequest(
            Optional<RegionName> regionName,
            Optional<AccountId> accountId,
            Optional<String> resource,
            List<EventType> types,
            Optional<Long> afterSequence,
            Optional<Long> beforeSequence,
            Optional<Instant> since,
            Optional<Instant> until,
            @OneOf({"OldestFirst", "NewestFirst"}) Optional<String> order,
            Optional<Integer> resultsPerPage,
            Optional<Integer> waitSeconds) {}

    /**
     * A page.
     *
     * @param hasMore whether more match than fit on it, in its direction
     * @param lastSequence the newest number of the Region's log as this page saw it, or for an account, of its own events: a
     *     reader that follows and found nothing more goes on behind it
     */
    record ReadEventsResponse(RegionName regionName, List<EventAnswer> events, boolean hasMore, long lastSequence) {}

    private final Store store;
    private final List<RegionName> regions;
    private final ReadTurns turns;
    private volatile boolean stopping;

    /**
     * Calls on the store.
     *
     * @param regions those whose events can be read, the default one first
     * @param turns whose turn it is to read; the operator needs none
     */
    public EventCalls(Store store, List<RegionName> regions, ReadTurns turns) {
        this.turns = turns;
        this.store = store;
        this.regions = List.copyOf(regions);
    }

    /** Whoever waits for events is answered at once, with none, from now on. */
    public void stopWaiting() {
        stopping = true;
    }

    SharedOperation<?> operation() {
        return SharedOperation.of(
                "ReadEvents",
                ReadEventsRequest.class,
                ReadEventsResponse.class,
                (asker, _, request) -> readEvents(asker, request));
    }

    private ReadEventsResponse readEvents(Asker asker, ReadEventsRequest request) {
        RegionName region = regionOf(asker, request);
        int perPage = within("ResultsPerPage", request.resultsPerPage().orElse(USUAL_PER_PAGE), 1, MOST_PER_PAGE);
        int wait = within("WaitSeconds", request.waitSeconds().orElse(0), 0, LONGEST_WAIT_SECONDS);
        EventQuery query = query(asker, request, perPage + 1);
        if (wait > 0 && query.order() == Order.NEWEST_FIRST) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "WaitSeconds waits for newer events, so it cannot be combined with the Order 'NewestFirst'.");
        }
        return awaited(
                asker,
                region,
                query,
                perPage,
                System.nanoTime() + Duration.ofSeconds(wait).toNanos());
    }

    /** The first page that holds something, or an empty one when the time is up; what was seen is not read twice. */
    private ReadEventsResponse awaited(
            Asker asker, RegionName region, EventQuery query, int perPage, long deadlineNanos) {
        EventQuery rest = query;
        Page page = page(asker, region, rest, perPage);
        try {
            while (page.answer().events().isEmpty() && !stopping) {
                Duration left = Duration.ofNanos(deadlineNanos - System.nanoTime());
                if (!left.isPositive()) {
                    break;
                }
                rest = rest.between(Math.max(rest.after(), page.seenTo()), rest.before());
                if (store.awaitEventAfter(region, rest.after(), left.compareTo(SHORT_WAIT) < 0 ? left : SHORT_WAIT)) {
                    page = page(asker, region, rest, perPage);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return page.answer();
    }

    /** @param seenTo the newest event that there was, anybody's */
    private record Page(ReadEventsResponse answer, long seenTo) {}

    /** It is the account's turn only while it reads, not while it waits for events. */
    private Page page(Asker asker, RegionName region, EventQuery query, int perPage) {
        return switch (asker) {
            case Asker.Operator _ -> read(asker, region, query, perPage);
            case Asker.Tenant(Caller caller) ->
                turns.taking(caller.account(), () -> read(asker, region, query, perPage));
        };
    }

    private Page read(Asker asker, RegionName region, EventQuery query, int perPage) {
        return store.read(region, snapshot -> {
            List<Event> found = snapshot.events().search(query);
            long seenTo = snapshot.events().lastSequence();
            long told = switch (asker) {
                case Asker.Operator _ -> seenTo;
                case Asker.Tenant(Caller caller) -> snapshot.events().lastSequenceNaming(caller.account());
            };
            List<EventAnswer> events = found.stream()
                    .limit(perPage)
                    .map(event -> shown(asker, event))
                    .toList();
            return new Page(new ReadEventsResponse(region, events, found.size() > perPage, told), seenTo);
        });
    }

    private static EventAnswer shown(Asker asker, Event event) {
        return switch (asker) {
            case Asker.Operator _ -> EventAnswer.of(event);
            case Asker.Tenant(Caller caller) -> EventAnswer.of(event, caller.account());
        };
    }

    /** An account reads its own events (A4). */
    private static Optional<AccountId> accountOf(Asker asker, ReadEventsRequest request) {
        return switch (asker) {
            case Asker.Operator _ -> request.accountId();
            case Asker.Tenant(Caller caller) -> {
                request.accountId().filter(id -> !id.equals(caller.account())).ifPresent(other -> {
                    throw Refusal.badValue("AccountId", other, "an account reads its own events only");
                });
                yield Optional.of(caller.account());
            }
        };
    }

    private RegionName regionOf(Asker asker, ReadEventsRequest request) {
        RegionName usual = switch (asker) {
            case Asker.Operator _ -> regions.getFirst();
            case Asker.Tenant(Caller caller) -> caller.region();
        };
        RegionName region = request.regionName().orElse(usual);
        if (!regions.contains(region)) {
            throw Refusal.badValue("RegionName", region, "this server's Regions are " + regions);
        }
        return region;
    }

    private static EventQuery query(Asker asker, ReadEventsRequest request, int limit) {
        return new EventQuery(
                accountOf(asker, request),
                request.resource(),
                request.types(),
                atLeast("AfterSequence", request.afterSequence().orElse(0L), 0),
                atLeast("BeforeSequence", request.beforeSequence().orElse(Long.MAX_VALUE), 1),
                request.since(),
                request.until(),
                request.order().map(EventCalls::order).orElse(Order.OLDEST_FIRST),
                limit);
    }

    private static Order order(String text) {
        return switch (text) {
            case "OldestFirst" -> Order.OLDEST_FIRST;
            case "NewestFirst" -> Order.NEWEST_FIRST;
            default -> throw Refusal.malformed("Order", text, "one of OldestFirst, NewestFirst is expected");
        };
    }

    private static long atLeast(String parameter, long value, long least) {
        if (value < least) {
            throw Refusal.badValue(parameter, value, "a number from %d on is expected", least);
        }
        return value;
    }

    private static int within(String parameter, int value, int least, int most) {
        if (value < least || value > most) {
            throw Refusal.badValue(parameter, value, "a number within %d to %d is expected", least, most);
        }
        return value;
    }
}
