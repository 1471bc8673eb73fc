package dev.linkspan.acceptance.packets;

import static dev.linkspan.acceptance.packets.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.network.RunFolder;
import dev.linkspan.core.Rule;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** A server with packets that is brought back to empty. */
@Rule("A6")
@DisabledIfEnvironmentVariable(named = "LINKSPAN_NETWORK", matches = "none")
class ResetNetworkTest {

    private final LinkspanServer server =
            LinkspanServer.with("--network", "netns", "--dev").open();

    private final RunFolder network =
            new RunFolder(Path.of(server.operator().ask("ReadStatus").text("Network", "RunFolder")));

    @AfterEach
    void nothing_is_left() {
        server.close();
        network.remove();
    }

    /** The names of all namespaces of Nets and machines. */
    private Set<String> namespaces() {
        return network.namespaces().stream()
                .filter(name -> name.startsWith("vpc-") || name.startsWith("i-"))
                .collect(Collectors.toSet());
    }

    private Set<String> made() {
        Caller anybody = anybody();
        String net = anybody.ask("CreateNet", "IpRange", "10.0.0.0/16").text("Net", "NetId");
        String subnet = anybody.ask("CreateSubnet", "NetId", net, "IpRange", "10.0.1.0/24")
                .text("Subnet", "SubnetId");
        String vm = anybody.ask("CreateVms", "ImageId", "ami-00000001", "SubnetId", subnet)
                .list("Vms")
                .getFirst()
                .path("VmId")
                .asString();
        await("that the machine is there", () -> namespaces().containsAll(Set.of(net, vm)));
        return Set.of(net, vm);
    }

    @Test
    void its_namespaces_are_gone_when_the_call_is_answered_and_stay_so() {
        made();

        assertThat(server.client()
                        .endpoint()
                        .post("/linkspan/v1/Reset", Map.of(), new byte[0])
                        .status())
                .isEqualTo(200);

        assertThat(namespaces()).isEmpty();
        Set<String> next = made();
        assertThat(namespaces()).isEqualTo(next);

        server.client().endpoint().post("/linkspan/v1/Reset", Map.of(), new byte[0]);
        server.crashAndStartAgain();

        assertThat(namespaces()).isEmpty();
        assertThat(anybody().ask("ReadVms").list("Vms")).isEmpty();
    }

    /** The server listens elsewhere now. */
    private Caller anybody() {
        return server.client().asAccount(new AccessKey("111122223333", "any"), LinkspanServer.REGION);
    }
}
