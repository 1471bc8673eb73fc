package dev.linkspan.acceptance.packets;

import static dev.linkspan.acceptance.packets.Patience.await;
import static dev.linkspan.acceptance.packets.Patience.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.network.Namespaces;
import dev.linkspan.cli.network.RunFolder;
import dev.linkspan.cli.wire.LastingConnection;
import dev.linkspan.cli.wire.Machine;
import dev.linkspan.cli.wire.Probes;
import dev.linkspan.cli.wire.Probes.Kind;
import dev.linkspan.core.Rule;
import dev.linkspan.server.store.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** One of the servers that share a database carries the network; when it dies, another one does, and no packet notices. */
@DisabledIfEnvironmentVariable(named = "LINKSPAN_NETWORK", matches = "none")
class NetworkTakeoverTest {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration AN_ECHO = Duration.ofSeconds(1);
    /** Any type and code of ICMP. */
    private static final int ANY = -1;

    private static final String ONE_RANGE = "10.0.0.0/16";
    private static final String OTHER_RANGE = "10.1.0.0/16";

    @Test
    @Rule({"P1", "R6", "S3"})
    void packets_go_on_when_the_server_that_carries_them_is_killed_and_the_other_one_carries_what_changes() {
        String url = PostgresServer.shared().freshDatabase();
        try (LinkspanServer first = LinkspanServer.with("--network", "netns", "--store", url)
                        .open();
                LinkspanServer second = first.openTwin()) {
            await("that a server carries the network", () -> carries(first) || carries(second));
            LinkspanServer carrier = carries(first) ? first : second;
            LinkspanServer other = carrier == first ? second : first;
            RunFolder folder = new RunFolder(Path.of(network(carrier).text("Network", "RunFolder")));
            try (Probes probes =
                    new Probes(new Namespaces(folder.path(), other.process().pid()))) {
                killUnderPackets(carrier, other, probes);
            } finally {
                carrier.kill();
                other.kill();
                folder.remove();
            }
        }
    }

    private static void killUnderPackets(LinkspanServer carrier, LinkspanServer other, Probes probes) {
        Account account = other.account();
        Machine one = machine(account, "one", ONE_RANGE);
        Machine far = machine(account, "far", OTHER_RANGE);
        String peering = peering(account);
        allow(account, "tcp", Probes.PORT);
        await("that the network is as the API says", () -> isSettled(carrier));
        probes.answerOn(far);
        await("that TCP passes", () -> probes.answers(Kind.TCP, one, far));
        assertThat(probes.answers(Kind.PING, one, far))
                .as("ping, which is not allowed yet")
                .isFalse();

        try (LastingConnection connection = probes.connect(one, far)) {
            await("that the connection is open", () -> connection.echoes(AN_ECHO));
            carrier.kill();
            long killed = System.nanoTime();
            allow(account, "icmp", ANY);
            int echoes = 0;
            while (!probes.answers(Kind.PING, one, far)) {
                assertThat(since(killed))
                        .as("since the server that carried the network was killed")
                        .isLessThan(LONGEST);
                assertThat(connection.echoes(AN_ECHO))
                        .as("echo number %d", echoes)
                        .isTrue();
                echoes++;
            }
            Duration taken = since(killed);
            assertThat(connection.echoes(AN_ECHO))
                    .as("the connection after the change")
                    .isTrue();
            assertThat(probes.answers(Kind.TCP, one, far))
                    .as("a new connection")
                    .isTrue();
            System.out.printf(
                    Locale.ROOT,
                    "take-over: a change after the kill was on the wire after %,d ms, %d echoes meanwhile, none missing%n",
                    taken.toMillis(),
                    echoes);

            account.ask("DeleteNetPeering", "NetPeeringId", peering);
            await("that the connection ends with the peering", () -> !connection.echoes(AN_ECHO));
        }
    }

    private static Machine machine(Account account, String name, String range) {
        String vm = account.vm(account.subnet(account.net(range), range));
        String address = account.ask("ReadVms", "Filters", Json.object("VmIds", List.of(vm)))
                .list("Vms")
                .getFirst()
                .path("PrivateIp")
                .asString();
        return new Machine(name, vm, address);
    }

    /** An active one between the account's two Nets, with routes both ways. */
    private static String peering(Account account) {
        String one = net(account, ONE_RANGE);
        String far = net(account, OTHER_RANGE);
        String peering = account.requestPeering(one, far, account).text("NetPeering", "NetPeeringId");
        account.ask("AcceptNetPeering", "NetPeeringId", peering);
        route(account, one, OTHER_RANGE, peering);
        route(account, far, ONE_RANGE, peering);
        return peering;
    }

    private static String net(Account account, String range) {
        return account.ask("ReadNets", "Filters", Json.object("IpRanges", List.of(range)))
                .list("Nets")
                .getFirst()
                .path("NetId")
                .asString();
    }

    private static void route(Account account, String from, String to, String peering) {
        account.ask(
                "CreateRoute",
                "RouteTableId",
                account.routeTable(from),
                "DestinationIpRange",
                to,
                "NetPeeringId",
                peering);
    }

    /** Lets this protocol from one Net into the other. */
    private static void allow(Account account, String protocol, int port) {
        account.ask(
                "CreateSecurityGroupRule",
                "SecurityGroupId",
                account.defaultGroup(net(account, OTHER_RANGE)),
                "Flow",
                "Inbound",
                "IpProtocol",
                protocol,
                "FromPortRange",
                port,
                "ToPortRange",
                port,
                "IpRange",
                ONE_RANGE);
    }

    private static Answer network(LinkspanServer server) {
        return server.operator().ask("ReadStatus");
    }

    private static boolean carries(LinkspanServer server) {
        return !network(server).at("Network", "RunFolder").isMissingNode();
    }

    private static boolean isSettled(LinkspanServer server) {
        Answer status = network(server);
        return status.at("Network", "Failing").isEmpty()
                && status.at("Network", "AppliedSequence").asLong()
                        >= status.at("Network", "LastSequence").asLong();
    }
}
