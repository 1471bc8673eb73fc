package dev.linkspan.server.api.call;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.port.Snapshot;
import java.time.Instant;
import java.util.List;

/** What every handler needs to know: who asks, what is true, and the caller's tags for the answer. */
public sealed interface Call permits ReadCall, ChangeCall {

    AccountId caller();

    Snapshot snapshot();

    default Instant now() {
        return snapshot().now();
    }

    /** The caller's tags on this resource, as answers show them. */
    List<ResourceTag> tagsOf(ResourceId id);
}
