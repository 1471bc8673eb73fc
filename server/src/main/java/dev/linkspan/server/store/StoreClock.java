package dev.linkspan.server.store;

import dev.linkspan.core.id.RegionName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The time of reads and changes (T1), in whole milliseconds. It never runs backwards, for no server of a database, and no
 * read is later than a change that it does not see: it would tell what time made of a state that was gone by then, such as
 * the expiry of a request that had just been accepted (L10).
 */
public interface StoreClock {

    /** A clock of this process, for a store that no other process changes. */
    static StoreClock of(InstantSource source) {
        return new ChangeClock(source);
    }

    /** The clock of the PostgreSQL server, which is the same for every server that shares it. */
    static StoreClock ofDatabase() {
        return new DatabaseClock();
    }

    /**
     * A clock that stands still but for {@link SqlStore#advance}, and goes on where it stood when the store is opened again.
     *
     * @param start where it stands in a store that never had one
     */
    static StoreClock manual(Instant start) {
        return new ManualTime(start);
    }

    /** The store was opened, and nothing has been read or changed yet. */
    default void opened(Handle writer) {}

    /**
     * The time of a read whose snapshot is taken afterwards.
     *
     * @param reader outside of a transaction
     */
    Instant forRead(Handle reader);

    /**
     * A batch of changes has its turn, and nothing of it is done yet.
     *
     * @param writer within the batch's transaction
     * @param regions whose turn it has
     */
    default void begin(Handle writer, Set<RegionName> regions) {}

    /**
     * The time of a change. Every change that asks belongs to the batch that {@link #committed} or {@link #undone} ends.
     *
     * @param writer within the batch's transaction, which no other of these Regions runs beside
     */
    Instant forChange(Handle writer);

    /** No change from now on is before this time, which it answers, or a later one if that is taken already. */
    Instant notBefore(Instant time);

    /** The batch is there to be seen. */
    void committed();

    /** The batch never was, and the times to which it moved on were not either. */
    void undone();
}
