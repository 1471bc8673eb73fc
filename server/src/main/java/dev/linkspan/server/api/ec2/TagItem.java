package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ResourceTag;
import java.util.List;

/** A tag as answers show it. */
public record TagItem(String key, String value) {

    public static List<TagItem> of(List<ResourceTag> tags) {
        return tags.stream().map(tag -> new TagItem(tag.key(), tag.value())).toList();
    }

    /** The caller's tags on this resource. */
    public static List<TagItem> of(Call call, ResourceId resource) {
        return of(call.tagsOf(resource));
    }
}
