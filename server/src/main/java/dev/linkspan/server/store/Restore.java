package dev.linkspan.server.store;

import dev.linkspan.server.backup.BackupReader;
import dev.linkspan.server.backup.Manifest;
import dev.linkspan.server.backup.Totals;
import dev.linkspan.server.backup.UnusableBackup;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/*
 * All or nothing
 *
 * The file is read twice. First to its end, against the schema that it says it has: whatever is wrong with it is known
 * before anything is touched. Then again, row by row into one transaction of the target, which is committed when the
 * file has come to its end a second time.
 *
 * A restore that dies before that leaves an empty database. A server that took it for a new one would tell every tenant
 * that all is gone. So the database is marked before the first row, in a transaction of its own, and the transaction of
 * the rows takes the mark away: a server refuses what is marked, and the same restore begins again.
 *
 * The rows go into the schema that they came from. Only then is the database brought up to date, as a server's start
 * would: a migration finds the rows that it was written for.
 */
/** Fills an empty database and data folder from a backup. */
public final class Restore {

    /**
     * What was restored.
     *
     * @param manifest what the file says about itself
     */
    public record Restored(Manifest manifest, Totals totals) {}

    private final Path file;
    private final Path data;
    private final Optional<String> store;
    private final LongConsumer progress;

    /**
     * @param file the backup
     * @param data the data folder, which is made where it is missing
     * @param store the URL of a PostgreSQL database instead of SQLite in the data folder
     * @param progress is told now and then how many rows are in
     */
    public Restore(Path file, Path data, Optional<String> store, LongConsumer progress) {
        this.file = file;
        this.data = data;
        this.store = store;
        this.progress = progress;
    }

    /**
     * Throws {@link UnusableBackup} where the file is not fit for it, and {@link UnusableDataFolder} or {@link
     * UnusableDatabase} where that is not; nothing has changed then.
     */
    public Restored run() {
        RestoreTarget target = RestoreTarget.of(data, store);
        Manifest manifest = examine(target);
        try (RestoreFolder folder = RestoreFolder.open(data)) {
            try {
                return new Restored(manifest, fill(folder, target, manifest));
            } catch (JdbiException | FlywayException | SQLException failure) {
                throw new UnusableDatabase(
                        "%s cannot be restored into: %s. It holds nothing of the backup. Run the restore again when that is mended."
                                .formatted(target.name(), reason(failure)),
                        failure);
            }
        }
    }

    /** What the database said; the drivers tell the statement and its values around it. */
    private static @Nullable String reason(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            innermost = cause;
        }
        return innermost.getMessage();
    }

    /** Reads the file to its end and compares it with what its schema has. */
    private Manifest examine(RestoreTarget target) {
        try (BackupReader backup = BackupReader.open(file)) {
            Manifest manifest = backup.manifest();
            if (manifest.schema() < 1 || manifest.schema() > Migrations.NEWEST) {
                throw new UnusableBackup(
                        "%s was made by Linkspan %s: its schema is version %d, this version knows up to %d. Restore it with that version or a newer one."
                                .formatted(file, manifest.version(), manifest.schema(), Migrations.NEWEST));
            }
            RestoreCheck check = new RestoreCheck(file, Migrations.tablesOf(manifest.schema()), target.storesNul());
            backup.read(check);
            check.requireEveryTable();
            return manifest;
        }
    }

    private Totals fill(RestoreFolder folder, RestoreTarget target, Manifest manifest) throws SQLException {
        try (BackupReader backup = BackupReader.open(file)) {
            folder.requireNoOtherKeys(backup.keys());
            Totals totals;
            try (Handle handle = target.jdbi().open()) {
                target.requireEmpty(handle, manifest.schema());
                Migrations.run(target.source(), manifest.schema());
                new SettingRows(handle).beginRestore();
                folder.write(backup.keys());
                totals = load(backup, handle);
            }
            Migrations.run(target.source(), Migrations.NEWEST);
            return totals;
        }
    }

    private Totals load(BackupReader backup, Handle handle) throws SQLException {
        handle.begin();
        try (RestoredRows rows = new RestoredRows(handle.getConnection(), progress)) {
            Totals totals = backup.read(rows);
            rows.finish();
            new SettingRows(handle).endRestore();
            handle.commit();
            return totals;
        } catch (RuntimeException | SQLException failure) {
            handle.rollback();
            throw failure;
        }
    }
}
