package dev.linkspan.core.event;

import dev.linkspan.core.id.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which events of a Region's log to read. What is given combines with AND, the types with OR.
 *
 * @param account only events that name this account
 * @param resource only events about this id or name: their subject, or one of their Nets or accounts
 * @param types only events of these types; an empty list does not restrict
 * @param after only events with a higher number
 * @param before only events with a lower number
 * @param since only events at or after this time
 * @param until only events before this time
 * @param limit how many at most, from the end where the order begins
 */
public record EventQuery(
        Optional<AccountId> account,
        Optional<String> resource,
        List<EventType> types,
        long after,
        long before,
        Optional<Instant> since,
        Optional<Instant> until,
        Order order,
        int limit) {

    /** Where a page begins. */
    public enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    public EventQuery {
        types = List.copyOf(types);
    }

    /** The log from its beginning. */
    public static EventQuery everything(int limit) {
        return new EventQuery(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                Long.MAX_VALUE,
                Optional.empty(),
                Optional.empty(),
                Order.OLDEST_FIRST,
                limit);
    }

    public EventQuery naming(AccountId thisAccount) {
        return new EventQuery(Optional.of(thisAccount), resource, types, after, before, since, until, order, limit);
    }

    public EventQuery about(String thisResource) {
        return new EventQuery(account, Optional.of(thisResource), types, after, before, since, until, order, limit);
    }

    public EventQuery ofTypes(EventType... theseTypes) {
        return new EventQuery(account, resource, List.of(theseTypes), after, before, since, until, order, limit);
    }

    /** Only events between these numbers, which are not themselves included. */
    public EventQuery between(long afterThis, long beforeThis) {
        return new EventQuery(account, resource, types, afterThis, beforeThis, since, until, order, limit);
    }

    /** Only events from one time on, and before the other. */
    public EventQuery during(Instant sinceThis, Instant untilThis) {
        return new EventQuery(
                account, resource, types, after, before, Optional.of(sinceThis), Optional.of(untilThis), order, limit);
    }

    public EventQuery newestFirst() {
        return new EventQuery(account, resource, types, after, before, since, until, Order.NEWEST_FIRST, limit);
    }

    /** Whether the event is one of those asked for, its place in the page aside. */
    public boolean matches(Event event) {
        Fact fact = event.fact();
        return event.sequence() > after
                && event.sequence() < before
                && account.map(fact.accounts()::contains).orElse(true)
                && resource.map(event::isAbout).orElse(true)
                && (types.isEmpty() || types.contains(fact.type()))
                && since.map(time -> !event.at().isBefore(time)).orElse(true)
                && until.map(event.at()::isBefore).orElse(true);
    }
}
