package dev.linkspan.server.store;

import dev.linkspan.core.event.ActingSession;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventQuery;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.EventRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code region}, {@code event} and {@code event_about}: a Region's log, and where it stands. */
record EventRows(Handle handle, RegionName region) implements EventRepository {

    /** The newest event's number, and the time which no change from now on may precede; 0 and the epoch at the beginning. */
    record Head(long sequence, Instant at) {}

    /** Makes the Region's log where there is none yet. */
    void begin() {
        handle.execute("""
                        insert into region (name, last_sequence, last_change_at) values (?, 0, 0)
                        on conflict (name) do nothing
                        """, region);
    }

    Head head() {
        return handle.select("select last_sequence, last_change_at from region where name = ?", region)
                .map((row, _) -> new Head(row.getLong("last_sequence"), Columns.instant(row, "last_change_at")))
                .findOne()
                .orElseThrow(() -> new IllegalArgumentException(
                        "BUG: this store was not opened for the Region %s".formatted(region)));
    }

    @Override
    public long firstSequence() {
        return handle.select("select sequence from event where region_name = ? order by sequence limit 1", region)
                .mapTo(Long.class)
                .findOne()
                .orElseGet(() -> head().sequence() + 1);
    }

    /** Removes the oldest ones, with what they are found by; the newest one stays, whatever its time. */
    @Override
    public int forgetBefore(Instant time, int limit) {
        long last = Math.min(firstSequence() + limit - 1, head().sequence() - 1);
        return handle.select("""
                        select sequence from event
                        where region_name = ? and sequence <= ? and happened_at < ?
                        order by sequence desc
                        limit 1
                        """, region, last, time)
                .mapTo(Long.class)
                .findOne()
                .map(end -> deleteUpTo(end, limit))
                .orElse(0);
    }

    /** What leads to an event is deleted name by name: it is in the order of the names. */
    private int deleteUpTo(long sequence, int limit) {
        PreparedBatch lookups = handle.prepareBatch("""
            delete from event_about where region_name = :region and about = :about and sequence = :sequence
            """);
        after(0, limit).stream()
                .filter(event -> event.sequence() <= sequence)
                .forEach(event -> about(event.fact())
                        .forEach(name -> lookups.bind("region", region)
                                .bind("about", name)
                                .bind("sequence", event.sequence())
                                .add()));
        lookups.execute();
        return handle.execute("delete from event where region_name = ? and sequence <= ?", region, sequence);
    }

    @Override
    public long lastSequence() {
        return head().sequence();
    }

    @Override
    public List<Event> search(EventQuery query) {
        return new EventSearch(handle, region, query).page();
    }

    @Override
    public List<Event> after(long sequence, int limit) {
        return handle.select("""
                        select * from event
                        where region_name = ? and sequence > ?
                        order by sequence
                        limit ?
                        """, region, sequence, limit).map(EventRows::event).list();
    }

    /** Gives the fact the Region's next number; both are undone together with the unit of work. */
    void append(Fact fact, Instant at, Origin origin) {
        long sequence = handle.select("""
                        update region set last_sequence = last_sequence + 1, last_change_at = ?
                        where name = ?
                        returning last_sequence
                        """, at, region).mapTo(Long.class).one();
        handle.createUpdate("""
                        insert into event
                            (region_name, sequence, happened_at, actor, request_id, event_type, subject, accounts,
                            nets, detail, session)
                        values
                            (:region, :sequence, :at, :actor, :requestId, :type, :subject, :accounts, :nets, :detail,
                            :session)
                        """)
                .bind("region", region)
                .bind("sequence", sequence)
                .bind("at", at)
                .bind("actor", origin.actor())
                .bind("requestId", origin.requestId())
                .bind("type", fact.type())
                .bind("subject", fact.subject())
                .bind("accounts", spaced(fact.accounts()))
                .bind("nets", spaced(fact.nets()))
                .bind("detail", fact.detail())
                .bind("session", origin.session().map(ActingSession::text).orElse(""))
                .execute();
        appendLookup(fact, sequence);
    }

    /** By whatever the event is found (V003). */
    private void appendLookup(Fact fact, long sequence) {
        PreparedBatch rows = handle.prepareBatch("""
                insert into event_about (region_name, about, sequence) values (:region, :about, :sequence)
                """);
        about(fact)
                .forEach(name -> rows.bind("region", region)
                        .bind("about", name)
                        .bind("sequence", sequence)
                        .add());
        rows.execute();
    }

    private static Set<String> about(Fact fact) {
        Set<String> about = new LinkedHashSet<>();
        about.add(fact.type().name());
        about.add(fact.subject());
        fact.accounts().forEach(account -> about.add(account.value()));
        fact.nets().forEach(net -> about.add(net.value()));
        return about;
    }

    static Event event(ResultSet row, StatementContext context) throws SQLException {
        Fact fact = new Fact(
                EventType.valueOf(Columns.text(row, "event_type")),
                Columns.text(row, "subject"),
                set(row, "accounts", AccountId::new),
                set(row, "nets", NetId::new),
                Columns.text(row, "detail"));
        return new Event(
                row.getLong("sequence"),
                Columns.region(row),
                Columns.instant(row, "happened_at"),
                new Origin(
                        Columns.text(row, "actor"),
                        Columns.text(row, "request_id"),
                        Optional.of(Columns.text(row, "session"))
                                .filter(text -> !text.isEmpty())
                                .map(ActingSession::parse)),
                fact);
    }

    private static String spaced(Collection<?> ids) {
        return ids.stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
    }

    private static <T> Set<T> set(ResultSet row, String column, Function<String, T> constructor) throws SQLException {
        return Stream.of(Columns.text(row, column).split(" ", -1))
                .filter(id -> !id.isEmpty())
                .map(constructor)
                .collect(Collectors.toUnmodifiableSet());
    }
}
