package dev.linkspan.acceptance.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Other people's programs, as a user would start them: with a folder, and with nothing of the user's own set-up for AWS. */
record Programs(Path folder, Map<String, String> environment) {

    /** How a program ended, and what it said on both outputs. */
    record Ended(int code, String said) {}

    private static final long PATIENCE_MINUTES = 10;

    /** Nothing of these is looked at: no file of the user's, and no metadata service. */
    private static final Map<String, String> NO_SET_UP = Map.of(
            "AWS_CONFIG_FILE", "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
            "AWS_EC2_METADATA_DISABLED", "true");

    static Programs in(Path folder) {
        return new Programs(folder, NO_SET_UP);
    }

    Programs with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new Programs(folder, all);
    }

    /** Where this program is that a user would get; nothing where it is none. */
    static Stream<Path> found(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable);
    }

    /** Runs it to its end. */
    Ended run(String... command) {
        return ended(begin(List.of(command)));
    }

    /** A program under way, and where it writes what it says. */
    record Running(Process process, Path output) {}

    Running begin(List<String> command) {
        try {
            Path output = Files.createTempFile("linkspan-client-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("TF_"));
            builder.environment().putAll(environment);
            return new Running(builder.start(), output);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot start " + command.getFirst(), failed);
        }
    }

    static Ended ended(Running running) {
        try {
            if (!running.process().waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                running.process().descendants().forEach(ProcessHandle::destroyForcibly);
                running.process().destroyForcibly();
            }
            int code = running.process().waitFor();
            String said = Files.readString(running.output(), UTF_8);
            Files.delete(running.output());
            return new Ended(code, said);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Writes what does {@code ./linkspan COMMAND}, with the classes under test, and answers where. */
    static Path launcher(Path folder) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                        .toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                "dev.linkspan.cli.Main"));
        String quoted = line.stream().map("'%s'"::formatted).reduce("exec", (a, b) -> a + " " + b);
        try {
            Path launcher = folder.resolve("linkspan");
            Files.writeString(launcher, "#!/bin/sh\n" + quoted + " \"$@\"\n");
            Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
            return launcher;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
