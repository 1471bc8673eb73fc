package dev.linkspan.server.network.ovsdb;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that begins as a right one does, and then says to a transaction what a test wants, be it nonsense. */
final class FakeServer implements AutoCloseable {

    private static final String SCHEMA = "{\"tables\":{\"Box\":{\"columns\":{\"name\":{\"type\":\"string\"}}}}}";
    private static final String ROWS =
            "[false,\"00000000-0000-0000-0000-000000000001\",{\"Box\":{\"00000000-0000-0000-0000-00000000000a\":{\"initial\":{\"name\":\"there\"}}}}]";

    private final ServerSocket listening;
    private final String said;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** @param said the bytes that follow a transaction; {@code ID} in them is the request's, and nothing ends the connection */
    FakeServer(String said) throws IOException {
        this.said = said;
        listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    Endpoint endpoint() {
        return new Endpoint.Tcp("127.0.0.1", listening.getLocalPort());
    }

    /** The methods that clients asked for, and their answers to echoes. */
    List<String> heard() {
        return heard;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                sockets.add(socket);
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try {
            Json.Reader reader = new Json.Reader(socket.getInputStream(), 1 << 20);
            Optional<Json> message = reader.next();
            while (message.isPresent()) {
                answer(message.get().asMembers(), socket.getOutputStream());
                message = reader.next();
            }
        } catch (IOException | OvsdbException | UncheckedIOException ended) {
            // The client has closed it.
        }
    }

    private void answer(Json.Members message, OutputStream out) throws IOException {
        String id = message.get("id").text();
        if (!(message.get("method") instanceof Json.Text(String method))) {
            heard.add("answer to " + id);
            return;
        }
        heard.add(method);
        String result = switch (method) {
            case "list_dbs" -> "[\"Test\"]";
            case "get_schema" -> SCHEMA;
            case "monitor_cond_since" -> ROWS;
            case "echo" -> "[]";
            default -> "";
        };
        String bytes = result.isEmpty()
                ? said.replace("ID", id)
                : "{\"id\":%s,\"error\":null,\"result\":%s}".formatted(id, result);
        out.write(bytes.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** A stream of so many bytes of a string. */
    static String longText(int length) {
        return "\"" + "x".repeat(length) + "\"";
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
