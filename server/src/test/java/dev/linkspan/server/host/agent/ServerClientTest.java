package dev.linkspan.server.host.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.linkspan.server.host.protocol.SyncRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerClientTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final SyncRequest REQUEST =
            new SyncRequest(new UUID(1, 2), "1.0", 1, SyncRequest.NOTHING_KNOWN, List.of(), 0, List.of(), 10);
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private Optional<HttpServer> server = Optional.empty();
    private final List<String> tokens = new ArrayList<>();

    @BeforeEach
    void writeToken() throws IOException {
        Files.writeString(token(), "secret\n");
    }

    @AfterEach
    void stop() {
        server.ifPresent(it -> it.stop(0));
    }

    private Path token() {
        return folder.resolve("token");
    }

    private void answer(int status, String text) throws IOException {
        answer(HttpServer.create(ANY_PORT, 0), status, text);
    }

    private void answer(HttpServer created, int status, String text) {
        created.createContext("/linkspan/v1/agent/Sync", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
                byte[] bytes = text.getBytes(UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        created.start();
        server = Optional.of(created);
    }

    private ServerClient client(String scheme, Optional<Path> authority) {
        URI url = URI.create(
                scheme + "://127.0.0.1:" + server.orElseThrow().getAddress().getPort());
        return new ServerClient(new AgentSettings(url, token(), authority, 1, "1.0"));
    }

    private Throwable failure() {
        try (ServerClient client = client("http", Optional.empty())) {
            return catchThrowable(() -> client.sync(REQUEST));
        }
    }

    @Test
    void it_is_known_by_the_token_of_its_file_as_that_is_now() throws Exception {
        answer(200, "{\"HostId\":\"h\",\"Revision\":3}");
        try (ServerClient client = client("http", Optional.empty())) {
            assertThat(client.sync(REQUEST).revision()).isEqualTo(3);
            Files.writeString(token(), "another");
            client.sync(REQUEST);
        }
        assertThat(tokens).containsExactly("Bearer secret", "Bearer another");
    }

    @Test
    void what_is_no_answer_says_why() throws Exception {
        answer(200, "{\"HostId\":\"h\"}");
        assertThat(failure()).isInstanceOf(NoAnswer.class).hasMessageContaining("Revision");
        stop();
        answer(401, "");
        assertThat(failure()).isInstanceOf(NoAnswer.class).hasMessageContaining("refuses the token in " + token());
        stop();
        answer(503, "later");
        assertThat(failure()).isInstanceOf(NoAnswer.class).hasMessageContaining("answers 503: later");
        stop();
        assertThat(failure()).isInstanceOf(NoAnswer.class).hasMessageContaining("nobody listens");
    }

    @Test
    void without_a_token_nothing_is_asked() throws Exception {
        answer(200, "{}");
        Files.writeString(token(), "two words");
        assertThat(failure()).isInstanceOf(NoAnswer.class).hasMessageContaining("holds no token");
        Files.delete(token());
        assertThat(failure()).isInstanceOf(NoAnswer.class).hasMessageContaining("cannot be read");
        assertThat(tokens).isEmpty();
    }

    @Test
    void a_server_is_trusted_whose_certificate_is_named_and_no_other() throws Exception {
        Path certificate = makeCertificate();
        HttpsServer secured = HttpsServer.create(ANY_PORT, 0);
        secured.setHttpsConfigurator(new HttpsConfigurator(context()));
        answer(secured, 200, "{\"HostId\":\"h\",\"Revision\":3}");
        try (ServerClient client = client("https", Optional.of(certificate))) {
            assertThat(client.sync(REQUEST).hostId()).isEqualTo("h");
        }
        try (ServerClient client = client("https", Optional.empty())) {
            assertThatThrownBy(() -> client.sync(REQUEST)).isInstanceOf(NoAnswer.class);
        }
        assertThat(tokens).hasSize(1);
        assertThatThrownBy(() -> client("https", Optional.of(token())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(token().toString());
    }

    private Path makeCertificate() throws IOException, InterruptedException {
        Path certificate = folder.resolve("server.pem");
        keytool("-genkeypair", "-keyalg", "RSA", "-dname", "CN=server", "-ext", "san=ip:127.0.0.1");
        keytool("-exportcert", "-rfc", "-file", certificate.toString());
        return certificate;
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "server", "-storepass", PASSWORD, "-keystore", store().toString()));
        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.out").toFile())
                        .start()
                        .waitFor())
                .isZero();
    }

    private Path store() {
        return folder.resolve("server.p12");
    }

    private SSLContext context() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
