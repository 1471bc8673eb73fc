package dev.linkspan.server.store;

import dev.linkspan.server.backup.BackupTable;
import dev.linkspan.server.backup.RowSink;
import dev.linkspan.server.backup.UnusableBackup;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what a file holds with the schema that it says it has. */
final class RestoreCheck implements RowSink<RuntimeException> {

    private final Path file;
    private final Map<String, BackupTable> expected = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final boolean nulAllowed;
    private Optional<BackupTable> current = Optional.empty();

    /** @param nulAllowed whether texts may have the character NUL where the rows go */
    RestoreCheck(Path file, List<BackupTable> expected, boolean nulAllowed) {
        this.file = file;
        this.nulAllowed = nulAllowed;
        expected.forEach(table -> this.expected.put(table.name(), table));
    }

    @Override
    public void table(BackupTable table) {
        BackupTable known = expected.get(table.name());
        if (known == null) {
            throw refused("has the table %s, which its schema has not".formatted(table.name()));
        }
        if (!known.hasColumnsOf(table)) {
            throw refused("has the table %s with the columns %s, where its schema has %s"
                    .formatted(
                            table.name(),
                            table.columns().keySet(),
                            known.columns().keySet()));
        }
        seen.add(table.name());
        current = Optional.of(table);
    }

    @Override
    public void row(@Nullable Object[] values) {
        for (int i = 0; !nulAllowed && i < values.length; i++) {
            if (values[i] instanceof String text && text.indexOf('\0') >= 0) {
                BackupTable table = current.orElseThrow();
                throw new UnusableBackup(
                        "%s has a character NUL in a row of %s, in %s, which PostgreSQL cannot store. Nothing was changed: change that text in the server that the backup is from, and make another."
                                .formatted(
                                        file,
                                        table.name(),
                                        List.copyOf(table.columns().keySet()).get(i)));
            }
        }
    }

    void requireEveryTable() {
        for (String table : expected.keySet()) {
            if (!seen.contains(table)) {
                throw refused("lacks the table %s, which its schema has".formatted(table));
            }
        }
    }

    private UnusableBackup refused(String what) {
        return new UnusableBackup(
                "%s %s: it is not a backup that this version can restore. Nothing was changed.".formatted(file, what));
    }
}
