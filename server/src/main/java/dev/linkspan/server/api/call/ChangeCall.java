package dev.linkspan.server.api.call;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import java.util.List;

/** A call that changes something: it runs inside one unit of work, and its answer is made there too. */
public record ChangeCall(UnitOfWork work, AccountId caller) implements Call {

    @Override
    public Snapshot snapshot() {
        return work;
    }

    @Override
    public List<ResourceTag> tagsOf(ResourceId id) {
        return ResourceTag.of(work.tags().ofResources(caller, List.of(id)));
    }
}
