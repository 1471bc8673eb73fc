package dev.linkspan.acceptance.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Server, agents and OVN together: the demo across three hosts, of which every step is true and nothing is left. */
@DisabledIfEnvironmentVariable(named = "LINKSPAN_NETWORK", matches = "none")
class HostsDemoTest {

    /** As the launcher does it: in namespaces of its own. What runs there still when it is over is told. */
    private static final String ALONE = """
            ip link set lo up || exit
            shopt -s nullglob
            before=$(echo /tmp/linkspan-demo-*)
            "$@"
            code=$?
            after=$(echo /tmp/linkspan-demo-*)
            [ "$before" = "$after" ] || echo "$after" >&2
            for process in /proc/[0-9]*; do
              if [ "$(readlink $process/ns/mnt)" = "$(readlink /proc/self/ns/mnt)" ] && [ $process != /proc/$$ ]; then
                tr '\\0' ' ' <$process/cmdline >&2
              fi
            done
            exit $code""";

    @TempDir
    private Path scratch;

    @BeforeAll
    static void needs_ovn() {
        for (String program : List.of("ovs-vswitchd", "ovn-northd", "ovn-controller")) {
            assumeTrue(
                    Stream.of("/usr/bin", "/usr/sbin").anyMatch(it -> Files.isExecutable(Path.of(it, program))),
                    () -> program + " is missing: apt-get install openvswitch-switch ovn-central ovn-host");
        }
        assumeTrue(Files.isWritable(Path.of("/dev/net/tun")), "Open vSwitch in user space needs /dev/net/tun");
    }

    @Test
    void every_step_is_true_and_nothing_is_left() throws Exception {
        PlayedDemo demo = PlayedDemo.in(scratch, List.of("--net", "--mount"), ALONE, "--hosts", "3");

        assertThat(demo.steps())
                .as(demo.left())
                .hasSize(21)
                .allSatisfy(step ->
                        assertThat(step.path("ok").asBoolean()).as("%s", step).isTrue());
        demo.demandNothingLeft();
    }
}
