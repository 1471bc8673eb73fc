package dev.linkspan.cli.demo;

import dev.linkspan.cli.network.VmAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The way into the machines of the demo's hosts: each is a network namespace in the folder of its host.
 *
 * @param folders of all hosts
 */
record HostedMachines(List<Path> folders) implements VmAccess {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final String NO_OUTSIDE = "nothing leads outside: OVN has no exits yet";

    @Override
    public List<String> enter(String vm, List<String> command) {
        List<String> line = new ArrayList<>(List.of("nsenter", "--net=" + await(vm), "--"));
        line.addAll(command);
        return List.copyOf(line);
    }

    /** An agent makes a machine a moment after the server has answered that it will be there. */
    private Path await(String vm) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<Path> found = find(vm);
        while (found.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            found = find(vm);
        }
        return found.orElseThrow(() -> new IllegalStateException("no host has made the machine " + vm));
    }

    private Optional<Path> find(String vm) {
        return folders.stream()
                .filter(folder -> isNamespace(folder, folder.resolve(vm)))
                .map(folder -> folder.resolve(vm))
                .findFirst();
    }

    /** A namespace is a mount on a file, which is there a moment earlier. */
    private static boolean isNamespace(Path folder, Path file) {
        try {
            return !Files.getAttribute(file, "unix:dev").equals(Files.getAttribute(folder, "unix:dev"));
        } catch (IOException notThere) {
            return false;
        }
    }

    @Override
    public Optional<String> obstacle(String vm) {
        return find(vm).isPresent() ? Optional.empty() : Optional.of("no host has the machine " + vm);
    }

    @Override
    public Optional<String> obstacleOutside() {
        return Optional.of(NO_OUTSIDE);
    }

    @Override
    public List<String> enterOutside(List<String> command) {
        throw new IllegalStateException(NO_OUTSIDE);
    }
}
