package dev.linkspan.acceptance.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Terraform's own settings, which say in which folder its provider is: nothing is downloaded. */
final class TerraformSettings {

    private static final Path PROVIDER = Path.of("registry.terraform.io/hashicorp/aws");

    /** Where Terraform itself looks for providers where there is no registry. */
    private static final List<Path> MIRRORS = List.of(
            Path.of(System.getProperty("user.home"), ".terraform.d/plugins"),
            Path.of(System.getProperty("user.home"), ".local/share/terraform/plugins"),
            Path.of("/usr/local/share/terraform/plugins"),
            Path.of("/usr/share/terraform/plugins"));

    private static final Path OPTIONAL_SOFTWARE = Path.of("/opt");

    private TerraformSettings() {}

    /** Writes them into the folder, and answers where; the test is skipped where Terraform or the provider is missing. */
    static Path in(Path folder) {
        assumeTrue(Programs.found("terraform").findAny().isPresent(), "there is no Terraform");
        try {
            Optional<Path> mirror = mirror();
            assumeTrue(
                    mirror.isPresent(),
                    "the provider hashicorp/aws is in none of %s, nor in a folder of %s"
                            .formatted(MIRRORS, OPTIONAL_SOFTWARE));
            return Files.writeString(
                    folder.resolve("terraform.rc"),
                    "provider_installation { filesystem_mirror { path = \"%s\" } }%n".formatted(mirror.orElseThrow()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Optional<Path> mirror() throws IOException {
        try (Stream<Path> optional =
                Files.isDirectory(OPTIONAL_SOFTWARE) ? Files.list(OPTIONAL_SOFTWARE) : Stream.<Path>empty()) {
            return Stream.concat(MIRRORS.stream(), optional.sorted())
                    .filter(folder -> Files.isDirectory(folder.resolve(PROVIDER)))
                    .findFirst();
        }
    }
}
