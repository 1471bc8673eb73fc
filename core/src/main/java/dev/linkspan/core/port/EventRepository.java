package dev.linkspan.core.port;

import java.time.Instant;

/** Reads and writes the Region's event log. */
public interface EventRepository extends EventReader {

    /**
     * Removes the oldest events of the Region's log that happened before this time, at most so many; the newest one stays.
     *
     * @return how many it removed
     */
    int forgetBefore(Instant time, int limit);
}
