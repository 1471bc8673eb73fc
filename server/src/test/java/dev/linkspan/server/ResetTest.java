package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server in the developer's mode that is brought back to empty between the tests of a suite. */
@Slow
@Rule("A6")
class ResetTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<Integer> OF_A_CLIENT = Set.of(200, 400, 409);

    @TempDir
    private Path data;

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close_the_client() {
        client.close();
    }

    private Assembly start(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--listen", "127.0.0.1:0", "--network", "none", "--data", data.toString()));
        arguments.addAll(List.of(more));
        return Assembly.start(Settings.of(arguments, Map.of()));
    }

    private HttpResponse<String> post(Assembly server, String path, String key, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve(path))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=%s/20261130/eu-west-2/api/aws4_request".formatted(key))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private JsonNode nets(Assembly server, String key) throws IOException, InterruptedException {
        return JSON.readTree(post(server, "/api/v1/ReadNets", key, "{}").body()).path("Nets");
    }

    private void make(Assembly server, String key) throws IOException, InterruptedException {
        assertThat(post(server, "/api/v1/CreateNet", key, "{\"IpRange\":\"10.0.0.0/16\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void everybodys_things_are_gone_at_once() throws IOException, InterruptedException {
        try (Assembly server = start("--dev")) {
            make(server, "111111111111");
            make(server, "any");
            // The first time finds out which tables there are.
            post(server, "/linkspan/v1/Reset", "", "");
            make(server, "111111111111");

            long began = System.nanoTime();
            HttpResponse<String> answer = post(server, "/linkspan/v1/Reset", "", "");
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("RequestId");
            assertThat(nets(server, "111111111111")).isEmpty();
            assertThat(nets(server, "any")).isEmpty();
            assertThat(took).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void suites_for_another_server_find_it_where_they_look() throws IOException, InterruptedException {
        try (Assembly server = start("--dev")) {
            make(server, "any");

            HttpResponse<String> answer = post(server, "/moto-api/reset", "", "");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(nets(server, "any")).isEmpty();
        }
    }

    @Test
    void who_had_a_default_vpc_gets_another_one() throws IOException, InterruptedException {
        try (Assembly server = start("--dev", "--default-nets")) {
            List<JsonNode> before = defaultNets(server);
            assertThat(post(server, "/linkspan/v1/Reset", "anybody", "{}").statusCode())
                    .isEqualTo(200);

            assertThat(defaultNets(server)).hasSize(1).doesNotContainAnyElementsOf(before);
        }
    }

    /** What an account has once it has asked EC2 for something. */
    private List<JsonNode> defaultNets(Assembly server) throws IOException, InterruptedException {
        String key = "111111111111";
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve("/"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=%s/20261130/eu-west-2/ec2/aws4_request".formatted(key))
                .POST(HttpRequest.BodyPublishers.ofString("Action=DescribeVpcs&Version=2016-11-15"))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("172.31.0.0/16");
        return nets(server, key).valueStream().map(net -> net.path("NetId")).toList();
    }

    @Test
    void only_the_developers_mode_has_it() throws IOException, InterruptedException {
        try (Assembly server = start()) {
            HttpResponse<String> answer = post(server, "/linkspan/v1/Reset", "", "");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("--dev");
            assertThat(post(server, "/moto-api/reset", "", "").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void another_sites_page_cannot_have_it_done() throws IOException, InterruptedException {
        try (Assembly server = start("--dev")) {
            make(server, "any");
            for (String path : List.of("/linkspan/v1/Reset", "/moto-api/reset")) {
                HttpRequest request = HttpRequest.newBuilder(server.url().resolve(path))
                        .header("Sec-Fetch-Site", "cross-site")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
                assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                        .isBetween(400, 499);
            }
            assertThat(nets(server, "any")).hasSize(1);
        }
    }

    @Test
    void calls_that_run_beside_it_are_done_before_it_or_after_it() throws Exception {
        try (Assembly server = start("--dev", "--calls-per-address", "0", "--calls-per-account", "0");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Set<Integer>>> clients = new ArrayList<>();
            for (int number = 0; number < 6; number++) {
                String key = "22222222222" + number;
                clients.add(threads.submit(calling(server, key)));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(post(server, "/linkspan/v1/Reset", "", "").statusCode())
                        .isEqualTo(200);
            }
            for (Future<Set<Integer>> statuses : clients) {
                assertThat(OF_A_CLIENT).containsAll(statuses.get());
            }
        }
    }

    private Callable<Set<Integer>> calling(Assembly server, String key) {
        return () -> {
            Set<Integer> statuses = new HashSet<>();
            for (int i = 0; i < 30; i++) {
                HttpResponse<String> net = post(server, "/api/v1/CreateNet", key, "{\"IpRange\":\"10.0.0.0/16\"}");
                statuses.add(net.statusCode());
                String id = JSON.readTree(net.body()).path("Net").path("NetId").asString("vpc-12345678");
                String subnet = "{\"NetId\":\"%s\",\"IpRange\":\"10.0.1.0/24\"}".formatted(id);
                statuses.add(post(server, "/api/v1/CreateSubnet", key, subnet).statusCode());
                statuses.add(post(server, "/api/v1/ReadVms", key, "{}").statusCode());
            }
            return statuses;
        };
    }

    @Test
    @Rule("P6")
    void peerings_need_no_machines_unless_that_is_asked_for() throws IOException, InterruptedException {
        assertThat(Settings.of(List.of("--dev"), Map.of()).peeringRequiresVm()).isFalse();
        assertThat(Settings.of(List.of(), Map.of()).peeringRequiresVm()).isTrue();
        try (Assembly server = start("--dev", "--peering-requires-vm", "true")) {
            make(server, "any");
            make(server, "any");
            JsonNode nets = nets(server, "any");
            String arguments = "{\"SourceNetId\":\"%s\",\"AccepterNetId\":\"%s\"}"
                    .formatted(
                            nets.path(0).path("NetId").asString(),
                            nets.path(1).path("NetId").asString());

            HttpResponse<String> refused = post(server, "/api/v1/CreateNetPeering", "any", arguments);

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("--peering-requires-vm false");
        }
    }
}
