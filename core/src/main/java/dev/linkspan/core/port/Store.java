package dev.linkspan.core.port;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.RegionName;
import java.time.Duration;
import java.util.function.Function;

/**
 * Where a server keeps what is true, durably. Every Region has one strict order of changes; reads never wait for them.
 * All methods may be called from any thread, virtual ones included.
 */
public interface Store extends AutoCloseable {

    /**
     * Runs the work as the Region's next change and returns its result once that is durable. What the work throws is
     * thrown here, and nothing of it remains. The work may run more than once, and must not touch anything but the unit.
     */
    <T> T change(RegionName region, Origin origin, Function<UnitOfWork, T> work);

    /** Like {@link #change}, but nothing of it remains even if it succeeds: what DryRun asks for. */
    <T> T rehearse(RegionName region, Origin origin, Function<UnitOfWork, T> work);

    /** Runs the query on what is committed now. */
    <T> T read(RegionName region, Function<Snapshot, T> query);

    /**
     * Waits until the Region's log holds an event after this number.
     *
     * @return whether it does; false when the time is up or the store was closed
     */
    boolean awaitEventAfter(RegionName region, long sequence, Duration timeout) throws InterruptedException;

    /** Finishes what was accepted, then closes; later calls fail. */
    @Override
    void close();
}
