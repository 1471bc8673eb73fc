package dev.linkspan.acceptance.operating;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.linkspan.cli.client.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A client's end of one connection, byte by byte: it knows an answer that is whole from one that breaks off, and both from
 * none at all.
 */
final class PersistentConnection implements AutoCloseable {

    private static final String LENGTH = "content-length: ";
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final String host;
    private boolean ended;

    /** A whole answer. */
    record Whole(int status, String text) {

        JsonNode body() {
            return Json.parse(text.getBytes(UTF_8));
        }
    }

    PersistentConnection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        host = server.getHost() + ":" + server.getPort();
    }

    void send(String path, Map<String, String> headers, byte[] body) throws IOException {
        StringBuilder head = new StringBuilder("POST %s HTTP/1.1\r\nHost: %s\r\n".formatted(path, host));
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(ISO_8859_1));
        request.writeBytes(body);
        socket.getOutputStream().write(request.toByteArray());
    }

    /**
     * The answer; empty where the connection ended without any.
     *
     * @throws BrokenOff if it ended within one
     */
    Optional<Whole> receive() throws IOException {
        int first;
        try {
            first = in.read();
        } catch (SocketException reset) {
            first = -1;
        }
        if (first < 0) {
            ended = true;
            return Optional.empty();
        }
        try {
            return Optional.of(rest(first));
        } catch (SocketException | EOFException within) {
            throw new BrokenOff(within);
        }
    }

    private Whole rest(int first) throws IOException {
        int status = Integer.parseInt(((char) first + line()).substring(STATUS_AT, STATUS_AT + 3));
        int length = 0;
        String header = line();
        while (!header.isEmpty()) {
            if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(header.substring(LENGTH.length()));
            }
            ended |= header.equalsIgnoreCase("Connection: close");
            header = line();
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("%d of %d bytes".formatted(body.length, length));
        }
        return new Whole(status, new String(body, UTF_8));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("after '%s'".formatted(line.toString(UTF_8)));
            }
            line.write(next);
            next = in.read();
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    /** Whether nothing more can be asked on it: the server said so, or it is closed. */
    boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** An answer began and did not end. */
    static final class BrokenOff extends IOException {

        private static final long serialVersionUID = 1;

        BrokenOff(IOException cause) {
            super("an answer broke off: " + cause.getMessage(), cause);
        }
    }
}
