package dev.linkspan.server.host.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.host.protocol.SyncAnswer;
import dev.linkspan.server.host.protocol.SyncRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Calls the server, over one connection that is kept. */
final class ServerClient implements AutoCloseable {

    private static final String PATH = "/linkspan/v1/agent/Sync";
    private static final Duration CONNECTING = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int QUOTED = 200;

    private final HttpClient client;
    private final URI sync;
    private final Path token;

    /** Throws {@link IllegalArgumentException} where the certificates cannot be used. */
    ServerClient(AgentSettings settings) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECTING);
        settings.authority().map(ServerClient::trusting).ifPresent(builder::sslContext);
        client = builder.build();
        sync = URI.create(settings.server().toString().replaceAll("/+$", "") + PATH);
        token = settings.token();
    }

    private static SSLContext trusting(Path authority) {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority" + trusted.size(), certificate);
            }
            if (trusted.size() == 0) {
                throw new IllegalArgumentException("%s holds no certificate".formatted(authority));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    "the certificates in %s cannot be used: %s".formatted(authority, unusable.getMessage()), unusable);
        }
    }

    /** Tells the server what there is, and answers what must be; waits as long as the request lets the server wait. */
    SyncAnswer sync(SyncRequest request) throws NoAnswer, InterruptedException {
        HttpResponse<byte[]> response = send(request);
        try {
            return switch (response.statusCode()) {
                case OK -> SyncAnswer.read(response.body());
                case UNAUTHORIZED, FORBIDDEN -> throw new NoAnswer("%s refuses the token in %s".formatted(sync, token));
                default ->
                    throw new NoAnswer("%s answers %d: %s".formatted(sync, response.statusCode(), quoted(response)));
            };
        } catch (Refusal unreadable) {
            throw new NoAnswer("what %s answers is not understood: %s".formatted(sync, unreadable.getMessage()));
        }
    }

    private HttpResponse<byte[]> send(SyncRequest request) throws NoAnswer, InterruptedException {
        HttpRequest http = HttpRequest.newBuilder(sync)
                .timeout(PATIENCE.plusMillis(request.waitMillis()))
                .header("Authorization", "Bearer " + readToken())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(StrictJson.bytes(request)))
                .build();
        try {
            return client.send(http, BodyHandlers.ofByteArray());
        } catch (ConnectException nobody) {
            throw new NoAnswer("nobody listens at %s".formatted(sync));
        } catch (IOException broken) {
            throw new NoAnswer("%s does not answer: %s"
                    .formatted(sync, Optional.ofNullable(broken.getMessage()).orElseGet(broken::toString)));
        }
    }

    private String readToken() throws NoAnswer {
        try {
            String read = Files.readString(token).strip();
            if (!read.matches("[!-~]+")) {
                throw new NoAnswer("%s holds no token: one line of letters, digits and signs".formatted(token));
            }
            return read;
        } catch (IOException unreadable) {
            throw new NoAnswer("the token in %s cannot be read: %s".formatted(token, unreadable.getMessage()));
        }
    }

    private static String quoted(HttpResponse<byte[]> response) {
        String text = new String(response.body(), UTF_8).strip();
        return text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
