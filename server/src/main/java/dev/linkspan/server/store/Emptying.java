package dev.linkspan.server.store;

import dev.linkspan.server.backup.BackupTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Deletes everything that anybody has. How far each Region's log has come stays, so that its next event is a new one to all
 * who follow it, and so do the settings. Which tables there are, the database tells: a migration that adds one adds it here.
 */
final class Emptying {

    private static final Set<String> STAYING = Set.of("region", "setting");

    /** Left out of what a backup carries, and behind it by its references. */
    private static final String SESSIONS = "session";

    /** Each before those that its foreign keys lead to; read when it is first needed. The writer's own. */
    private Optional<List<String>> tables = Optional.empty();

    void run(Handle handle) {
        List<String> all = tables.orElseGet(() -> read(handle));
        tables = Optional.of(all);
        all.forEach(table -> handle.execute("delete from " + table));
    }

    private static List<String> read(Handle handle) {
        try {
            Stream<String> carried = CarriedTables.of(handle.getConnection()).reversed().stream()
                    .map(BackupTable::name)
                    .filter(table -> !STAYING.contains(table));
            return Stream.concat(Stream.of(SESSIONS), carried).toList();
        } catch (SQLException e) {
            throw new IllegalStateException("the tables of the database cannot be read", e);
        }
    }
}
