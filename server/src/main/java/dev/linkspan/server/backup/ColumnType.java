package dev.linkspan.server.backup;

import java.util.Locale;
import java.util.Optional;

/** What a column holds. The schema has no other types, so that it is the same for every database. */
public enum ColumnType {
    /** A String. */
    TEXT,
    /** A Long. */
    BIGINT;

    /** As the file writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ColumnType> of(Object word) {
        for (ColumnType type : values()) {
            if (type.word().equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Whether a row may have this value in such a column; whether it may be absent is for the database to say. */
    boolean accepts(Object value) {
        return switch (this) {
            case TEXT -> value instanceof String;
            case BIGINT -> value instanceof Long;
        };
    }
}
