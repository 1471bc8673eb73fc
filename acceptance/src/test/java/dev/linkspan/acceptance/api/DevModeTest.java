package dev.linkspan.acceptance.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.acceptance.TestedServer;
import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.process.ServerDidNotStart;
import dev.linkspan.cli.process.ServerProcess;
import dev.linkspan.core.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The developer's mode, in which every request is believed. */
@Rule("A6")
class DevModeTest {

    @RegisterExtension
    static final LinkspanServer SERVER = LinkspanServer.with("--dev");

    private static Caller with(String key) {
        return SERVER.client().asAccount(new AccessKey(key, "not the secret"), LinkspanServer.REGION);
    }

    @Test
    void a_key_of_twelve_digits_acts_as_that_account() {
        with("111122223333").ask("CreateNet", "IpRange", "10.0.0.0/16");

        assertThat(with("111122223333").ask("ReadNets").list("Nets")).hasSize(1);
        assertThat(with("444455556666").ask("ReadNets").list("Nets")).isEmpty();
    }

    @Test
    void any_other_key_is_one_and_the_same_account() {
        String net = with("somebody").ask("CreateNet", "IpRange", "10.0.0.0/16").text("Net", "NetId");

        assertThat(with("123456789012").ask("ReadNets").list("Nets"))
                .extracting(found -> found.path("NetId").asString())
                .contains(net);
    }

    @Test
    void a_request_without_signature_is_believed() {
        Answer answer = SERVER.client()
                .endpoint()
                .post("/api/v1/ReadRegions", Map.of("Content-Type", "application/json"), "{}".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void it_refuses_an_address_that_others_can_reach(@TempDir Path folder) {
        List<String> command = TestedServer.command(List.of(
                "--dev",
                "--listen",
                "0.0.0.0:0",
                "--network",
                "none",
                "--data",
                folder.resolve("data").toString()));

        try (ServerProcess server = ServerProcess.start(command, folder.resolve("log"))) {
            assertThatThrownBy(server::awaitReady)
                    .isInstanceOf(ServerDidNotStart.class)
                    .hasMessageContaining("--dev");
        }
    }
}
