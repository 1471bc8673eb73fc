package dev.linkspan.server.host.agent;

import static dev.linkspan.server.host.agent.TwoMachines.A;
import static dev.linkspan.server.host.agent.TwoMachines.ADDRESS_B;
import static dev.linkspan.server.host.agent.TwoMachines.NIC_A;
import static dev.linkspan.server.host.agent.TwoMachines.NIC_B;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.server.host.protocol.LinkReport;
import dev.linkspan.server.host.protocol.LinkState;
import dev.linkspan.server.network.ovn.OvnDriver;
import dev.linkspan.server.network.ovn.OvnHost;
import dev.linkspan.server.network.ovn.OvnTestbed;
import dev.linkspan.server.network.vm.ProbeSender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The programs of a host as an operator runs them. */
@Slow
class HostProgramsTest {

    private static final int PATIENCE_SECONDS = 20;

    @RegisterExtension
    private final OvnTestbed testbed = new OvnTestbed();

    @TempDir
    private Path folder;

    private Path said() {
        return folder.resolve("said");
    }

    private Process start(String program, String... arguments) throws IOException {
        OvnHost host = testbed.host();
        List<String> command = new ArrayList<>(host.inside(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.linkspan.server." + program));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--ovs", host.database().toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said().toFile())
                .start();
    }

    private int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void an_agent_makes_machines_and_leaves_them_when_it_ends() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), ContractServer.TOKEN);
        try (OvnDriver driver = OvnDriver.open(testbed.settings(OvnTestbed.NETWORK));
                ContractServer server = new ContractServer(testbed.host().namespace())) {
            driver.apply(TwoMachines.plan());
            server.place(TwoMachines.machines(TwoMachines.plan()));
            Process agent = start(
                    "AgentMain",
                    "--server",
                    server.url().toString(),
                    "--token-file",
                    token.toString(),
                    "--capacity=10",
                    "--machines",
                    testbed.host().machines().toString());
            try {
                server.awaitLinks(LinkReport.of(NIC_A, LinkState.UP), LinkReport.of(NIC_B, LinkState.UP));
                agent.destroy();
                assertThat(end(agent)).isZero();
            } finally {
                agent.destroyForcibly();
            }
            assertThat(Files.readString(said(), UTF_8)).contains("linkspan agent ready", "this is the host host-1");
            assertThat(new ProbeSender(testbed.machine(A))
                            .send(new ProbePacket.Echo(ADDRESS_B))
                            .roundTrip())
                    .isPresent();
        }
    }

    @Test
    void a_nic_is_attached_and_detached() throws Exception {
        testbed.host().run("ip", "link", "add", "tap0", "up", "type", "veth", "peer", "name", "inside");
        assertThat(end(start("NicMain", "attach", NIC_A.value(), "--interface", "tap0")))
                .isZero();
        assertThat(testbed.host().vsctl("get", "Interface", "tap0", "external_ids:iface-id"))
                .contains(NIC_A.value());
        assertThat(end(start("NicMain", "detach", "--interface=tap0"))).isZero();
        assertThat(testbed.host().vsctl("list-ports", "br-int")).doesNotContain("tap0");

        assertThat(end(start("NicMain", "detach", "--interface=tap0"))).isEqualTo(1);
        assertThat(Files.readString(said(), UTF_8)).contains("tap0 is not attached to a NIC");
        assertThat(end(start("NicMain", "attach", "i-1234abcd", "--interface=tap0")))
                .isEqualTo(2);
        assertThat(Files.readString(said(), UTF_8)).contains("not the id of a NIC");
        assertThat(end(start("NicMain", "attach", NIC_A.value()))).isEqualTo(2);
        assertThat(Files.readString(said(), UTF_8)).contains("needs --interface");
    }
}
