package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.port.World.Cell;
import dev.linkspan.core.port.World.TagKey;
import dev.linkspan.core.tag.Tag;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@link TagRepository} of an {@link InMemoryStore}. */
record InMemoryTags(World world, Cell cell) implements TagRepository {

    @Override
    public List<Tag> ofResources(AccountId owner, Collection<? extends ResourceId> resources) {
        Set<String> wanted = resources.stream().map(ResourceId::value).collect(Collectors.toCollection(HashSet::new));
        return ofOwner(owner).stream()
                .filter(tag -> wanted.contains(tag.resource().value()))
                .toList();
    }

    @Override
    public List<Tag> ofOwner(AccountId owner) {
        return cell.tags
                .where(tag -> tag.owner().equals(owner))
                .sorted(Comparator.comparing((Tag tag) -> tag.resource().value())
                        .thenComparing(Tag::key))
                .toList();
    }

    @Override
    public List<ResourceId> resourcesOfOwner(AccountId owner) {
        return ofOwner(owner).stream().map(Tag::resource).distinct().toList();
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return ofOwner(owner).size();
    }

    @Override
    public void save(Tag tag) {
        needs(world.accounts().has(tag.owner()), "tag_has_account");
        cell.tags.put(TagKey.of(tag), tag);
    }

    @Override
    public void delete(Tag tag) {
        cell.tags.remove(TagKey.of(tag));
    }

    @Override
    public void deleteOfResource(ResourceId resource) {
        cell.tags.removeIf(tag -> tag.resource().equals(resource));
    }
}
