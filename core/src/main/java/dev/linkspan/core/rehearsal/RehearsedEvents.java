package dev.linkspan.core.rehearsal;

import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventQuery;
import dev.linkspan.core.port.EventReader;
import dev.linkspan.core.port.EventRepository;
import java.time.Instant;
import java.util.List;

/** {@link EventRepository} of a rehearsal: what did not happen is in no log. */
record RehearsedEvents(EventReader truth) implements EventRepository {

    @Override
    public List<Event> after(long sequence, int limit) {
        return truth.after(sequence, limit);
    }

    @Override
    public List<Event> search(EventQuery query) {
        return truth.search(query);
    }

    @Override
    public long firstSequence() {
        return truth.firstSequence();
    }

    @Override
    public long lastSequence() {
        return truth.lastSequence();
    }

    @Override
    public int forgetBefore(Instant time, int limit) {
        return 0;
    }
}
