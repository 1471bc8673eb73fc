package dev.linkspan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Terraform where it is installed, with HashiCorp's provider for AWS in one of the folders in which it looks itself. */
record Terraform(Path program, Path mirror) {

    private static final Path PROVIDER = Path.of("registry.terraform.io/hashicorp/aws");

    private static final List<Path> MIRRORS = List.of(
            Path.of(System.getProperty("user.home", "."), ".terraform.d/plugins"),
            Path.of(System.getProperty("user.home", "."), ".local/share/terraform/plugins"),
            Path.of("/usr/local/share/terraform/plugins"),
            Path.of("/usr/share/terraform/plugins"));

    private static final Path OPTIONAL_SOFTWARE = Path.of("/opt");

    static Optional<Terraform> found(Map<String, String> environment) throws IOException {
        Optional<Path> program = Programs.found("terraform", environment);
        Optional<Path> mirror = mirrorFolder();
        return program.isPresent() && mirror.isPresent()
                ? Optional.of(new Terraform(program.get(), mirror.get()))
                : Optional.empty();
    }

    private static Optional<Path> mirrorFolder() throws IOException {
        try (Stream<Path> optional =
                Files.isDirectory(OPTIONAL_SOFTWARE) ? Files.list(OPTIONAL_SOFTWARE) : Stream.<Path>empty()) {
            return Stream.concat(MIRRORS.stream(), optional.sorted())
                    .filter(folder -> Files.isDirectory(folder.resolve(PROVIDER)))
                    .findFirst();
        }
    }

    /**
     * A copy of a configuration that is ready to be applied.
     *
     * @param folder where the copy is made, which must not be there yet
     * @param variables of the environment: where the server is, and what the configuration wants
     */
    Workspace open(Path configuration, Path folder, Map<String, String> variables)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(configuration)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".tf")).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Path settings = Files.writeString(
                folder.resolve("terraform.rc"),
                "provider_installation { filesystem_mirror { path = \"%s\" } }%n".formatted(mirror));
        Map<String, String> environment = new HashMap<>(variables);
        environment.putAll(Map.of(
                "TF_CLI_CONFIG_FILE", settings.toString(),
                "TF_IN_AUTOMATION", "1",
                "CHECKPOINT_DISABLE", "1"));
        Workspace workspace = new Workspace(program, folder, environment);
        workspace.run("init", "-input=false");
        return workspace;
    }

    /** A configuration with what Terraform remembers of it. */
    record Workspace(Path program, Path folder, Map<String, String> environment) {

        /** How many seconds the command took; throws where it fails, with what it said. */
        double run(String command, String... options) throws IOException, InterruptedException {
            List<String> line = new ArrayList<>(List.of(program.toString(), command, "-no-color"));
            line.addAll(List.of(options));
            long began = System.nanoTime();
            Programs.run(line, folder, environment);
            return (System.nanoTime() - began) / 1e9;
        }
    }
}
