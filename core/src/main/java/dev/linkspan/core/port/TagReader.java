package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.tag.Tag;
import java.util.Collection;
import java.util.List;

/** Reads the tags. */
public interface TagReader {

    /** This account's tags on these resources, by resource and key. */
    List<Tag> ofResources(AccountId owner, Collection<? extends ResourceId> resources);

    /** This account's tags, by resource and key. */
    List<Tag> ofOwner(AccountId owner);

    /** The resources on which the account has tags, by id. */
    List<ResourceId> resourcesOfOwner(AccountId owner);

    int countOfOwner(AccountId owner);
}
