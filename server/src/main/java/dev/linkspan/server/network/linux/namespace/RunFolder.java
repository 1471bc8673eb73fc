package dev.linkspan.server.network.linux.namespace;

import dev.linkspan.server.network.linux.Descriptor;
import dev.linkspan.server.network.linux.Errno;
import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.SystemCallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder whose files are network namespaces: each a mount of nsfs on a file named like the namespace. It survives its
 * process, so a server that starts again finds what was there; without root it lasts as long as the user namespace. While
 * a process takes care of it, {@code <folder>.pid} names that process, so that nobody else cleans it up.
 *
 * <p>The folder is a private mount of itself, so that what is mounted in it does not spread to other mount namespaces. A
 * mount namespace that was copied from ours still holds copies, but they go when the file is removed (unlink(2) detaches
 * them), so deleting a namespace here deletes it everywhere.
 */
final class RunFolder {

    private static final Path MOUNT_TABLE = Path.of("/proc/self/mountinfo");
    private static final int MOUNT_POINT_FIELD = 4;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Map<String, String> ESCAPES =
            Map.of("\\040", " ", "\\011", "\t", "\\012", "\n", "\\134", "\\");

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /** Makes the folder and its mount where they are missing, and takes them over where they are not. */
    static RunFolder prepare(Path path) {
        try {
            Path parent = Files.createDirectories(path.toAbsolutePath().getParent());
            Path real = parent.toRealPath().resolve(path.getFileName());
            Files.writeString(pidFile(real), ownPid());
            Files.createDirectories(real);
            if (!mountPoints().contains(real)) {
                Libc.mount(real, real, Libc.MS_BIND);
                Libc.mount(Path.of("none"), real, Libc.MS_PRIVATE);
            }
            return new RunFolder(real);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot make the run folder " + path, failed);
        }
    }

    /** Removes the folder with every namespace in it; nothing happens where there is none. */
    static void remove(Path path) {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            RunFolder folder = new RunFolder(path.toRealPath());
            folder.names().forEach(folder::delete);
            while (mountPoints().contains(folder.path)) {
                Libc.unmount(folder.path, Libc.MNT_DETACH);
            }
            Files.delete(folder.path);
            Files.deleteIfExists(pidFile(folder.path));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove the run folder " + path, failed);
        }
    }

    /** This process takes care of the folder no more, and another may have begun to; what is in it stays. */
    void release() {
        try {
            Path file = pidFile(path);
            if (Files.exists(file) && Files.readString(file).equals(ownPid())) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot release the run folder " + path, failed);
        }
    }

    private static String ownPid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    /** Beside the folder, so that every file in it is a namespace. */
    private static Path pidFile(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".pid");
    }

    /** The file of this name; refuses what is not a name, so that nothing outside the folder is ever touched. */
    Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the name of a namespace: lower-case letters, digits and '-', 63 at most"
                            .formatted(name));
        }
        return path.resolve(name);
    }

    /** The names of the namespaces, in order. */
    List<String> names() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(NAME.asMatchPredicate())
                    .filter(this::holds)
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot list the run folder " + path, failed);
        }
    }

    /** Whether there is such a namespace; a mere file, left by a crash before its mount, is none. */
    boolean holds(String name) {
        try (Descriptor file = Libc.open(file(name), Libc.O_RDONLY)) {
            return Libc.namespaceType(file) == Libc.CLONE_NEWNET;
        } catch (SystemCallException failed) {
            if (failed.errno() == Errno.ENOENT || failed.errno() == Errno.ENOTTY) {
                return false;
            }
            throw failed;
        }
    }

    /** An empty file to mount a new namespace on. */
    Path newFile(String name) {
        Path file = file(name);
        if (holds(name)) {
            throw new IllegalStateException("the network namespace %s exists already".formatted(file));
        }
        Libc.open(file, Libc.O_RDONLY | Libc.O_CREAT).close();
        return file;
    }

    /** The kernel removes the namespace and its links as soon as no thread and no socket is in it any more. */
    void delete(String name) {
        while (holds(name)) {
            Libc.unmount(file(name), Libc.MNT_DETACH);
        }
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove " + file(name), failed);
        }
    }

    private static List<Path> mountPoints() throws IOException {
        try (Stream<String> lines = Files.lines(MOUNT_TABLE)) {
            return lines.map(line -> Path.of(unescape(line.split(" ", -1)[MOUNT_POINT_FIELD])))
                    .toList();
        }
    }

    private static String unescape(String field) {
        String text = field;
        for (Map.Entry<String, String> escape : ESCAPES.entrySet()) {
            text = text.replace(escape.getKey(), escape.getValue());
        }
        return text;
    }
}
