package dev.linkspan.core.port;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.tag.Tag;

/** Reads and writes the tags. */
public interface TagRepository extends TagReader {

    /** Sets the value of the tag's key on its resource for its owner. */
    void save(Tag tag);

    void delete(Tag tag);

    /** Removes everybody's tags of a resource that is gone. */
    void deleteOfResource(ResourceId resource);
}
