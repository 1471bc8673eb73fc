package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.port.TagReader;
import dev.linkspan.core.port.TagRepository;
import dev.linkspan.core.tag.Tag;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@link TagRepository} of a rehearsal. */
final class RehearsedTags extends Overlay<RehearsedTags.TagKey, Tag> implements TagRepository {

    private final TagReader truth;

    /** Resources whose tags went with them. */
    private final Set<ResourceId> untagged = new HashSet<>();

    /** What a tag is told from others by. */
    record TagKey(ResourceId resource, AccountId owner, String key) {

        static TagKey of(Tag tag) {
            return new TagKey(tag.resource(), tag.owner(), tag.key());
        }
    }

    RehearsedTags(TagReader truth, Allowance allowance) {
        super(
                key -> find(truth, key),
                TagKey::of,
                Comparator.comparing((Tag tag) -> tag.resource().value()).thenComparing(Tag::key),
                allowance);
        this.truth = truth;
    }

    private static Optional<Tag> find(TagReader truth, TagKey key) {
        return truth.ofResources(key.owner(), List.of(key.resource())).stream()
                .filter(tag -> tag.key().equals(key.key()))
                .findFirst();
    }

    @Override
    public List<Tag> ofResources(AccountId owner, Collection<? extends ResourceId> resources) {
        Set<ResourceId> wanted = Set.copyOf(resources);
        List<ResourceId> still =
                wanted.stream().filter(it -> !untagged.contains(it)).toList();
        return some(truth.ofResources(owner, still), it -> it.owner().equals(owner) && wanted.contains(it.resource()));
    }

    @Override
    public List<Tag> ofOwner(AccountId owner) {
        List<Tag> still = truth.ofOwner(owner).stream()
                .filter(it -> !untagged.contains(it.resource()))
                .toList();
        return some(still, it -> it.owner().equals(owner));
    }

    @Override
    public List<ResourceId> resourcesOfOwner(AccountId owner) {
        return ofOwner(owner).stream().map(Tag::resource).distinct().toList();
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return truth.countOfOwner(owner) + difference(it -> it.owner().equals(owner));
    }

    @Override
    public void delete(Tag tag) {
        delete(TagKey.of(tag));
    }

    @Override
    public void deleteOfResource(ResourceId resource) {
        untagged.add(resource);
        forget(key -> key.resource().equals(resource));
    }
}
