package dev.linkspan.cli.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How to start a server: through the launcher that started this program, else with the Java and class path of it. */
public final class ServerCommand {

    private static final String SERVER = "dev.linkspan.server.Main";

    private ServerCommand() {}

    /** The command line, with these options of {@code serve}. */
    public static List<String> with(List<String> options) {
        String launcher = System.getProperty("linkspan.launcher", "");
        List<String> command = new ArrayList<>(launcher.isEmpty() ? thisJava() : List.of(launcher, "serve"));
        command.addAll(options);
        return List.copyOf(command);
    }

    private static List<String> thisJava() {
        String java = Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString();
        String classPath = Objects.requireNonNull(System.getProperty("java.class.path"));
        return List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                SERVER);
    }
}
