package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in a process of its own, with the launcher's flags for the JVM, and what the system says of that process. */
final class ChildServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("linkspan ready (\\S+)");

    private final Process process;
    private final Path folder;

    private ChildServer(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * How it is started.
     *
     * @param main the class, with its arguments behind it
     * @param heap in MiB
     * @param openFiles how many it may have; 0 for as many as this process may
     */
    record Order(Class<?> main, List<String> arguments, int heap, int openFiles) {

        /** A server as {@code linkspan serve} starts it. */
        static Order server(Path folder, String... more) {
            List<String> arguments = new ArrayList<>(List.of(
                    "--listen", "127.0.0.1:0", "--data", folder.resolve("data").toString(), "--log", "json"));
            arguments.addAll(Arrays.asList(more));
            return new Order(Main.class, arguments, 256, 0);
        }

        private List<String> command() {
            List<String> command = new ArrayList<>();
            if (openFiles > 0) {
                command.addAll(List.of("sh", "-c", "ulimit -n %d; exec \"$@\"".formatted(openFiles), "sh"));
            }
            command.addAll(List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Xmx%dm".formatted(heap),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    main.getName()));
            command.addAll(arguments);
            return command;
        }
    }

    static ChildServer start(Path folder, Order order) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(order.command())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("log").toFile());
        return new ChildServer(builder.start(), folder);
    }

    /** Waits until it is ready, and answers where. */
    URI url() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Matcher ready = READY.matcher(Files.readString(folder.resolve("out")));
            if (ready.find()) {
                return URI.create(ready.group(1));
            }
            assertThat(process.isAlive()).as(() -> String.join("\n", log())).isTrue();
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("it has ended")
                .isTrue();
        return process.exitValue();
    }

    List<String> log() {
        try {
            return Files.readAllLines(folder.resolve("log"));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    long logBytes() throws IOException {
        return Files.size(folder.resolve("log"));
    }

    long residentKilobytes() throws IOException {
        return status("VmRSS");
    }

    long threads() throws IOException {
        return status("Threads");
    }

    private long status(String name) throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElseThrow();
    }

    long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(proc("fd"))) {
            return files.count();
        }
    }

    private Path proc(String name) {
        return Path.of("/proc", Long.toString(process.pid()), name);
    }

    /** Has it stop as an operator does. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
