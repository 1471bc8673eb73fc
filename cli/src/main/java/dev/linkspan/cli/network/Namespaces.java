package dev.linkspan.cli.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way into the network namespaces of a server on this machine, each a file under its run folder that is named like the
 * VM. A server without root keeps them in a user and mount namespace of its own, which has to be entered first.
 *
 * @param runFolder the folder, as the server sees it
 * @param server the process that made them
 */
public record Namespaces(Path runFolder, long server) implements VmAccess {

    /** What stands for the internet; no VM is called so. */
    static final String OUTSIDE = "outside";

    @Override
    public List<String> enter(String vm, List<String> command) {
        return into(vm, command);
    }

    @Override
    public List<String> enterOutside(List<String> command) {
        return into(OUTSIDE, command);
    }

    private List<String> into(String namespace, List<String> command) {
        List<String> line = new ArrayList<>(way());
        line.addAll(List.of("nsenter", "--net=" + runFolder.resolve(namespace), "--"));
        line.addAll(command);
        return List.copyOf(line);
    }

    @Override
    public Optional<String> obstacle(String vm) {
        return obstacle(vm, "%s is not on the wire: is the id right, and is the VM running?".formatted(vm));
    }

    @Override
    public Optional<String> obstacleOutside() {
        return obstacle(OUTSIDE, "nothing leads outside yet: link an internet service to a Net first");
    }

    private Optional<String> obstacle(String namespace, String absent) {
        Path process = Path.of("/proc", Long.toString(server));
        if (!Files.isDirectory(process)) {
            return Optional.of("the server's process %d is not on this machine".formatted(server));
        }
        if (namespace(server, "user").isEmpty()) {
            return Optional.of(
                    "the server's process %d belongs to another user: be that user, or root".formatted(server));
        }
        Path file = process.resolve("root").resolve(Path.of("/").relativize(runFolder.resolve(namespace)));
        return Files.exists(file) ? Optional.empty() : Optional.of(absent);
    }

    private List<String> way() {
        long self = ProcessHandle.current().pid();
        boolean sameUser = namespace(server, "user").equals(namespace(self, "user"));
        boolean sameMounts = namespace(server, "mnt").equals(namespace(self, "mnt"));
        String target = Long.toString(server);
        if (!sameUser) {
            return List.of("nsenter", "-t", target, "-U", "-m", "--preserve-credentials", "--");
        }
        return sameMounts ? List.of() : List.of("nsenter", "-t", target, "-m", "--");
    }

    private static Optional<Path> namespace(long process, String kind) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(process), "ns", kind)));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
