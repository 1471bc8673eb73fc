package dev.linkspan.server;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.UnitOfWork;
import java.time.Duration;
import java.util.function.Function;

/** One unit of work in which many changes are made, so that they share its commit. */
record UnitStore(UnitOfWork unit) implements Store {

    @Override
    public <T> T change(RegionName region, Origin origin, Function<UnitOfWork, T> work) {
        return work.apply(unit);
    }

    @Override
    public <T> T rehearse(RegionName region, Origin origin, Function<UnitOfWork, T> work) {
        throw new UnsupportedOperationException("a unit that lasts");
    }

    @Override
    public <T> T read(RegionName region, Function<Snapshot, T> query) {
        return query.apply(unit);
    }

    @Override
    public boolean awaitEventAfter(RegionName region, long sequence, Duration timeout) {
        return false;
    }

    @Override
    public void close() {
        // the unit is its store's
    }
}
