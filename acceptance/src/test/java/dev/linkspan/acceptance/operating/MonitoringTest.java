package dev.linkspan.acceptance.operating;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.client.ServerUnreachable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the metrics and the log tell about calls, and what they keep to themselves. */
class MonitoringTest {

    private static final int MADE_UP = 50;

    @TempDir
    private Path folder;

    @Test
    void calls_are_counted_and_neither_accounts_nor_inventions_are_labels() throws Exception {
        try (LinkspanServer server = LinkspanServer.on(folder.resolve("data"), "--peering-requires-vm", "false")
                .open()) {
            Account one = server.account();
            Account other = server.account();
            String peering = one.requestPeering(one.net("10.0.0.0/16"), other.net("10.1.0.0/16"), other)
                    .text("NetPeering", "NetPeeringId");
            other.ask("AcceptNetPeering", "NetPeeringId", peering);
            one.call("DeleteNet", "NetId", "vpc-00000000");
            for (int i = 0; i < MADE_UP; i++) {
                askForNothing(server, "/api/v1/Invented" + "x".repeat(i));
                askForNothing(server, "/invented/" + i);
            }

            Scrape scrape = Scrape.of(server.url());

            assertThat(scrape.status()).isEqualTo(200);
            assertThat(scrape.contentType()).startsWith("text/plain; version=0.0.4");
            assertThat(scrape.samples("linkspan_calls_total"))
                    .contains(
                            "{api=\"oapi\",error=\"\",operation=\"AcceptNetPeering\",status=\"200\"} 1.0",
                            "{api=\"oapi\",error=\"5065\",operation=\"DeleteNet\",status=\"400\"} 1.0",
                            "{api=\"oapi\",error=\"12000\",operation=\"unknown\",status=\"404\"} 50.0",
                            "{api=\"none\",error=\"\",operation=\"unknown\",status=\"404\"} 50.0");
            assertThat(scrape.samples("linkspan_peerings"))
                    .contains(
                            "{region=\"eu-west-2\",state=\"active\"} 1.0",
                            "{region=\"us-east-2\",state=\"active\"} 0.0");
            assertThat(scrape.text().toLowerCase(Locale.ROOT))
                    .doesNotContain(one.id(), other.id(), one.key().id().toLowerCase(Locale.ROOT), "invented");
        }
    }

    private static void askForNothing(LinkspanServer server, String path) {
        try {
            server.unjudgedClient().endpoint().post(path, Map.of(), new byte[0]);
        } catch (ServerUnreachable notJson) {
            assertThat(notJson).hasMessageContaining("404");
        }
    }

    @Test
    void the_log_is_json_where_machines_read_it() throws Exception {
        Path data = folder.resolve("data");
        try (LinkspanServer server = LinkspanServer.on(data, "--log", "json").open()) {
            Account account = server.account();
            Answer made = account.call("CreateNet", "IpRange", "10.0.0.0/16");
            Answer refused = account.call("CreateNet", "IpRange", "nonsense");
            askForNothing(server, "/a%0Ab/%1b");
            server.process().close();

            List<JsonNode> log = Files.readAllLines(server.process().log(), UTF_8).stream()
                    .map(line -> Json.parse(line.getBytes(UTF_8)))
                    .toList();

            assertThat(log).allSatisfy(record -> {
                assertThat(Instant.parse(record.path("time").asString())).isAfter(Instant.EPOCH);
                assertThat(record.path("level").asString()).isIn("DEBUG", "INFO", "WARNING", "ERROR");
                assertThat(record.path("logger").asString()).isNotEmpty();
                assertThat(record.path("message").asString()).isNotEmpty();
            });
            JsonNode good = lineOf(log, made);
            assertThat(good.path("message").asString()).isEqualTo("POST /api/v1/CreateNet");
            assertThat(good.path("status").asInt()).isEqualTo(200);
            assertThat(good.path("duration_ms").asDouble()).isPositive();
            assertThat(good.path("operation").asString()).isEqualTo("CreateNet");
            assertThat(good.path("account").asString()).isEqualTo(account.id());
            assertThat(good.path("region").asString()).isEqualTo(LinkspanServer.REGION);
            assertThat(good.has("error")).isFalse();
            JsonNode bad = lineOf(log, refused);
            assertThat(bad.path("status").asInt()).isEqualTo(400);
            assertThat(bad.path("error").asString()).isEqualTo("4047");
            assertThat(bad.path("account").asString()).isEqualTo(account.id());
            assertThat(log).anyMatch(record -> record.path("message").asString().startsWith("POST /a%0Ab/"));
            assertThat(log.getLast().path("message").asString()).isEqualTo("stopped");
            assertThat(Files.readString(server.process().log()))
                    .doesNotContain(
                            account.key().secret(),
                            Files.readString(data.resolve("admin.token")).strip());
        }
    }

    private static JsonNode lineOf(List<JsonNode> log, Answer answer) {
        String id = answer.text("ResponseContext", "RequestId");
        assertThat(id).isNotEmpty();
        List<JsonNode> lines = log.stream()
                .filter(record -> record.path("request_id").asString("").equals(id))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }
}
