package dev.linkspan.server.api.call;

import dev.linkspan.core.id.ResourceId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** What a place by rank and creation was made of. */
    public record Creation(int rank, Instant createdAt, String id) {}

    private static final Pattern RANKED_CREATION = Pattern.compile("([0-9]) 0*([0-9]{1,11})\\.([0-9]{9}) (\\S+)");

    /** What this place was made of, if it is one by creation, behind a rank. */
    public Optional<Creation> ofCreation() {
        Matcher parts = RANKED_CREATION.matcher(key);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Instant createdAt = Instant.ofEpochSecond(Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
        return Optional.of(new Creation(Integer.parseInt(parts.group(1)), createdAt, parts.group(4)));
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
