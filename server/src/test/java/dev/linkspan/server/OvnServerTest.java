package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.server.network.linux.Eventually;
import dev.linkspan.server.network.ovn.OvnTestbed;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server whose network is in OVN. */
@Slow
class OvnServerTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ACCOUNT = "111111111111";

    @RegisterExtension
    private final OvnTestbed testbed = new OvnTestbed();

    @TempDir
    private Path data;

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close_the_client() {
        client.close();
    }

    private Assembly start() {
        List<String> arguments = new ArrayList<>(
                List.of("--dev", "--listen", "127.0.0.1:0", "--network", "ovn", "--data", data.toString()));
        arguments.addAll(testbed.serverOptions());
        return Assembly.start(Settings.of(arguments, Map.of()));
    }

    private JsonNode post(Assembly server, String path, String authorization, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve(path))
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    private JsonNode call(Assembly server, String name, String body) throws IOException, InterruptedException {
        String credential = "AWS4-HMAC-SHA256 Credential=%s/20261130/eu-west-2/api/aws4_request".formatted(ACCOUNT);
        return post(server, "/api/v1/" + name, credential, body);
    }

    private String net(Assembly server, String range) throws IOException, InterruptedException {
        return call(server, "CreateNet", "{\"IpRange\":\"%s\"}".formatted(range))
                .path("Net")
                .path("NetId")
                .asString();
    }

    /** What became of a request and its acceptance. */
    private JsonNode peer(Assembly server, String source, String accepter) throws IOException, InterruptedException {
        String request = "{\"SourceNetId\":\"%s\",\"AccepterNetId\":\"%s\"}".formatted(source, accepter);
        String peering = call(server, "CreateNetPeering", request)
                .path("NetPeering")
                .path("NetPeeringId")
                .asString();
        return call(server, "AcceptNetPeering", "{\"NetPeeringId\":\"%s\"}".formatted(peering));
    }

    @Test
    @Rule("P13")
    void nets_are_routers_overlapping_peers_are_refused_and_the_operator_sees_where_all_is()
            throws IOException, InterruptedException {
        try (Assembly server = start()) {
            String net = net(server, "10.0.0.0/16");
            String peer = net(server, "10.1.0.0/16");
            String twin = net(server, "10.1.0.0/16");
            assertThat(peer(server, net, peer)
                            .path("NetPeering")
                            .path("State")
                            .path("Name")
                            .asString())
                    .isEqualTo("active");
            assertThat(peer(server, net, twin).toString()).contains("cannot keep their packets apart");
            Eventually.holds(() -> testbed.rows().contains(net));

            String token = Files.readString(data.resolve("admin.token")).strip();
            JsonNode network = post(server, "/linkspan/v1/ReadStatus", "Bearer " + token, "{}")
                    .path("Network");
            assertThat(network.path("Driver").asString()).isEqualTo("ovn");
            assertThat(network.path("Northbound").asString()).startsWith("unix:/");
            assertThat(network.path("OvnVersion").asString()).matches("\\d\\d\\.\\d\\d\\..*");
            assertThat(network.path("Chassis").path(0).asString()).isEqualTo("host-1");
        }
        assertThat(testbed.rows()).as("what a server leaves").contains("vpc-");

        assertThat(OvnCleanupMain.cleanUp(testbed.serverOptions(), Map.of()))
                .isEqualTo("removed 3 Nets of 'a test' from OVN");
        assertThat(testbed.rows()).isEmpty();
        assertThatThrownBy(() -> OvnCleanupMain.cleanUp(List.of("--data", "/data"), Map.of()))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("has no option '--data'");
    }
}
