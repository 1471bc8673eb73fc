package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.server.http.AddressUnavailable;
import dev.linkspan.server.store.UnusableDataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole server in this process, with its database, without a network. */
@Slow
class AssemblyTest {

    private static final JsonMapper JSON = new JsonMapper();

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

    private HttpResponse<String> get(URI url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }

    private JsonNode post(Assembly server, String path, String authorization, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve(path))
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    private JsonNode operator(Assembly server, String call, String body) throws IOException, InterruptedException {
        String token = Files.readString(data.resolve("admin.token")).strip();
        return post(server, "/linkspan/v1/" + call, "Bearer " + token, body);
    }

    @Test
    void it_is_healthy_and_ready() throws IOException, InterruptedException {
        try (Assembly server = start()) {
            assertThat(get(server.url().resolve("/healthz")).statusCode()).isEqualTo(200);
            assertThat(get(server.url().resolve("/readyz")).statusCode()).isEqualTo(200);
            assertThat(get(server.url().resolve("/nothing")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void without_dev_calls_must_be_signed() throws IOException, InterruptedException {
        try (Assembly server = start()) {
            JsonNode answer = post(server, "/api/v1/ReadNetPeerings", "none", "{}");
            assertThat(answer.path("Errors").path(0).path("Code").asString()).isEqualTo("1");
        }
    }

    @Test
    @Rule("A6")
    void with_dev_they_need_not() throws IOException, InterruptedException {
        try (Assembly server = start("--dev")) {
            JsonNode answer = post(server, "/api/v1/ReadNetPeerings", "none", "{}");
            assertThat(answer.path("NetPeerings").isArray()).isTrue();
        }
    }

    @Test
    @Rule("T1")
    void a_manual_clock_starts_at_the_real_time_and_goes_on_where_it_was_left()
            throws IOException, InterruptedException {
        Instant before = Instant.now();
        Instant left;
        try (Assembly server = start("--clock", "manual")) {
            Instant started = clock(operator(server, "ReadClock", ""));
            assertThat(started).isBetween(before.minusMillis(1), Instant.now());
            left = clock(operator(server, "AdvanceClock", "{\"Duration\":\"P7D\"}"));
            assertThat(left).isEqualTo(started.plus(Duration.ofDays(7)));
        }
        try (Assembly server = start("--clock", "manual")) {
            assertThat(clock(operator(server, "ReadClock", ""))).isEqualTo(left);
        }
    }

    private static Instant clock(JsonNode answer) {
        return Instant.parse(answer.path("Clock").path("Now").asString());
    }

    @Test
    @Rule("T1")
    void the_systems_clock_is_not_moved() throws IOException, InterruptedException {
        try (Assembly server = start()) {
            JsonNode answer = operator(server, "AdvanceClock", "{\"Duration\":\"P7D\"}");
            assertThat(answer.path("Errors").path(0).path("Details").asString()).contains("--clock manual");
        }
    }

    @Test
    void what_was_made_is_there_after_a_restart() throws IOException, InterruptedException {
        String account;
        try (Assembly server = start()) {
            account = operator(server, "CreateAccount", "{}")
                    .path("Account")
                    .path("AccountId")
                    .asString();
        }
        try (Assembly server = start()) {
            assertThat(operator(server, "ReadAccounts", "").toString()).contains(account);
        }
    }

    @Test
    void a_session_outlives_a_restart_and_opens_the_api() throws IOException, InterruptedException {
        String cookie;
        try (Assembly server = start()) {
            operator(server, "CreateAccount", "{\"Email\":\"a@example.org\",\"Password\":\"correct horse\"}");
            HttpResponse<String> signedIn = client.send(
                    HttpRequest.newBuilder(server.url().resolve("/cockpit/session"))
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"Email\":\"a@example.org\",\"Password\":\"correct horse\"}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(signedIn.statusCode()).isEqualTo(200);
            assertThat(signedIn.headers().firstValue("Content-Security-Policy")).isPresent();
            cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        }
        try (Assembly server = start()) {
            HttpResponse<String> read = client.send(
                    HttpRequest.newBuilder(server.url().resolve("/api/v1/ReadNets"))
                            .header("Cookie", cookie)
                            .header("X-Linkspan-Cockpit", "1")
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(read.body()).path("Nets").isArray()).isTrue();
            assertThat(describeNetworkAcls(server, "Cookie", cookie, "X-Linkspan-Cockpit", "1"))
                    .isEqualTo(200);
            assertThat(describeNetworkAcls(server, "Cookie", cookie)).isEqualTo(401);
        }
    }

    private int describeNetworkAcls(Assembly server, String... headers) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(server.url().resolve("/"))
                                .headers(headers)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "Action=DescribeNetworkAcls&Version=2016-11-15"))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void events_are_told_as_they_happen_and_until_the_server_stops() throws IOException, InterruptedException {
        HttpResponse<InputStream> events;
        try (Assembly server = start("--dev")) {
            HttpResponse<String> signedIn = client.send(
                    HttpRequest.newBuilder(server.url().resolve("/cockpit/session"))
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"AccessKeyId\":\"222222222222\",\"SecretKey\":\"any\"}"))
                            .build(),
                    BodyHandlers.ofString());
            events = client.send(
                    HttpRequest.newBuilder(server.url().resolve("/cockpit/events"))
                            .header(
                                    "Cookie",
                                    signedIn.headers().firstValue("Set-Cookie").orElseThrow())
                            .build(),
                    BodyHandlers.ofInputStream());
            assertThat(events.headers().firstValue("Content-Type")).contains("text/event-stream");
            Scanner heard = new Scanner(events.body(), StandardCharsets.UTF_8);
            assertThat(heard.nextLine()).isEqualTo("retry: 2000");

            post(
                    server,
                    "/api/v1/CreateNet",
                    "OSC4-HMAC-SHA256 Credential=222222222222/",
                    "{\"IpRange\":\"10.0.0.0/16\"}");

            String line = heard.nextLine();
            while (!line.startsWith("data:")) {
                line = heard.nextLine();
            }
            assertThat(line).contains("NET_CREATED");
        }
        assertThat(events.body().readAllBytes()).isNotNull();
    }

    @Test
    void a_browser_that_comes_to_the_root_is_led_to_cockpit() throws IOException, InterruptedException {
        try (Assembly server = start()) {
            HttpResponse<String> led = client.send(
                    HttpRequest.newBuilder(server.url().resolve("/"))
                            .header("Accept", "text/html")
                            .build(),
                    BodyHandlers.ofString());
            assertThat(led.statusCode()).isEqualTo(302);

            HttpResponse<String> page = get(server.url().resolve("/cockpit/"));
            assertThat(page.body()).contains("Cockpit is not built");
        }
    }

    @Test
    void two_servers_do_not_share_a_data_folder() {
        try (Assembly server = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(UnusableDataFolder.class)
                    .hasMessageContaining("in use");
            assertThat(server.url().getPort()).isPositive();
        }
    }

    @Test
    void an_address_that_is_taken_is_found_before_anything_is_made() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Path unmade = data.resolve("unmade");

            assertThatThrownBy(() -> start("--listen", address, "--network", "netns", "--data", unmade.toString()))
                    .isInstanceOf(AddressUnavailable.class)
                    .hasMessageContaining(address)
                    .hasMessageContaining("--listen HOST:PORT");

            assertThat(unmade).doesNotExist();
        }
    }

    @Test
    void whoever_knows_the_admin_token_can_tell_the_server_by_its_answer() throws Exception {
        try (Assembly server = start()) {
            String challenge = "0f".repeat(32);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    Files.readString(data.resolve("admin.token")).strip().getBytes(StandardCharsets.UTF_8),
                    "HmacSHA256"));
            String proof = HexFormat.of()
                    .formatHex(mac.doFinal(("linkspan identity " + challenge).getBytes(StandardCharsets.UTF_8)));

            HttpResponse<String> answer = get(server.url().resolve("/linkspan/v1/identity?challenge=" + challenge));

            assertThat(JSON.readTree(answer.body()).path("Proof").asString()).isEqualTo(proof);
            assertThat(get(server.url().resolve("/linkspan/v1/identity?challenge=0f"))
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_server_that_cannot_listen_lets_go_of_its_data_folder() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> start("--listen", "127.0.0.1:" + taken.getLocalPort()))
                    .isInstanceOf(AddressUnavailable.class);
        }
        try (Assembly server = start()) {
            assertThat(get(server.url().resolve("/readyz")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    @Rule("A6")
    void with_dev_no_page_of_another_site_is_believed() throws IOException, InterruptedException {
        try (Assembly server = start("--dev")) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(server.url().resolve("/api/v1/CreateNet"))
                            .header("Origin", "https://example.org")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"IpRange\":\"10.0.0.0/16\"}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("another site", "ResponseContext");
            assertThat(post(server, "/api/v1/ReadNets", "none", "{}").path("Nets"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/ReadNets, '{\"Errors\":[{\"Code\":\"4110\"'",
        "/linkspan/v1/ReadEvents, '{\"Errors\":[{\"Code\":\"4110\"'",
        "/, <Code>MalformedQueryString</Code>",
        "/fcu, <Code>MalformedQueryString</Code>",
        "/elsewhere, The request cannot be read as HTTP"
    })
    void what_cannot_be_read_is_refused_in_the_form_of_the_api_that_was_asked(String path, String expected)
            throws IOException {
        try (Assembly server = start();
                Socket socket = new Socket(
                        InetAddress.ofLiteral("127.0.0.1"), server.url().getPort())) {
            socket.getOutputStream()
                    .write("POST %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n"
                            .formatted(path)
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400").contains(expected);
        }
    }

    @Test
    @Rule("H4")
    void an_agent_calls_with_its_hosts_token_and_not_with_another() throws IOException, InterruptedException {
        String body = "{\"Boot\":\"%s\",\"Version\":\"1\",\"Capacity\":3,\"Known\":-1,\"Load\":0.5,\"WaitMillis\":0}"
                .formatted(UUID.randomUUID());
        try (Assembly server = start("--dev")) {
            JsonNode made = operator(server, "CreateHost", "{\"HostName\":\"rack1\",\"SubregionName\":\"eu-west-2a\"}");
            String id = made.path("Host").path("HostId").asString();
            String token = made.path("Token").asString();

            JsonNode answer = post(server, "/linkspan/v1/agent/Sync", "Bearer " + token, body + " ".repeat(100_000));
            JsonNode stranger = post(server, "/linkspan/v1/agent/Sync", "Bearer " + id + ".guessed", body);
            JsonNode abuse = post(server, "/linkspan/v1/ReadHosts", "Bearer " + token, "{}");

            assertThat(answer.path("HostId").asString()).isEqualTo(id);
            assertThat(answer.path("Machines").isArray()).isTrue();
            assertThat(stranger.path("Errors").path(0).path("Code").asString()).isEqualTo("1");
            assertThat(abuse.path("Errors").path(0).path("Code").asString()).isEqualTo("1");
            assertThat(operator(server, "ReadHosts", "{}")
                            .path("Hosts")
                            .path(0)
                            .path("State")
                            .asString())
                    .isEqualTo("reachable");
        }
    }

    @Test
    void a_long_body_is_read_of_those_only_who_name_a_key_or_token_that_there_is() throws Exception {
        String body = " ".repeat(100_000);
        try (Assembly server = start()) {
            assertThat(operator(server, "ReadAccounts", body + "{}")
                            .path("Accounts")
                            .isArray())
                    .isTrue();
            JsonNode unknown = post(server, "/linkspan/v1/ReadAccounts", "Bearer made-up", body);
            assertThat(unknown.path("Errors").path(0).path("Code").asString()).isEqualTo("1");
            HttpResponse<String> action = client.send(
                    HttpRequest.newBuilder(server.url())
                            .POST(HttpRequest.BodyPublishers.ofString("Action=DescribeVpcs&A=" + body))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(action.body()).contains("longer than 16384 bytes", "where no access key");
        }
    }
}
