package dev.linkspan.acceptance.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linkspan.acceptance.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./linkspan release}, and what somebody has of it who has neither the sources nor a JDK. */
class ReleaseTest {

    private static final long MEGABYTE = 1_000_000;
    private static final int PATIENCE_SECONDS = 600;

    @TempDir
    private static Path folder;

    private static Path released;

    @BeforeAll
    static void release() throws Exception {
        assumeTrue(
                Files.exists(Path.of(System.getProperty("linkspan.dist", "")).resolve("lib/cockpit/index.html")),
                "a release has Cockpit in it, which was not built");
        released = release("first");
    }

    private static Path release(String name) throws Exception {
        Path out = folder.resolve(name);
        run(
                Map.of("JAVA_HOME", System.getProperty("java.home"), "LINKSPAN_NO_BUILD", "1"),
                Repository.root(),
                Repository.root().resolve("linkspan").toString(),
                "release",
                "--out",
                out.toString());
        return out;
    }

    @Test
    void equal_sources_give_equal_bytes() throws Exception {
        String sums = Files.readString(released.resolve("SHA256SUMS"));
        assertThat(sums.lines()).hasSize(4);
        assertThat(Files.readString(release("second").resolve("SHA256SUMS"))).isEqualTo(sums);
        run(Map.of(), released, "sha256sum", "--check", "--strict", "SHA256SUMS");
    }

    @Test
    void the_archive_runs_where_there_is_no_java() throws Exception {
        Path archive = only("*.tar.gz");
        assertThat(Files.size(archive)).isLessThan(90 * MEGABYTE);
        Path place = Files.createDirectory(folder.resolve("unpacked"));
        run(Map.of(), place, "tar", "-xzf", archive.toString(), "--strip-components=1");

        // The JVM refuses to start unless it can use what it learned before.
        assertThat(runAlone(place.resolve("bin/linkspan"), "-Xshare:on", "version"))
                .startsWith("Linkspan ");
        assertThat(runAlone(place.resolve("bin/linkspan"), "", "--help"))
                .contains("Usage: linkspan ", "  demo ", "  linkspan serve ")
                .doesNotContain("./linkspan", "  build ", "  release ");
        assertThat(runAlone(place.resolve("bin/linkspan"), "-Xshare:on", "demo"))
                .containsPattern("(\\d+) of \\1 steps were true");
    }

    @Test
    void the_debian_package_has_the_program_its_service_and_its_settings() throws Exception {
        Path deb = only("*.deb");
        Path tree = folder.resolve("package");
        run(Map.of(), folder, "dpkg-deb", "--extract", deb.toString(), tree.toString());

        assertThat(run(Map.of(), folder, "dpkg-deb", "--field", deb.toString(), "Package", "Architecture", "Depends"))
                .contains("Package: linkspan", "Architecture: amd64", "nftables", "adduser");
        assertThat(run(Map.of(), folder, "dpkg-deb", "--contents", deb.toString())
                        .lines())
                .as("all of it is root's")
                .allMatch(line -> line.contains(" root/root "));
        assertThat(runAlone(tree.resolve("usr/bin/linkspan"), "-Xshare:on", "version"))
                .startsWith("Linkspan ");
        assertThat(tree.resolve("etc/linkspan/linkspan.yaml")).exists();
        assertThat(Files.readString(tree.resolve("usr/lib/systemd/system/linkspan.service")))
                .contains("User=linkspan", "NoNewPrivileges=yes");
    }

    @Test
    void the_settings_of_the_package_are_settings() throws Exception {
        Path configuration = Repository.root().resolve("packaging/linkspan.yaml");
        Path changed = folder.resolve("changed.yaml");
        Files.writeString(changed, Files.readString(configuration).replaceFirst("listen: .*", "listen: nowhere"));

        Process server = start(
                Map.of("JAVA_HOME", System.getProperty("java.home"), "LINKSPAN_NO_BUILD", "1"),
                folder,
                Repository.root().resolve("linkspan").toString(),
                "serve",
                "--network",
                "none",
                "--config",
                changed.toString());

        assertThat(said(server)).contains("listen", "nowhere").doesNotContain("unknown");
        assertThat(server.exitValue()).isNotZero();
    }

    @Test
    void the_bills_of_materials_name_every_library() throws Exception {
        List<String> named = new ArrayList<>();
        for (Path bill : all("*.cdx.json")) {
            for (JsonNode component :
                    JsonMapper.shared().readTree(bill.toFile()).path("components")) {
                named.add(component.path("name").asString() + "-"
                        + component.path("version").asString());
            }
        }
        try (Stream<Path> libraries = Files.list(Path.of(System.getProperty("linkspan.dist"), "lib"))) {
            assertThat(libraries
                            .map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".jar"))
                            .map(name -> name.substring(0, name.length() - ".jar".length())))
                    .isNotEmpty()
                    .isSubsetOf(named);
        }
        assertThat(named).anyMatch(name -> name.startsWith("react-"));
    }

    private static Path only(String glob) throws IOException {
        List<Path> all = all(glob);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static List<Path> all(String glob) throws IOException {
        List<Path> all = new ArrayList<>();
        try (var files = Files.newDirectoryStream(released, glob)) {
            files.forEach(all::add);
        }
        return all;
    }

    /** With nothing of the tests' environment, and no Java on the way. */
    private static String runAlone(Path program, String java, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "-i",
                "HOME=" + folder,
                "TMPDIR=" + folder,
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                "LINKSPAN_INSTALL=off",
                "LINKSPAN_JAVA_OPTS=" + java,
                "LINKSPAN_ROOTLESS=" + System.getenv().getOrDefault("LINKSPAN_ROOTLESS", ""),
                program.toString()));
        command.addAll(List.of(arguments));
        return run(Map.of(), folder, command.toArray(String[]::new));
    }

    private static String run(Map<String, String> environment, Path at, String... command) throws Exception {
        Process process = start(environment, at, command);
        String said = said(process);
        assertThat(process.exitValue()).as("%s: %s", List.of(command), said).isZero();
        return said;
    }

    private static Process start(Map<String, String> environment, Path at, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(at.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String said(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
