package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.acceptance.clients.ClientsDocument.Client;
import dev.linkspan.core.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Terraform with HashiCorp's AWS provider, in the configurations that are there to be copied: applied, tried with a packet,
 * changed in place, planned without a change, and destroyed. Their lives go on at the same time, each in accounts of its own,
 * because Terraform spends most of its time on itself.
 */
@DisabledIfEnvironmentVariable(named = "LINKSPAN_NETWORK", matches = "none")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TerraformClientTest {

    /** The common pool would have but one thread where there are two processors. */
    private static final Executor LANE = Thread::startVirtualThread;

    /** What a plan has just read is not read once more; two accounts destroy theirs the way one does by hand. */
    private static final String JUST_READ = "-refresh=false";

    @TempDir
    private static Path scratch;

    private static LinkspanServer server;

    /** Gives its accounts a default VPC. */
    private static LinkspanServer withDefaults;

    private static Path launcher;
    private static Path settings;

    private static CompletableFuture<Void> oneAccount;
    private static CompletableFuture<Void> twoAccounts;
    private static CompletableFuture<Void> assumedRole;
    private static CompletableFuture<Void> overlap;
    private static CompletableFuture<Void> networkAcls;
    private static CompletableFuture<Void> publicAddresses;
    private static CompletableFuture<Void> natGateway;
    private static CompletableFuture<Void> defaultVpc;

    @BeforeAll
    static void the_lives_of_all_examples_begin() {
        settings = TerraformSettings.in(scratch);
        launcher = Programs.launcher(scratch);

        ServerWithRole opened = ServerWithRole.open(scratch.resolve("data"), 4, "--network", "netns");
        server = opened.server();
        withDefaults = LinkspanServer.on(scratch.resolve("defaults"), "--network", "none", "--default-nets")
                .open();
        begin(opened.accounts());
    }

    /** Bob is in two of the examples, and Carol and Dave in three: those of one account wait for each other. */
    private static void begin(List<Account> accounts) {
        Account bob = accounts.get(0);
        Account alice = accounts.get(1);
        Account carol = accounts.get(2);
        Account dave = accounts.get(3);
        twoAccounts = CompletableFuture.runAsync(() -> twoAccounts(alice, bob), LANE);
        assumedRole = twoAccounts.handle((_, _) -> null).thenRunAsync(() -> assumedRole(carol, bob), LANE);
        oneAccount = CompletableFuture.runAsync(() -> oneAccount(dave), LANE);
        overlap = oneAccount.handle((_, _) -> null).thenRunAsync(() -> overlap(dave), LANE);
        networkAcls = overlap.handle((_, _) -> null).thenRunAsync(() -> networkAcls(dave), LANE);
        publicAddresses = assumedRole.handle((_, _) -> null).thenRunAsync(() -> publicAddresses(carol), LANE);
        defaultVpc = twoAccounts.handle((_, _) -> null).thenRunAsync(() -> defaultVpc(withDefaults.account()), LANE);
        natGateway = publicAddresses.handle((_, _) -> null).thenRunAsync(() -> natGateway(carol), LANE);
    }

    @AfterAll
    static void the_server_stops() {
        if (server != null) {
            CompletableFuture.allOf(networkAcls, natGateway, defaultVpc)
                    .handle((_, _) -> null)
                    .join();
            server.close();
            withDefaults.close();
        }
    }

    private static void lived(CompletableFuture<Void> life) {
        try {
            life.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof AssertionError assertion) {
                throw assertion;
            }
            throw failed;
        }
    }

    private static TerraformExample example(String name, Map<String, String> variables) {
        return example(name, server, variables);
    }

    private static TerraformExample example(String name, LinkspanServer at, Map<String, String> variables) {
        return TerraformExample.of(name, scratch, settings, at.url(), variables).withEndpointInEnvironment();
    }

    private static void assertPacketsPass(TerraformExample example) {
        Programs.Ended ping = Programs.in(scratch)
                .with(Map.of(
                        "LINKSPAN_URL", server.url().toString(),
                        "LINKSPAN_DATA", server.data().toString()))
                .run(
                        launcher.toString(),
                        "vm",
                        "exec",
                        example.output("from"),
                        "--",
                        "ping",
                        "-c",
                        "1",
                        "-w",
                        "20",
                        example.output("to"));
        assertThat(ping.code()).as(ping.said()).isZero();
    }

    private static Map<String, String> key(Account account) {
        return Map.of(
                "access_key", account.key().id(), "secret_key", account.key().secret());
    }

    private static void oneAccount(Account owner) {
        try (TerraformExample example = example("one-account", key(owner)).withOneProvider()) {
            example.apply();
            assertPacketsPass(example);
            assertThat(example.output("reachable")).isEqualTo("true");
            String[] changes = {"name=store", "database_port=3306"};
            assertThat(example.apply(changes))
                    .as("a path to another port is another path, and has an analysis of its own")
                    .containsPattern("2 added, [1-9][0-9]* changed, 2 destroyed");
            assertThat(example.output("reachable")).isEqualTo("true");
            example.assertNothingToDo(changes);
            example.destroy(JUST_READ);
        }
        TerraformExample.assertNothingLeft(owner);
    }

    @Test
    @Order(2)
    @Rule({"P1", "R2", "S5"})
    void two_vpcs_of_one_account() {
        lived(oneAccount);
    }

    private static void twoAccounts(Account alice, Account bob) {
        try (TerraformExample example = example(
                "two-accounts",
                Map.of("alice", TerraformExample.keys(alice.key()), "bob", TerraformExample.keys(bob.key())))) {
            example.apply();
            assertPacketsPass(example);
            String[] changes = {"name=changed", "open_ports=[443,8443]"};
            assertThat(example.apply(changes)).containsPattern("1 added, [1-9][0-9]* changed, 0 destroyed");
            example.assertNothingToDo(changes);
            example.destroy();
        }
        TerraformExample.assertNothingLeft(alice, bob);
    }

    @Test
    @Order(1)
    @Rule({"P1", "L1", "R2", "S2"})
    void two_accounts_with_a_key_each() {
        lived(twoAccounts);
    }

    private static void assumedRole(Account alice, Account bob) {
        try (TerraformExample example = example(
                "assume-role",
                Map.of(
                        "access_key", alice.key().id(),
                        "secret_key", alice.key().secret(),
                        "bob_role", ServerWithRole.role(bob)))) {
            example.apply();
            assertPacketsPass(example);
            assertThat(example.apply("name=changed")).contains("0 added, 2 changed, 0 destroyed");
            example.assertNothingToDo("name=changed");
            example.destroy();
        }
        TerraformExample.assertNothingLeft(alice, bob);
    }

    @Test
    @Order(3)
    void two_accounts_with_one_key_and_a_role() {
        lived(assumedRole);
    }

    /** In the folder as it is: the others have the same block for the endpoints, and are told of them in another way. */
    private static void overlap(Account owner) {
        try (TerraformExample example = TerraformExample.of("overlap", scratch, settings, server.url(), key(owner))
                .withOneProvider()) {
            Programs.Ended refused = example.run("apply", "-input=false", "-auto-approve");
            assertThat(refused.code()).isNotZero();
            assertThat(refused.said().replaceAll("\\s+", " ")).contains("the IP ranges of the two VPCs overlap");
            example.destroy();
        }
        TerraformExample.assertNothingLeft(owner);
    }

    @Test
    @Order(4)
    @Rule("P4")
    void ranges_that_overlap_say_so_when_they_are_applied() {
        lived(overlap);
    }

    private static void networkAcls(Account owner) {
        try (TerraformExample example = example("network-acls", key(owner)).withOneProvider()) {
            example.apply();
            assertThat(example.output("network_acls")).isEqualTo("3");
            String[] changes = {"name=changed", "database_port=3306"};
            assertThat(example.apply(changes)).containsPattern("0 added, [1-9][0-9]* changed, 0 destroyed");
            example.assertNothingToDo(changes);
            example.destroy(JUST_READ);
        }
        TerraformExample.assertNothingLeft(owner);
    }

    @Test
    @Order(5)
    @Rule("N1")
    void network_acls_in_line_and_as_resources_of_their_own() {
        lived(networkAcls);
    }

    private static void publicAddresses(Account owner) {
        try (TerraformExample example = example("public-addresses", key(owner)).withOneProvider()) {
            example.apply();
            assertThat(example.output("web")).startsWith("203.0.113.");
            assertThat(example.output("spare")).startsWith("203.0.113.").isNotEqualTo(example.output("web"));
            assertThat(example.apply("name=changed")).containsPattern("0 added, [1-9][0-9]* changed, 0 destroyed");
            example.assertNothingToDo("name=changed");
            example.destroy(JUST_READ);
        }
        TerraformExample.assertNothingLeft(owner);
    }

    @Test
    @Order(6)
    @Rule("X2")
    void a_gateway_a_route_to_it_and_addresses_that_stay_and_that_do_not() {
        lived(publicAddresses);
    }

    private static void natGateway(Account owner) {
        try (TerraformExample example = example("nat-gateway", key(owner)).withOneProvider()) {
            example.apply();
            assertThat(example.output("seen_as")).startsWith("203.0.113.");
            assertThat(example.output("private_gateway")).startsWith("nat-");
            assertThat(example.apply("name=changed")).containsPattern("0 added, [1-9][0-9]* changed, 0 destroyed");
            example.assertNothingToDo("name=changed");
            example.destroy(JUST_READ);
        }
        TerraformExample.assertNothingLeft(owner);
    }

    @Test
    @Order(7)
    @Rule("X7")
    void a_nat_gateway_and_a_route_to_it() {
        lived(natGateway);
    }

    private static void defaultVpc(Account owner) {
        try (TerraformExample example =
                example("default-vpc", withDefaults, key(owner)).withOneProvider()) {
            example.apply();
            assertThat(example.output("web")).startsWith("203.0.113.");
            assertThat(example.output("image")).startsWith("ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-");
            example.assertNothingToDo();
            String[] changes = {"name=changed", "data_size=7", "watched=true"};
            assertThat(example.apply(changes)).containsPattern("0 added, [1-9][0-9]* changed, 0 destroyed");
            example.assertNothingToDo(changes);
            example.destroy(JUST_READ);
        }
        assertThat(owner.ask("ReadNets").list("Nets")).as("the default VPC").hasSize(1);
        assertThat(owner.ask("ReadNics").list("Nics")).isEmpty();
        assertThat(owner.ask("ReadVolumes").list("Volumes")).isEmpty();
        assertThat(owner.ask("ReadSecurityGroups").list("SecurityGroups")).hasSize(1);
    }

    @Test
    @Order(8)
    void instances_with_options_and_volumes_in_the_default_vpc_of_images_that_people_name() {
        lived(defaultVpc);
    }

    @Test
    @Order(9)
    void the_page_on_clients_tells_which_actions_terraform_asks_for() {
        SortedSet<String> done = new TreeSet<>(Ec2Actions.doneBy(server));
        done.addAll(Ec2Actions.doneBy(withDefaults));
        ClientsDocument.compareColumn(Client.TERRAFORM, done);
    }
}
