package dev.linkspan.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** How fast the disk makes a page durable: what a store that commits one by one could do at most. */
final class DiskSyncs {

    private static final int PAGE = 4096;
    private static final Duration TIME = Duration.ofMillis(500);
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private DiskSyncs() {}

    /** Writes pages in this folder, each with an fdatasync, and returns how many went in a second. */
    static double perSecond(Path folder) throws IOException {
        ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
        long began = System.nanoTime();
        long written = 0;
        try (FileChannel file = FileChannel.open(
                folder.resolve("sync-probe"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE)) {
            while (System.nanoTime() - began < TIME.toNanos()) {
                file.write(page.clear());
                file.force(false);
                written++;
            }
        }
        return written * NANOS / (System.nanoTime() - began);
    }
}
