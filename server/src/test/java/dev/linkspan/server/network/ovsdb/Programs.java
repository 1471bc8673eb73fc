package dev.linkspan.server.network.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of Debian's packages that tests start, each of which ends with the test. */
public final class Programs implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final Path folder;
    private final Map<String, String> environment;
    private final List<Process> started = new ArrayList<>();

    /** @param folder where they log, and where they are to keep what they make */
    public Programs(Path folder) {
        this.folder = folder;
        this.environment = Map.of(
                "OVS_RUNDIR", folder.toString(),
                "OVS_LOGDIR", folder.toString(),
                "OVN_RUNDIR", folder.toString(),
                "OVN_LOGDIR", folder.toString());
    }

    /** Skips the test where one of them is not there. */
    public static void assumeInstalled(String... programs) {
        for (String program : programs) {
            assumeTrue(
                    Stream.of("/usr/bin", "/usr/sbin").anyMatch(it -> Files.isExecutable(Path.of(it, program))),
                    () -> program + " is missing: apt-get install openvswitch-switch ovn-central ovn-host");
        }
    }

    /** Starts one that goes on. */
    public Process start(String name, List<String> command) {
        try {
            Process process = builder(name, command).start();
            started.add(process);
            return process;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs one to its end, which must be a success. */
    public String run(String... command) {
        try {
            Path log = folder.resolve("run.log");
            Process process = builder("run", List.of(command))
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String said = Files.readString(log);
            assertThat(ended && process.exitValue() == 0)
                    .as("%s: %s", List.of(command), said)
                    .isTrue();
            return said;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Sends it a signal, such as {@code STOP}. */
    public void signal(Process process, String signal) {
        run("kill", "-" + signal, Long.toString(process.pid()));
    }

    /** Ends it as a crash would. */
    public static void kill(Process process) {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private ProcessBuilder builder(String name, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".out").toFile()));
        builder.environment().putAll(environment);
        return builder;
    }

    /** What it has said so far. */
    public String said(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".out"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        started.reversed().forEach(Programs::kill);
    }
}
