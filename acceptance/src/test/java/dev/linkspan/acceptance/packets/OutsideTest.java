package dev.linkspan.acceptance.packets;

import static dev.linkspan.acceptance.packets.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.command.Linkspan;
import dev.linkspan.cli.network.RunFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** A user's way to what is outside all Nets, from where machines are reached by their public addresses. */
@DisabledIfEnvironmentVariable(named = "LINKSPAN_NETWORK", matches = "none")
class OutsideTest {

    private final StringWriter err = new StringWriter();
    private final LinkspanServer server =
            LinkspanServer.with("--network", "netns").open();

    private final RunFolder network =
            new RunFolder(Path.of(server.operator().ask("ReadStatus").text("Network", "RunFolder")));

    @AfterEach
    void nothing_is_left() {
        server.close();
        network.remove();
    }

    private int outside(String... command) {
        List<String> arguments = new ArrayList<>(List.of("outside", "exec"));
        arguments.addAll(List.of("--url", server.url().toString()));
        arguments.addAll(List.of("--data", server.data().toString(), "--"));
        arguments.addAll(List.of(command));
        return Linkspan.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
    }

    @Test
    void a_command_outside_reaches_a_machine_by_its_public_address() {
        assertThat(outside("true")).isEqualTo(125);
        assertThat(err.toString()).contains("nothing leads outside yet", "internet service");

        String address = reachable(server.account());

        await("that the machine answers", () -> outside("ping", "-q", "-c", "1", "-W", "1", address) == 0);
        assertThat(outside("sh", "-c", "exit 7")).isEqualTo(7);
    }

    /** Makes a machine that everybody outside may reach, and answers its public address. */
    private static String reachable(Account owner) {
        String net = owner.net("10.0.0.0/16");
        String vm = owner.vm(owner.subnet(net, "10.0.1.0/24"));
        String service = owner.ask("CreateInternetService").text("InternetService", "InternetServiceId");
        owner.ask("LinkInternetService", "InternetServiceId", service, "NetId", net);
        owner.ask(
                "CreateRoute",
                "RouteTableId",
                owner.routeTable(net),
                "DestinationIpRange",
                "0.0.0.0/0",
                "GatewayId",
                service);
        owner.ask(
                "CreateSecurityGroupRule",
                "SecurityGroupId",
                owner.defaultGroup(net),
                "Flow",
                "Inbound",
                "IpProtocol",
                "icmp",
                "FromPortRange",
                -1,
                "ToPortRange",
                -1,
                "IpRange",
                "0.0.0.0/0");
        String address = owner.ask("CreatePublicIp").text("PublicIp", "PublicIp");
        owner.ask("LinkPublicIp", "PublicIp", address, "VmId", vm);
        return address;
    }
}
