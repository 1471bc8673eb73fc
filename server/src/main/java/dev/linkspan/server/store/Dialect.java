package dev.linkspan.server.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What differs between the databases: how to reach them, how a batch of changes begins, what their errors mean. */
interface Dialect extends AutoCloseable {

    /** Opens connections that may write. */
    Jdbi writer();

    /** Lends connections for reading. */
    Jdbi readers();

    /** Begins a transaction that no other writer's can run beside. */
    void begin(Handle writer);

    /**
     * What a failed statement means: a Refusal where the database cannot do its work now, else a bug.
     *
     * @param doing what was going on, for the message
     */
    RuntimeException meaningOf(Throwable failure, String doing);

    @Override
    void close();
}
