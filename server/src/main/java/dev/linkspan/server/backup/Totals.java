package dev.linkspan.server.backup;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** How many rows of each table a backup has. */
public record Totals(SequencedMap<String, Long> rows) {

    public Totals {
        rows = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(rows));
    }

    /** Those of all tables together. */
    public long all() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
