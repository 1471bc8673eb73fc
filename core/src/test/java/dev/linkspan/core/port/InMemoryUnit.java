package dev.linkspan.core.port;

import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import java.time.Instant;
import java.util.function.IntSupplier;

/** A change of a forked {@link World}; what a database would refuse by its constraints fails here as a bug too. */
final class InMemoryUnit extends InMemorySnapshot implements UnitOfWork {

    private final Origin origin;
    private final IntSupplier ids;

    InMemoryUnit(World fork, RegionName region, Instant now, Origin origin, IntSupplier ids) {
        super(fork, region, now);
        this.origin = origin;
        this.ids = ids;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public <T extends ResourceId> T newId(IdKind<T> kind) {
        return kind.of(ids.getAsInt());
    }

    @Override
    public void record(Fact fact, Origin cause) {
        long sequence = cell.lastSequence + 1;
        cell.events.put(sequence, new Event(sequence, region(), now(), cause, fact));
        cell.lastSequence = sequence;
    }
}
