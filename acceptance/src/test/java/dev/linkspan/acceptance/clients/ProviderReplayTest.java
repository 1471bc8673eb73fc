package dev.linkspan.acceptance.clients;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.acceptance.Repository;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The calls that Terraform's AWS provider makes for each of its resources, without Terraform and without the provider: what it
 * creates with, waits for, reads back of each attribute, updates with, and must not find any more after deleting. They are what
 * {@code hashicorp/aws} 5.100.0 was seen to send. This shows that its calls are answered as it needs them; that Terraform as a
 * whole is content is shown by {@link TerraformClientTest}, where the provider is at hand.
 */
class ProviderReplayTest {

    private static final Path SCRIPTS = Repository.root().resolve("acceptance/src/test/resources/provider");

    @RegisterExtension
    private static final LinkspanServer SERVER = LinkspanServer.with("--peering-requires-vm", "false");

    static List<String> resources() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resources")
    void a_resource_is_made_read_changed_and_deleted_as_the_provider_does_it(String resource) {
        Account alice = SERVER.account();
        Account bob = SERVER.account();
        try (HttpClient http = HttpClient.newHttpClient()) {
            CallScript script = new CallScript(
                    Map.of(
                            "alice", new Query(http, SERVER.url(), alice.key()),
                            "bob", new Query(http, SERVER.url(), bob.key())),
                    Map.of("alice", alice.id(), "bob", bob.id()));

            script.perform(SCRIPTS.resolve(resource));
        }
    }
}
