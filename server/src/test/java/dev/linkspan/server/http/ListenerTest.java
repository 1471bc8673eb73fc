package dev.linkspan.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Server server = new Server();
    private final Listener listener = new Listener(
            server,
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
            new HttpConnectionFactory(),
            new Clients(HttpLimits.DEFAULT, new BodyBudget(0)));

    @BeforeEach
    void start() throws Exception {
        server.addConnector(listener);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void it_goes_on_where_accepting_fails_for_now_and_says_so_meanwhile() throws IOException {
        assertThat(listener.handleAcceptFailure(new IOException("Too many open files")))
                .isTrue();
        assertThat(listener.failure()).contains("Too many open files");
        assertThat(listener.isListening()).isTrue();

        try (RawClient _ = RawClient.to(listener.getLocalPort())) {
            eventually(() -> listener.failure().isEmpty());
        }
    }

    @Test
    void it_has_ended_where_its_socket_is_closed() throws Exception {
        assertThat(listener.isListening()).isTrue();
        listener.close();
        assertThat(listener.isListening()).isFalse();
    }
}
