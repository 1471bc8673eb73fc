package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.ResourceId;
import java.time.Instant;

/**
 * A resource's place in the order of a Read call's answer. It is the resource's own, so that a page begins where the one
 * before it ended even if resources came or went in between.
 *
 * @param key compared as text
 */
public record Position(String key) implements Comparable<Position> {

    /** By creation, then id: the order of most answers. */
    public static Position byCreation(Instant createdAt, ResourceId id) {
        return new Position("%020d.%09d %s".formatted(createdAt.getEpochSecond(), createdAt.getNano(), id.value()));
    }

    /** By a name that is unique in the answer. */
    public static Position byName(Object name) {
        return new Position(name.toString());
    }

    /** Behind everything of a lower rank, 0 to 9. */
    public Position ranked(int rank) {
        return new Position(rank + " " + key);
    }

    @Override
    public int compareTo(Position other) {
        return key.compareTo(other.key);
    }
}
