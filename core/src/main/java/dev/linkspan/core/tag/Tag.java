package dev.linkspan.core.tag;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ResourceId;

/** A key and value that an account keeps on a resource. On a peering each of the two owners sees only its own. */
public record Tag(ResourceId resource, AccountId owner, String key, String value) {

    public static final int LONGEST_KEY = 255;
    public static final int LONGEST_VALUE = 255;
}
