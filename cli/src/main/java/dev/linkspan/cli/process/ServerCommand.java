package dev.linkspan.cli.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How to start a server, or the agent of a host: through the launcher that started this program, else with the Java and class path of it. */
public final class ServerCommand {

    private static final String SERVER = "dev.linkspan.server.Main";
    private static final String AGENT = "dev.linkspan.server.AgentMain";

    private ServerCommand() {}

    /** The command line, with these options of {@code serve}. */
    public static List<String> with(List<String> options) {
        return command("serve", SERVER, options);
    }

    /** The command line of an agent, with these options of {@code agent}. */
    public static List<String> agentWith(List<String> options) {
        return command("agent", AGENT, options);
    }

    private static List<String> command(String name, String mainClass, List<String> options) {
        String launcher = System.getProperty("linkspan.launcher", "");
        List<String> command = new ArrayList<>(launcher.isEmpty() ? thisJava(mainClass) : List.of(launcher, name));
        command.addAll(options);
        return List.copyOf(command);
    }

    private static List<String> thisJava(String mainClass) {
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
                mainClass);
    }
}
