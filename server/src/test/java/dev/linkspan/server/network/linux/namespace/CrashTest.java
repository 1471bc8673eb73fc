package dev.linkspan.server.network.linux.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.ProbeResult;
import dev.linkspan.server.network.linux.TinyNet;
import dev.linkspan.server.network.vm.NamespaceProber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a process leaves behind that ends in the middle of its work. */
@Slow
class CrashTest {

    @RegisterExtension
    final NamespaceFolder folder = new NamespaceFolder();

    @Test
    void the_network_of_a_killed_process_works_on_and_is_taken_over() throws Exception {
        killedWhileItsNetworkIsUp(folder.path());

        List<NetworkNamespace> vms = List.of("i-1", "i-2").stream()
                .map(name -> folder.namespaces().find(name).orElseThrow())
                .toList();
        try (NamespaceProber prober = NamespaceProber.among(vms, Set.of(5000))) {
            prober.demand(Map.of(new Probe.Udp("i-1", TinyNet.address(2), 5000), ProbeResult.answeredBy("i-2")));
        }
    }

    @Test
    void what_a_killed_process_left_is_cleaned_up() throws Exception {
        Path left = folder.path().resolveSibling(folder.path().getFileName() + "-left");
        killedWhileItsNetworkIsUp(left);

        NetworkNamespaces.cleanUp(left);

        assertThat(left).doesNotExist();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(left.toString());
    }

    private static void killedWhileItsNetworkIsUp(Path runFolder) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Crash.class.getName(),
                        runFolder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isEqualTo(Crash.EXIT_CODE);
    }

    /** Builds a network and ends at once, without any of the JVM's cleaning up. */
    static final class Crash {

        static final int EXIT_CODE = 137;

        private Crash() {}

        public static void main(String[] arguments) {
            TinyNet net = new TinyNet(NetworkNamespaces.open(Path.of(arguments[0])));
            net.addVm(1);
            net.addVm(2);
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
