package dev.linkspan.cli.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.LongConsumer;

/** Where a backup is saved: the file is there whole, checked and durable, or not at all. */
public record BackupFile(Path path, boolean overwrite) {

    /** Throws an IOException where it is there and may not be overwritten. */
    public void requireFree() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("there is no folder %s to save it in".formatted(folder));
        }
        if (!overwrite && Files.exists(path)) {
            throw new IOException(
                    "%s is already there: name another file, or overwrite it with --force".formatted(path));
        }
    }

    /** Saves what comes, for its owner only, and says what that is. */
    public CompleteBackup save(InputStream backup, LongConsumer progress) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        Path part = Files.createTempFile(
                folder,
                path.getFileName() + ".",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        part.toFile().deleteOnExit();
        try {
            CompleteBackup whole = save(backup, part, progress);
            requireFree();
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
            return whole;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static CompleteBackup save(InputStream backup, Path part, LongConsumer progress) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            CompleteBackup whole = copy(backup, Channels.newOutputStream(channel), progress);
            channel.force(true);
            return whole;
        }
    }

    /** Passes on what comes, and says at the end whether that was a backup. */
    public static CompleteBackup copy(InputStream backup, OutputStream out, LongConsumer progress) throws IOException {
        return Examination.of(new Copied(backup, out), progress);
    }

    private static final class Copied extends FilterInputStream {

        private final OutputStream copy;

        Copied(InputStream in, OutputStream copy) {
            super(in);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            if (count > 0) {
                copy.write(bytes, offset, count);
            }
            return count;
        }
    }
}
