package dev.linkspan.server.api.call;

import dev.linkspan.core.account.RoleSession;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.server.api.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A call that only reads, on one snapshot.
 *
 * @param session the role session that the caller acts in, if any
 * @param loaded the tags of a page's resources, loaded together; resources that are not in it are asked for singly
 */
public record ReadCall(
        Snapshot snapshot, AccountId caller, Optional<RoleSession> session, Map<ResourceId, List<Tag>> loaded)
        implements Call {

    public ReadCall(Snapshot snapshot, AccountId caller) {
        this(snapshot, caller, Optional.empty(), Map.of());
    }

    /** A call on this snapshot of whoever it is. */
    public static ReadCall of(Snapshot snapshot, Caller caller) {
        return new ReadCall(snapshot, caller.account(), caller.session(), Map.of());
    }

    public ReadCall withTagsOf(List<ResourceId> resources) {
        Map<ResourceId, List<Tag>> byResource =
                snapshot.tags().ofResources(caller, resources).stream().collect(Collectors.groupingBy(Tag::resource));
        resources.forEach(resource -> byResource.putIfAbsent(resource, List.of()));
        return new ReadCall(snapshot, caller, session, byResource);
    }

    @Override
    public List<ResourceTag> tagsOf(ResourceId id) {
        List<Tag> known = loaded.get(id);
        return ResourceTag.of(known != null ? known : snapshot.tags().ofResources(caller, List.of(id)));
    }
}
