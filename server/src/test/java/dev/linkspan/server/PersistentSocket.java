package dev.linkspan.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that is kept, over which requests are sent as they are told. */
final class PersistentSocket implements AutoCloseable {

    /** Longer than a call may wait for its turn. */
    private static final int PATIENCE_MILLIS = 45_000;

    private final String host;
    private final Socket socket;
    private final InputStream in;

    PersistentSocket(URI url) throws IOException {
        this(url, new Socket(url.getHost(), url.getPort()));
    }

    PersistentSocket(URI url, Socket connected) throws IOException {
        host = url.getAuthority();
        socket = connected;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** @param last whether the server ends the connection behind it */
    record Answer(int status, String body, boolean last) {}

    Answer ask(StrangeRequests.Request request) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String head = "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n%s\r\n"
                .formatted(
                        request.method(),
                        request.path(),
                        host,
                        request.body().length,
                        String.join(
                                "",
                                request.headers().stream()
                                        .map(line -> line + "\r\n")
                                        .toList()));
        bytes.write(head.getBytes(StandardCharsets.UTF_8));
        bytes.write(request.body());
        socket.getOutputStream().write(bytes.toByteArray());
        return answer();
    }

    private Answer answer() throws IOException {
        String line = line();
        int status = Integer.parseInt(line.split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (line = line(); !line.isEmpty(); line = line()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:");
            last |= lower.startsWith("connection: close");
        }
        byte[] body = chunked ? chunks() : in.readNBytes(length);
        return new Answer(status, new String(body, StandardCharsets.UTF_8), last);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection ended within an answer: " + line);
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
