package dev.linkspan.server.network.linux.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linkspan.core.Slow;
import dev.linkspan.server.network.linux.netlink.NetlinkTest;
import dev.linkspan.server.network.linux.nftables.NftablesTest;
import dev.linkspan.server.network.vm.NamespaceProberTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests of this package once more as an ordinary user, in a user namespace as the launcher makes it. */
@Slow
class RootlessTest {

    private static final String NOBODY = "65534";
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    private static final List<String> IN_USER_NAMESPACE = List.of("unshare", "--user", "--map-root-user", "--mount");
    private static final Path ROOT_ONLY = Path.of("/proc/1/root");

    @TempDir
    Path folder;

    @Test
    void an_ordinary_user_can_do_the_same_in_a_user_namespace() throws Exception {
        assumeTrue(
                run(List.of("true")).exitCode() == 0,
                "ordinary users may not make user namespaces here (kernel.unprivileged_userns_clone, AppArmor)");

        Outcome tests = run(List.of(
                "sh",
                "-c",
                "mount -t tmpfs tmpfs /run && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=/run",
                "-cp",
                readableClassPath(),
                TestRun.class.getName(),
                NetworkNamespacesTest.class.getName(),
                NetlinkTest.class.getName(),
                NftablesTest.class.getName(),
                NamespaceProberTest.class.getName()));

        assertThat(tests.exitCode()).as(tests.output()).isZero();
        assertThat(tests.output()).contains("failed 0, skipped 0").doesNotContain("passed 0");
    }

    private record Outcome(int exitCode, String output) {}

    private Outcome run(List<String> command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>();
        if (Files.isReadable(ROOT_ONLY)) {
            whole.addAll(AS_NOBODY);
        }
        whole.addAll(IN_USER_NAMESPACE);
        whole.addAll(command);
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Outcome(process.waitFor(), Files.readString(output));
    }

    /** The class path, copied, since an ordinary user may not read root's home. */
    private String readableClassPath() throws IOException {
        Path copies = Files.createDirectory(folder.resolve("classpath"));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path from = Path.of(entry);
            if (Files.exists(from) && isNeeded(from)) {
                Path to = copies.resolve(entries.size() + "-" + from.getFileName());
                copy(from, to);
                entries.add(to.toString());
            }
        }
        run("chmod", "-R", "a+rX", folder.toString());
        return String.join(File.pathSeparator, entries);
    }

    private static boolean isNeeded(Path entry) {
        return Files.isDirectory(entry)
                || Stream.of(
                                "linkspan-",
                                "junit-",
                                "assertj-",
                                "opentest4j-",
                                "byte-buddy-",
                                "jspecify-",
                                "apiguardian-")
                        .anyMatch(entry.getFileName().toString()::startsWith);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void run(String... command) throws IOException {
        try {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }
}
