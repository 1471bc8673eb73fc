package dev.linkspan.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Other people's programs, with nothing of the user's own set-up for AWS. */
final class Programs {

    private Programs() {}

    /** Where this program is that a user would get. */
    static Optional<Path> found(String name, Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it; what it says goes to a file in the folder. */
    static Process begin(List<String> line, Path folder, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output(folder).toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("TF_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Runs it to its end; throws where it fails, with what it said. */
    static void run(List<String> line, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        if (begin(line, folder, environment).waitFor() != 0) {
            String said = Files.readString(output(folder));
            throw new IOException("%s failed: %s"
                    .formatted(String.join(" ", line), said.substring(Math.max(0, said.indexOf("Error: ")))));
        }
    }

    private static Path output(Path folder) {
        return folder.resolve("said.log");
    }
}
