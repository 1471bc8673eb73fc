package dev.linkspan.acceptance.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Endpoint;
import dev.linkspan.cli.client.RequestSigner;
import dev.linkspan.cli.client.SignatureFamily;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client of good faith sends: each is answered, and the server goes on as before. */
class BadInputTest {

    private static final int MIB = 1 << 20;
    private static final String PATH = "/api/v1/CreateNet";

    @RegisterExtension
    static final LinkspanServer SERVER = LinkspanServer.with();

    private static Account account;

    @BeforeAll
    static void an_account() {
        account = SERVER.account();
    }

    private static Answer send(byte[] body) {
        Endpoint endpoint = SERVER.unjudgedClient().endpoint();
        RequestSigner signer = new RequestSigner(SignatureFamily.OSC4, account.key(), LinkspanServer.REGION, "api");
        return endpoint.post(PATH, signer.sign(endpoint.host(), PATH, body, Instant.now()), body);
    }

    private static void isRefusedAndForgotten(Answer answer) {
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.errorCode()).isNotEmpty();
        assertThat(answer.text("ResponseContext", "RequestId")).isNotEmpty();
        assertThat(account.ask("ReadNets").list("Nets")).isEmpty();
    }

    static Stream<byte[]> garbage() {
        byte[] noise = new byte[MIB];
        new Random(2026).nextBytes(noise);
        return Stream.of(
                noise,
                "{\"IpRange\":\"10.0.0.0/16".getBytes(UTF_8),
                "{\"IpRange\":\"10.0.0.0/16\"}}".getBytes(UTF_8),
                "{\"IpRange\":\"10.0.0.0/16\"} {\"IpRange\":\"10.0.0.0/16\"}".getBytes(UTF_8),
                "{\"IpRange\":\"10.0.0.0/16\",\"IpRange\":\"10.1.0.0/16\"}".getBytes(UTF_8),
                "[{\"IpRange\":\"10.0.0.0/16\"}]".getBytes(UTF_8),
                "\"10.0.0.0/16\"".getBytes(UTF_8),
                "null".getBytes(UTF_8),
                "IpRange=10.0.0.0/16".getBytes(UTF_8),
                "{'IpRange':'10.0.0.0/16'}".getBytes(UTF_8),
                "{\"IpRange\":NaN}".getBytes(UTF_8),
                "{\"IpRange\":\"10.0.0.0/16\u0000\"}".getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void garbage_is_refused(byte[] body) {
        isRefusedAndForgotten(send(body));
    }

    @Test
    void invalid_utf_8_is_refused() {
        isRefusedAndForgotten(send("{\"IpRange\":\"10.0.0.0/16\u00ff\u00fe\"}".getBytes(ISO_8859_1)));
        isRefusedAndForgotten(send("{\"\u00c3\":1}".getBytes(ISO_8859_1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 10_000, 100_000})
    void deeply_nested_json_is_refused(int depth) {
        isRefusedAndForgotten(send(("{\"IpRange\":" + "[".repeat(depth) + "]".repeat(depth) + "}").getBytes(UTF_8)));
        isRefusedAndForgotten(
                send(("{\"IpRange\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) + "}").getBytes(UTF_8)));
    }

    @Test
    void a_very_long_value_or_number_is_refused() {
        isRefusedAndForgotten(send(("{\"IpRange\":\"" + "1".repeat(500_000) + "\"}").getBytes(UTF_8)));
        isRefusedAndForgotten(send(("{\"IpRange\":" + "1".repeat(5_000) + "}").getBytes(UTF_8)));
        isRefusedAndForgotten(send("{\"IpRange\":1e999999999}".getBytes(UTF_8)));
    }

    /** This speaks HTTP by hand, to announce more than it sends. */
    @ParameterizedTest
    @ValueSource(longs = {8L << 20, 1L << 40})
    void a_body_over_the_limit_is_refused_without_waiting_for_all_of_it(long announced) throws IOException {
        try (Socket socket = new Socket(SERVER.url().getHost(), SERVER.url().getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write("POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                    .formatted(PATH, announced)
                    .getBytes(UTF_8));
            out.write(new byte[MIB + 1]);
            out.flush();
            assertThat(firstLine(socket)).matches("HTTP/1.1 4\\d\\d .*");
        }
        assertThat(account.ask("ReadNets").list("Nets")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "POST /api/v1/ReadNets HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                "POST /api/v1/ReadNets HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
                "POST /api/v1/ReadNets\u0001 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
            })
    void what_is_not_http_is_refused_and_hurts_nobody(String request) throws IOException {
        try (Socket socket = new Socket(SERVER.url().getHost(), SERVER.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            assertThat(firstLine(socket)).doesNotContain(" 200 ").doesNotContain(" 50");
        }
        assertThat(account.ask("ReadNets").status()).isEqualTo(200);
    }

    private static String firstLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next >= 0 && next != '\r';
                next = socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString();
    }
}
