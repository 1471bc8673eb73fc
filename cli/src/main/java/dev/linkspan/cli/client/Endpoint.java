package dev.linkspan.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A server's address and the bytes that go there. It uses the JDK's old HTTP client, which is ready in a tenth of a second
 * where the new one needs seven: a command should not take longer to start than to run.
 */
public final class Endpoint {

    static {
        // The old client would otherwise send a POST a second time when a kept connection turns out to be dead.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(1);

    private final URI server;
    private final Exchanges exchanges;

    public Endpoint(URI server) {
        this(server, Exchanges.UNHEARD);
    }

    public Endpoint(URI server, Exchanges exchanges) {
        this.server = server;
        this.exchanges = exchanges;
    }

    public URI server() {
        return server;
    }

    /** The value of the Host header. */
    public String host() {
        return server.getPort() < 0 ? server.getHost() : server.getHost() + ":" + server.getPort();
    }

    /** Posts a body; throws {@link ServerUnreachable} where nothing answers, or something that is not Linkspan. */
    public Answer post(String path, Map<String, String> headers, byte[] body) {
        Answer answer = exchange(path, headers, body);
        exchanges.exchanged(path, body, answer);
        return answer;
    }

    /** Gets what lies at a path; throws {@link ServerUnreachable} where nothing answers, or something that is not Linkspan. */
    Answer read(String path) {
        try {
            HttpURLConnection connection = connection(path);
            int status = connection.getResponseCode();
            return new Answer(path, status, parse(status, received(connection)));
        } catch (IOException failed) {
            throw new ServerUnreachable(server, failed);
        }
    }

    private Answer exchange(String path, Map<String, String> headers, byte[] body) {
        try {
            HttpURLConnection connection = posted(path, headers, body);
            int status = connection.getResponseCode();
            return new Answer(path, status, parse(status, received(connection)));
        } catch (IOException failed) {
            throw new ServerUnreachable(server, failed);
        }
    }

    /**
     * Posts a body and hands on what comes back, while it comes; throws {@link CallRefused} where it is refused and {@link
     * BrokenOff} where it does not come to its end.
     */
    <T> T download(String path, Map<String, String> headers, byte[] body, Download<T> download) {
        HttpURLConnection connection;
        try {
            connection = posted(path, headers, body);
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new CallRefused(new Answer(path, status, parse(status, received(connection))));
            }
        } catch (IOException failed) {
            throw new ServerUnreachable(server, failed);
        }
        try (InputStream in = connection.getInputStream()) {
            return download.take(in);
        } catch (IOException failed) {
            throw new BrokenOff(path, failed);
        }
    }

    private HttpURLConnection posted(String path, Map<String, String> headers, byte[] body) throws IOException {
        HttpURLConnection connection = connection(path);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        headers.forEach(connection::setRequestProperty);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        return connection;
    }

    private JsonNode parse(int status, byte[] document) {
        try {
            JsonNode body = Json.parse(document);
            if (body.isObject()) {
                return body;
            }
            throw new ServerUnreachable(server, status, new IOException("not a JSON object"));
        } catch (JacksonException malformed) {
            throw new ServerUnreachable(server, status, malformed);
        }
    }

    private HttpURLConnection connection(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(server.getScheme() + "://" + host() + path).toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
        connection.setInstanceFollowRedirects(false);
        return connection;
    }

    private static byte[] received(HttpURLConnection connection) throws IOException {
        try (@Nullable
                InputStream in = connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST
                        ? connection.getInputStream()
                        : connection.getErrorStream()) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }
}
