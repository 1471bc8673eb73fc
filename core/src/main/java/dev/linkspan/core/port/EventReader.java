package dev.linkspan.core.port;

import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventQuery;
import dev.linkspan.core.id.AccountId;
import java.util.List;

/** Reads the Region's event log. */
public interface EventReader {

    /** The events after this number, in order, at most so many. */
    List<Event> after(long sequence, int limit);

    /** The events that match, in the query's order; bounded by its limit. */
    List<Event> search(EventQuery query);

    /** The number of the oldest event that is kept; that of the next one where none is. */
    long firstSequence();

    /** The number of the newest event, 0 where none is. */
    long lastSequence();

    /**
     * The number of the newest event that names the account, 0 where there is none. That is all that it is told of how far
     * the log goes: what others do is not its concern.
     */
    default long lastSequenceNaming(AccountId account) {
        List<Event> newest = search(EventQuery.everything(1).naming(account).newestFirst());
        return newest.isEmpty() ? 0 : newest.getFirst().sequence();
    }
}
