package dev.linkspan.server;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.Download;
import dev.linkspan.server.backup.KeyFiles;
import dev.linkspan.server.backup.Totals;
import dev.linkspan.server.store.StoreBackup;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** A backup on its way to whoever asked for it. */
record BackupDownload(StoreBackup backup, KeyFiles keys) implements Download {

    private static final Logger LOG = System.getLogger(BackupDownload.class.getName());

    @Override
    public String contentType() {
        return "application/gzip";
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        long start = System.nanoTime();
        try {
            Totals totals = backup.writeTo(out, keys);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            LOG.log(
                    Level.INFO,
                    () -> "a backup of %,d rows was taken in %,d ms".formatted(totals.all(), took.toMillis()));
        } catch (IOException | Refusal failure) {
            LOG.log(Level.WARNING, "a backup was broken off: " + failure.getMessage());
            throw failure;
        }
    }

    @Override
    public void close() {
        backup.close();
    }
}
