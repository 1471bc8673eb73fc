package dev.linkspan.acceptance.packets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.TestedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code serve --outside INTERFACE} on a computer that is a namespace of the test's, with an interface {@code up0}: what it changes
 * there, and that all of it is undone. What packets do then is shown beside the driver.
 */
@DisabledIfEnvironmentVariable(named = "LINKSPAN_NETWORK", matches = "none")
class UplinkTest {

    private static final long PATIENCE_MINUTES = 3;

    /** Prints what of the computer is of concern, in one line. */
    private static final String SCRIPT = """
            set -u
            ip link set lo up
            ip link add up0 type veth peer name far0
            ip address add 198.51.100.2/24 dev up0
            ip link set far0 up
            ip link set up0 up
            forwarding() { cat /proc/sys/net/ipv4/conf/up0/forwarding; }
            echo 0 >/proc/sys/net/ipv4/ip_forward
            look() {
              echo "$1: links $(ip -o link | grep -c ': ls-'), tables $(nft list tables | grep -c linkspan), forwarding $(forwarding)"
            }
            start() {
              rm -f ready
              SERVER "$@" >ready 2>>log &
              server=$!
              for _ in $(seq 600); do
                grep -q '^linkspan ready' ready 2>/dev/null && return
                kill -0 $server 2>/dev/null || { wait $server; echo "exit $?"; return; }
                sleep 0.1
              done
              echo "not ready"
            }
            look before
            start --outside nowhere0
            look refused
            start --outside up0
            look bound
            kill -TERM $server; wait $server
            look stopped
            start --outside up0
            kill -KILL $server; wait $server 2>/dev/null
            look killed
            CLI cleanup "$(ls -d /run/linkspan/*.uplink | head -1 | sed 's/.uplink$//')"
            look cleaned
            cat log
            """;

    @TempDir
    private Path folder;

    @Test
    void the_computer_is_as_it_was_after_the_server_has_stopped_and_after_a_cleanup() throws Exception {
        String said = run();

        if (isRootless()) {
            assertThat(said).contains("--outside up0 takes root", "exit 1");
        } else {
            assertThat(said)
                    .contains(
                            "before: links 0, tables 0, forwarding 0",
                            "--outside: there is no interface nowhere0 here; there are far0, lo, up0",
                            "exit 1",
                            "refused: links 0, tables 0, forwarding 0",
                            "bound: links 1, tables 1, forwarding 1",
                            "stopped: links 0, tables 0, forwarding 0",
                            "killed: links 1, tables 1, forwarding 1",
                            "bound to up0",
                            "cleaned: links 0, tables 0, forwarding 0");
        }
    }

    /** Runs the script in a network namespace of its own, with a folder for run folders of its own. */
    private String run() throws IOException, InterruptedException {
        String server = quoted(TestedServer.command(
                List.of(
                        "--listen",
                        "127.0.0.1:0",
                        "--data",
                        folder.resolve("data").toString(),
                        "--network",
                        "netns"),
                folder));
        String cli = quoted(List.of(
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                        .toString(),
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                "dev.linkspan.cli.Main"));
        Path script = Files.writeString(
                folder.resolve("script"),
                "mount -t tmpfs tmpfs /run\n" + SCRIPT.replace("SERVER", server).replace("CLI", cli));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        "unshare", "--net", "--mount", "--propagation", "private", "bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return Files.readString(output, UTF_8);
    }

    private static String quoted(List<String> command) {
        return command.stream().map("'%s'"::formatted).collect(Collectors.joining(" "));
    }

    private static boolean isRootless() throws IOException {
        return !Files.readString(Path.of("/proc/self/uid_map"), UTF_8).matches("\\s*0\\s+0\\s+4294967295\\s*");
    }
}
