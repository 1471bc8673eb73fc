package dev.linkspan.core.port;

import dev.linkspan.core.id.ResourceId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the repositories of an {@link InMemoryStore} have in common. */
final class InMemoryRows {

    private InMemoryRows() {}

    static <T> List<T> inOrder(Stream<T> rows, Function<T, Instant> createdAt, Function<T, ? extends ResourceId> id) {
        return rows.sorted(Comparator.comparing(createdAt)
                        .thenComparing(row -> id.apply(row).value()))
                .toList();
    }

    /** What a database would refuse by its constraints is a bug here too. */
    static void needs(boolean kept, String constraint) {
        if (!kept) {
            throw new IllegalStateException("BUG: the change breaks the constraint " + constraint);
        }
    }
}
