package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.acceptance.clients.Programs.Ended;
import dev.linkspan.acceptance.clients.Programs.Running;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.network.Namespaces;
import dev.linkspan.core.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two accounts with everything that usually stands around a peering, as one configuration: applied, planned without a change,
 * asked by packets whether it is what was written, changed in place and destroyed. Nothing in it waits for an instance, as
 * nobody's configuration does, so the server asks for none (P6).
 */
@DisabledIfEnvironmentVariable(named = "LINKSPAN_NETWORK", matches = "none")
class TerraformCompleteTest {

    /** Outside's own address. */
    private static final String OUTSIDE = "203.0.113.1";

    private static final int HTTP = 80;
    private static final int CHANGED_HTTP = 8080;
    private static final int POSTGRESQL = 5432;

    private static final int MOST_TRIES = 30;
    private static final int PATIENCE_SECONDS = 2;

    @TempDir
    private Path scratch;

    private final List<Running> listeners = new ArrayList<>();
    private LinkspanServer server;
    private TerraformExample example;
    private Namespaces network;

    /** What the configuration says of what it has made, which is asked often. */
    private Map<String, String> made = Map.of();

    @AfterEach
    void everything_stops() {
        listeners.forEach(listener -> {
            listener.process().descendants().forEach(ProcessHandle::destroy);
            listener.process().destroy();
            Programs.ended(listener);
        });
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Rule({"P1", "P11", "R2", "S2", "S8", "X3", "X4", "X5", "N1", "N3"})
    void a_complete_configuration_applies_and_its_packets_go_where_it_says() {
        Path settings = TerraformSettings.in(scratch);
        server = LinkspanServer.with("--network", "netns", "--peering-requires-vm", "false")
                .open();
        Answer status = server.operator().ask("ReadStatus");
        network = new Namespaces(
                Path.of(status.text("Network", "RunFolder")), server.process().pid());
        Account alice = server.account();
        Account bob = server.account();
        example = TerraformExample.of(
                        "complete",
                        scratch,
                        settings,
                        server.url(),
                        Map.of("alice", TerraformExample.keys(alice.key()), "bob", TerraformExample.keys(bob.key())))
                .withEndpointInEnvironment();

        example.apply();
        made = example.outputs();
        example.assertNothingToDo();
        assertPacketsGoAsWritten();
        assertNothingPassesThroughThePeersExits(alice);

        String[] changes = {"name=changed", "web_port=" + CHANGED_HTTP};
        assertThat(example.apply(changes)).containsPattern("0 added, [1-9][0-9]* changed, 0 destroyed");
        example.assertNothingToDo(changes);
        assertSeenAs(OUTSIDE, outside(), made("web_public_ip"), CHANGED_HTTP);
        awaitUnreachable(outside(), made("web_public_ip"), HTTP);

        example.destroy();
        TerraformExample.assertNothingLeft(alice, bob);
    }

    private void assertPacketsGoAsWritten() {
        String worker = made("worker");
        String web = made("web");
        String database = made("database");
        listen(vm(web), HTTP);
        listen(vm(web), CHANGED_HTTP);
        listen(vm(database), POSTGRESQL);
        listen(vm(worker), CHANGED_HTTP);
        listen(outside(), HTTP);

        // Through the peering, each with the address that it has in its own VPC.
        assertSeenAs("10.0.2.", vm(worker), made("database_private_ip"), POSTGRESQL);
        assertSeenAs("10.0.1.", vm(web), made("database_private_ip"), POSTGRESQL);
        // To outside, with the gateway's address or with one's own.
        assertSeenAs(made("nat_public_ip"), vm(worker), OUTSIDE, HTTP);
        assertSeenAs(made("web_public_ip"), vm(web), OUTSIDE, HTTP);
        assertSeenAs(made("database_public_ip"), vm(database), OUTSIDE, HTTP);
        // From outside, where a group opens the port.
        assertSeenAs(OUTSIDE, outside(), made("web_public_ip"), HTTP);
        assertUnreachable(outside(), made("web_public_ip"), CHANGED_HTTP);
        assertUnreachable(outside(), made("database_public_ip"), POSTGRESQL);
        assertUnreachable(outside(), made("nat_public_ip"), CHANGED_HTTP);
        // The peer's public address is reached as a stranger, whom the database's group does not know.
        assertUnreachable(vm(worker), made("database_public_ip"), POSTGRESQL);
    }

    /** Bob's VPC has a gateway and a route to it; Alice's worker has a route to Bob. */
    private void assertNothingPassesThroughThePeersExits(Account alice) {
        String table = made("private_route_table");
        String range = OUTSIDE + "/32";
        String peering = made("peering");
        alice.ask("CreateRoute", "RouteTableId", table, "DestinationIpRange", range, "NetPeeringId", peering);
        awaitUnreachable(vm(made("worker")), OUTSIDE, HTTP);
        alice.ask("DeleteRoute", "RouteTableId", table, "DestinationIpRange", range);
        assertSeenAs(made("nat_public_ip"), vm(made("worker")), OUTSIDE, HTTP);
    }

    private String made(String output) {
        return Objects.requireNonNull(made.get(output), output);
    }

    /** What a command begins with that runs there. */
    private List<String> vm(String instance) {
        return network.enter(instance, List.of());
    }

    private List<String> outside() {
        return network.enterOutside(List.of());
    }

    /** Lets everybody who connects there know with which address. */
    private void listen(List<String> at, int port) {
        listeners.add(Programs.in(scratch)
                .begin(command(
                        at, "socat", "TCP4-LISTEN:%d,fork,reuseaddr".formatted(port), "SYSTEM:echo $SOCAT_PEERADDR")));
    }

    /** Also ends where a connection was made and then nothing comes: its way may be closed meanwhile. */
    private Ended connect(List<String> from, String to, int port) {
        // Outside has an address of each Region's.
        String bound = from.equals(outside()) ? ",bind=" + OUTSIDE : "";
        String target = "TCP4:%s:%d,connect-timeout=%d%s".formatted(to, port, PATIENCE_SECONDS, bound);
        return Programs.in(scratch)
                .run(command(from, "socat", "-T", Integer.toString(PATIENCE_SECONDS), "-u", target, "STDOUT")
                        .toArray(String[]::new));
    }

    private static boolean isAnswered(Ended connection) {
        return connection.code() == 0 && !connection.said().isBlank();
    }

    /** Whoever listens there, which may take a moment, sees the sender with such an address. */
    private void assertSeenAs(String address, List<String> from, String to, int port) {
        Ended last = connect(from, to, port);
        for (int tries = 1; !isAnswered(last) && tries < MOST_TRIES; tries++) {
            last = connect(from, to, port);
        }
        assertThat(last.code())
                .as("%s to %s:%d: %s", from, to, port, last.said())
                .isZero();
        assertThat(last.said()).startsWith(address);
    }

    /** As soon as a change that was made is on the wire, which takes a moment. */
    private void awaitUnreachable(List<String> from, String to, int port) {
        for (int tries = 1; isAnswered(connect(from, to, port)) && tries < MOST_TRIES; tries++) {
            // The next one may find it changed.
        }
        assertUnreachable(from, to, port);
    }

    /** Nothing comes back, not even a word that nobody listens. */
    private void assertUnreachable(List<String> from, String to, int port) {
        Ended ended = connect(from, to, port);
        assertThat(ended.code()).isNotZero();
        assertThat(ended.said()).contains("Connection timed out");
    }

    private static List<String> command(List<String> at, String... words) {
        List<String> command = new ArrayList<>(at);
        command.addAll(List.of(words));
        return command;
    }
}
