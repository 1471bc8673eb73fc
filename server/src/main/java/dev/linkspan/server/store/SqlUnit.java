package dev.linkspan.server.store;

import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.port.UnitOfWork;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** One change on the writer's connection. What it changes are the rows that its snapshot reads. */
final class SqlUnit extends SqlSnapshot implements UnitOfWork {

    private final Origin origin;
    private final NewIds ids;

    SqlUnit(Handle handle, RegionName region, Instant now, SecretBox secrets, Origin origin) {
        super(handle, region, now, secrets);
        this.origin = origin;
        this.ids = new NewIds(handle);
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public <T extends ResourceId> T newId(IdKind<T> kind) {
        return ids.next(kind);
    }

    @Override
    public void record(Fact fact, Origin cause) {
        events().append(fact, now(), cause);
    }
}
