package dev.linkspan.cli.network;

import dev.linkspan.cli.client.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder in which a server keeps its network namespaces, each a mount on a file. With a namespace go its links, its
 * routes and its packet filter, so nothing else has to be removed, unless outside was bound to an interface. Beside it, {@code
 * <folder>.pid} names the server while it lives.
 */
public record RunFolder(Path path) implements Leftover {

    private static final Path ALL = Path.of("/run/linkspan");

    /** Every run folder of this machine that can be seen from here. */
    static List<Leftover> all() {
        if (!Files.isDirectory(ALL)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(ALL)) {
            return files.filter(Files::isDirectory)
                    .sorted()
                    .<Leftover>map(RunFolder::new)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + ALL, unreadable);
        }
    }

    /** The network namespaces in it, by name: a VM's has that of the VM's id, a router's that of its Net's, and one is outside. */
    public List<String> namespaces() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + path, unreadable);
        }
    }

    @Override
    public String contents() {
        List<String> namespaces = namespaces();
        long vms = namespaces.stream().filter(VmId::isOne).count();
        long routers = namespaces.stream().filter(RunFolder::isRouter).count();
        String bound =
                Uplink.of(path).map(uplink -> ", bound to " + uplink.device()).orElse("");
        return counted(vms, "VM") + " and " + counted(routers, "router") + bound;
    }

    private static boolean isRouter(String namespace) {
        return !VmId.isOne(namespace) && !namespace.equals(Namespaces.OUTSIDE);
    }

    private static String counted(long number, String what) {
        return "%d %s%s".formatted(number, what, number == 1 ? "" : "s");
    }

    @Override
    public ObjectNode particulars() {
        return Json.object("RunFolder", path.toString(), "Namespaces", namespaces());
    }

    @Override
    public OptionalLong server() {
        try {
            long pid = Long.parseLong(Files.readString(pidFile()).strip());
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
                    ? OptionalLong.of(pid)
                    : OptionalLong.empty();
        } catch (IOException | NumberFormatException none) {
            return OptionalLong.empty();
        }
    }

    @Override
    public List<ProcessHandle> programs() {
        List<String> namespaces = namespaces().stream()
                .map(path::resolve)
                .flatMap(file -> inode(file).stream())
                .toList();
        return ProcessHandle.allProcesses()
                .filter(process -> namespaces.contains(networkNamespaceOf(process)))
                .toList();
    }

    @Override
    public void remove() {
        if (!Files.isDirectory(path)) {
            return;
        }
        Uplink.of(path).ifPresent(Uplink::remove);
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                unmount(file);
                Files.deleteIfExists(file);
            }
            unmount(path);
            Files.deleteIfExists(path);
            Files.deleteIfExists(pidFile());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove " + path, failed);
        }
    }

    private Path pidFile() {
        return path.resolveSibling(path.getFileName() + ".pid");
    }

    private static Optional<String> inode(Path file) {
        try {
            return Optional.of("net:[%s]".formatted(Files.getAttribute(file, "unix:ino")));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static String networkNamespaceOf(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "ns", "net"))
                    .toString();
        } catch (IOException gone) {
            return "";
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
