package dev.linkspan.server.api.call;

import dev.linkspan.core.tag.Tag;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A tag as answers show it on its resource. */
public record ResourceTag(String key, String value) {

    /** In the order of their keys. */
    public static List<ResourceTag> of(Collection<Tag> tags) {
        return tags.stream()
                .map(tag -> new ResourceTag(tag.key(), tag.value()))
                .sorted(Comparator.comparing(ResourceTag::key))
                .toList();
    }
}
