package dev.linkspan.server.lifecycle;

import dev.linkspan.server.lifecycle.ModelPeering.State;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of rules L, as it stands there: who may do what in which state. */
final class Matrix {

    /** Its columns. */
    enum Column {
        ACCEPT,
        REJECT,
        DELETE_BY_REQUESTER,
        DELETE_BY_ACCEPTER
    }

    static final String UNCHANGED = "unchanged";
    static final String REFUSED = "refused";

    /** A delete that repeats is for whoever may have done it: hence two rows for what is deleted. */
    private static final String TABLE = """
            pending-acceptance     | active    | rejected  | deleted   | refused
            active                 | unchanged | refused   | deleted   | deleted
            rejected               | refused   | unchanged | refused   | refused
            failed                 | refused   | refused   | refused   | refused
            expired                | refused   | refused   | refused   | refused
            deleted, while pending | refused   | refused   | unchanged | refused
            deleted, while active  | refused   | refused   | unchanged | unchanged
            """;

    private static final List<Column> COLUMNS = List.of(Column.values());
    private static final Map<String, List<String>> CELLS = new HashMap<>();

    static {
        TABLE.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .forEach(row -> CELLS.put(row.getFirst(), row.subList(1, row.size())));
    }

    private Matrix() {}

    /** The state that comes of it, {@link #UNCHANGED} or {@link #REFUSED}. */
    static String cell(State state, boolean wasActive, Column column) {
        String row =
                state != State.DELETED ? state.label : wasActive ? "deleted, while active" : "deleted, while pending";
        return CELLS.get(row).get(COLUMNS.indexOf(column));
    }
}
