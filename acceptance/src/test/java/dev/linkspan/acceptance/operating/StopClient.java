package dev.linkspan.acceptance.operating;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.acceptance.operating.PersistentConnection.BrokenOff;
import dev.linkspan.acceptance.operating.PersistentConnection.Whole;
import dev.linkspan.cli.client.RequestSigner;
import dev.linkspan.cli.client.SignatureFamily;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes a Net and deletes it, again and again, until the server is gone; it keeps its connection as long as the server
 * does. It remembers the Net that its account must have: what was not answered, or turned away, has not happened.
 */
final class StopClient {

    private static final int OK = 200;
    private static final int TURNED_AWAY = 503;

    private final URI server;
    private final RequestSigner signer;
    private final AtomicLong acknowledged;
    private Optional<String> net = Optional.empty();
    private boolean unanswered;

    StopClient(URI server, Account account, AtomicLong acknowledged) {
        this.server = server;
        this.signer = new RequestSigner(SignatureFamily.OSC4, account.key(), LinkspanServer.REGION, "api");
        this.acknowledged = acknowledged;
    }

    /** Ends when no connection can be made any more; throws where an answer breaks off, or is no good one. */
    void untilTheServerIsGone() throws IOException {
        while (true) {
            try (PersistentConnection connection = new PersistentConnection(server)) {
                while (!connection.hasEnded()) {
                    step(connection);
                }
            } catch (BrokenOff broken) {
                throw broken;
            } catch (SocketException gone) {
                return;
            }
        }
    }

    private void step(PersistentConnection connection) throws IOException {
        String call = net.isEmpty() ? "CreateNet" : "DeleteNet";
        String arguments = net.map("{\"NetId\":\"%s\"}"::formatted).orElse("{\"IpRange\":\"10.0.0.0/16\"}");
        Optional<Whole> answer = ask(connection, "/api/v1/" + call, arguments.getBytes(UTF_8));
        if (answer.isEmpty()) {
            unanswered = true;
            return;
        }
        if (answer.get().status() == TURNED_AWAY) {
            return;
        }
        if (answer.get().status() != OK) {
            throw new IllegalStateException("%s was answered %s".formatted(call, answer.get()));
        }
        net = net.isEmpty()
                ? Optional.of(answer.get().body().path("Net").path("NetId").asString())
                : Optional.empty();
        acknowledged.incrementAndGet();
    }

    private Optional<Whole> ask(PersistentConnection connection, String path, byte[] body) throws IOException {
        try {
            connection.send(
                    path, signer.sign(server.getHost() + ":" + server.getPort(), path, body, Instant.now()), body);
        } catch (SocketException closedBefore) {
            return connection.receive();
        }
        return connection.receive();
    }

    /** The Net that its account has now. */
    Optional<String> net() {
        return net;
    }

    /** Whether a request was left without any answer, which then must not have been carried out. */
    boolean wasLeftUnanswered() {
        return unanswered;
    }
}
