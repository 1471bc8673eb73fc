package dev.linkspan.server.store;

import dev.linkspan.core.id.RegionName;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What differs between the databases: how to reach them, how a batch of changes begins, what their errors mean. */
interface Dialect extends AutoCloseable {

    /** Opens connections that may write. */
    Jdbi writer();

    /** Lends connections for reading. */
    Jdbi readers();

    /**
     * Opens a connection of its own, in a transaction whose reads all see what was committed when the first of them was
     * made, for as long as it lasts. Rolling back and closing it is the caller's.
     */
    Handle openSnapshot();

    /** What people call the database. */
    String name();

    /** Begins a transaction, and waits until no other writer's that changes one of these Regions can run beside it. */
    void begin(Handle writer, Set<RegionName> regions);

    /** Makes durable what was done since {@link #begin}, for everybody to see. */
    void commit(Handle writer);

    /**
     * What a failed statement means: a Refusal where the database cannot do its work now, else a bug.
     *
     * @param doing what was going on, for the message
     */
    RuntimeException meaningOf(Throwable failure, String doing);

    /** Whether a failure says no more than that a connection broke or had to give way: nothing is wrong with what was asked. */
    boolean isConnectionLost(Throwable failure);

    @Override
    void close();
}
