package dev.linkspan.cli.leftover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder in which a server keeps its network namespaces, each a mount on a file. With a namespace go its links, its
 * routes and its packet filter, so nothing else has to be removed.
 */
public record RunFolder(Path path) {

    /** The network namespaces in it, by name. */
    public List<String> namespaces() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + path, unreadable);
        }
    }

    /** Removes it with everything in it; nothing happens where it is gone already. */
    public void remove() {
        if (!Files.isDirectory(path)) {
            return;
        }
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                unmount(file);
                Files.deleteIfExists(file);
            }
            unmount(path);
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove " + path, failed);
        }
    }

    /** Mounts may lie on one another: unmounts until nothing is mounted there. */
    private static void unmount(Path file) throws IOException {
        while (run("umount", "-l", file.toString()) == 0) {
            // The next round finds what lay beneath.
        }
    }

    private static int run(String... command) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unmounting", interrupted);
        }
    }
}
