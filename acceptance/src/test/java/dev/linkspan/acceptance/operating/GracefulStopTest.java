package dev.linkspan.acceptance.operating;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.acceptance.operating.PersistentConnection.Whole;
import dev.linkspan.cli.client.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: what the server has taken is answered, whole, and nothing else happens. */
class GracefulStopTest {

    private static final int CLIENTS = 16;
    private static final int STOPS = 3;
    private static final long CHANGES_BEFORE = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private LinkspanServer server() {
        return LinkspanServer.on(folder.resolve("data"), "--clock", "system").open();
    }

    @RepeatedTest(STOPS)
    void whoever_is_at_it_gets_whole_answers_and_what_was_acknowledged_is_there() throws Exception {
        try (LinkspanServer server = server()) {
            AtomicLong acknowledged = new AtomicLong();
            List<Account> accounts = new ArrayList<>();
            List<StopClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Account account = server.account();
                accounts.add(account);
                clients.add(new StopClient(server.url(), account, acknowledged));
            }
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> work = new ArrayList<>();
                clients.forEach(client -> work.add(threads.submit(() -> {
                    client.untilTheServerIsGone();
                    return client;
                })));
                awaitChanges(acknowledged, work);

                stop(server);

                for (Future<?> client : work) {
                    client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "graceful stop: %,d acknowledged, %d of %d clients were left without an answer%n",
                    acknowledged.get(),
                    clients.stream().filter(StopClient::wasLeftUnanswered).count(),
                    CLIENTS);
            server.open();
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(netsOf(server.in(LinkspanServer.REGION, accounts.get(i))))
                        .as("client %d", i)
                        .isEqualTo(clients.get(i).net().stream().toList());
            }
        }
    }

    private static void awaitChanges(AtomicLong acknowledged, List<Future<?>> work) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (acknowledged.get() < CHANGES_BEFORE) {
            assertThat(Instant.now()).isBefore(deadline);
            assertThat(work).noneMatch(Future::isDone);
            Thread.onSpinWait();
        }
    }

    private static List<String> netsOf(Account account) {
        return account.ask("ReadNets").list("Nets").stream()
                .map(net -> net.path("NetId").asString())
                .toList();
    }

    private static void stop(LinkspanServer server) {
        Instant before = Instant.now();
        server.process().close();
        assertThat(Duration.between(before, Instant.now())).isLessThan(LONGEST_STOP);
        assertThat(server.process().exitCode()).isZero();
    }

    @Test
    void whoever_waits_for_events_is_answered_and_idle_connections_end_in_peace() throws Exception {
        try (LinkspanServer server = server();
                PersistentConnection waiting = new PersistentConnection(server.url());
                PersistentConnection idle = new PersistentConnection(server.url())) {
            Map<String, String> operator =
                    Map.of("Authorization", "Bearer " + new DataFolder(server.data()).adminToken());
            idle.send("/linkspan/v1/ReadClock", operator, new byte[0]);
            assertThat(idle.receive()).map(Whole::status).contains(200);
            waiting.send(
                    "/linkspan/v1/ReadEvents", operator, "{\"AfterSequence\":1000,\"WaitSeconds\":30}".getBytes(UTF_8));
            awaitUnderWay(server);

            stop(server);

            Optional<Whole> answer = waiting.receive();
            assertThat(answer).map(Whole::status).contains(200);
            assertThat(answer.orElseThrow().body().path("Events").isEmpty()).isTrue();
            assertThat(waiting.hasEnded()).isTrue();
            assertThat(idle.receive()).isEmpty();
        }
    }

    /** The one that waits, and the one that asks. */
    private static void awaitUnderWay(LinkspanServer server) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!Scrape.of(server.url()).text().contains("linkspan_calls_under_way 2.0\n")) {
            assertThat(Instant.now()).isBefore(deadline);
        }
    }
}
