package dev.linkspan.acceptance.crash;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A disk of a few megabytes that a test may fill and break: a file system in a file, mounted through a loop device. */
final class SmallDisk implements AutoCloseable {

    private static final long BYTES = 24L << 20;
    private static final int CHUNK = 4096;
    /** A status of e2fsck(8). */
    private static final int ERRORS_CORRECTED = 1;

    private static final int NO_SUCH_COMMAND = 127;

    private final Path image;
    private final Path mounted;

    private SmallDisk(Path image, Path mounted) {
        this.image = image;
        this.mounted = mounted;
    }

    /**
     * Ends the test as skipped where this user may not mount one. Its blocks are as large as a page, as on any disk that is
     * not tiny: SQLite reserves space for its shared memory page by page. It has no journal: while ext4 gives a journal up
     * (see {@link #fail}), fsync(2) may report success for what was never written, so a test of what is lost would blame
     * the server for the kernel.
     */
    static SmallDisk in(Path folder) throws IOException {
        SmallDisk disk = new SmallDisk(folder.resolve("disk"), Files.createDirectory(folder.resolve("mounted")));
        try (RandomAccessFile file = new RandomAccessFile(disk.image.toFile(), "rw")) {
            file.setLength(BYTES);
        }
        assumeTrue(
                succeeds("mkfs.ext4", "-q", "-F", "-b", "4096", "-O", "^has_journal", disk.image.toString())
                        && disk.mount(),
                "this user may not make and mount a file system of its own");
        return disk;
    }

    Path path() {
        return mounted;
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (true) {
                ballast.write(chunk);
            }
        } catch (IOException full) {
            if (Files.getFileStore(mounted).getUsableSpace() > CHUNK) {
                throw full;
            }
        }
    }

    void free() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return mounted.resolve("ballast");
    }

    /** As an operator would; no file on it may be open for writing. */
    void makeReadOnly() {
        run("mount", "-o", "remount,ro", mounted.toString());
    }

    void makeWritable() {
        run("mount", "-o", "remount,rw", mounted.toString());
    }

    /** As a failing disk would: the kernel gives the file system up, and whoever writes to it gets an error. */
    void fail() {
        run("mount", "-o", "remount,abort", mounted.toString());
    }

    /** Checks the file system and mounts it anew; no file on it may be open. */
    void repair() {
        run("umount", mounted.toString());
        if (status("e2fsck", "-fy", image.toString()) > ERRORS_CORRECTED || !mount()) {
            throw new IllegalStateException("the repaired disk cannot be mounted");
        }
    }

    private boolean mount() {
        return succeeds("mount", "-o", "loop", image.toString(), mounted.toString());
    }

    @Override
    public void close() {
        run("umount", mounted.toString());
    }

    private static void run(String... command) {
        if (!succeeds(command)) {
            throw new IllegalStateException("failed: " + String.join(" ", command));
        }
    }

    private static boolean succeeds(String... command) {
        return status(command) == 0;
    }

    /** The exit status; as that of a shell where there is no such command. */
    private static int status(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor();
        } catch (IOException missing) {
            return NO_SUCH_COMMAND;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
