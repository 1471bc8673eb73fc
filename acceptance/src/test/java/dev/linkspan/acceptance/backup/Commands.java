package dev.linkspan.acceptance.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.linkspan.acceptance.LinkspanServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The operator's commands, each in a process of its own with a small heap. */
final class Commands {

    private static final String CLI = "dev.linkspan.cli.Main";
    private static final String RESTORE = "dev.linkspan.server.RestoreMain";

    /** How a command ended, and what it said on both outputs. */
    record Ended(int code, String said) {}

    private Commands() {}

    static Ended backup(LinkspanServer server, Path file, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "backup",
                file.toString(),
                "--url",
                server.url().toString(),
                "--data",
                server.data().toString()));
        arguments.addAll(List.of(more));
        return run(CLI, arguments);
    }

    static Ended verify(Path file) {
        return run(CLI, List.of("backup", "--verify", file.toString()));
    }

    static Ended restore(Path file, Path data, List<String> store) {
        return ended(beginRestore(file, data, store));
    }

    /** Begins one and does not wait. */
    static Running beginRestore(Path file, Path data, List<String> store) {
        List<String> arguments = new ArrayList<>(List.of(file.toString(), "--data", data.toString()));
        arguments.addAll(store);
        return begin(RESTORE, arguments);
    }

    private static Ended run(String program, List<String> arguments) {
        return ended(begin(program, arguments));
    }

    /** A command under way, and where it writes what it says. */
    record Running(Process process, Path output) {}

    private static Running begin(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                        .toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                program));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile("linkspan-command-", ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new Running(process, output);
        } catch (IOException failed) {
            throw new IllegalStateException("cannot start " + program, failed);
        }
    }

    static Ended ended(Running running) {
        int code = running.process().onExit().join().exitValue();
        try {
            String said = Files.readString(running.output(), UTF_8);
            Files.delete(running.output());
            return new Ended(code, said);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
