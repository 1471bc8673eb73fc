package dev.linkspan.core.port;

import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventQuery;
import dev.linkspan.core.port.World.Cell;
import java.time.Instant;
import java.util.List;

/** {@link EventRepository} of an {@link InMemoryStore}. */
record InMemoryEvents(Cell cell) implements EventRepository {

    @Override
    public List<Event> after(long sequence, int limit) {
        return cell.events
                .where(event -> event.sequence() > sequence)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Event> search(EventQuery query) {
        List<Event> matching = cell.events.where(query::matches).toList();
        return switch (query.order()) {
            case OLDEST_FIRST -> matching.stream().limit(query.limit()).toList();
            case NEWEST_FIRST ->
                matching.reversed().stream().limit(query.limit()).toList();
        };
    }

    @Override
    public long firstSequence() {
        return cell.events.where(_ -> true).findFirst().map(Event::sequence).orElse(cell.lastSequence + 1);
    }

    @Override
    public long lastSequence() {
        return cell.lastSequence;
    }

    @Override
    public int forgetBefore(Instant time, int limit) {
        List<Long> old = cell.events
                .where(event -> event.at().isBefore(time) && event.sequence() < cell.lastSequence)
                .limit(limit)
                .map(Event::sequence)
                .toList();
        old.forEach(cell.events::remove);
        return old.size();
    }
}
