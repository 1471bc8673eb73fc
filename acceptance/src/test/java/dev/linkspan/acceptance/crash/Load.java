package dev.linkspan.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Clients that change things at the same time, each its own. */
final class Load {

    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration A_LOOK = Duration.ofMillis(200);

    private final Ledger ledger = new Ledger();
    private final List<Client> clients = new ArrayList<>();

    Load(LinkspanServer server, Random random) {
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(ledger, tenant(server), tenant(server), random.nextLong()));
        }
    }

    private Tenant tenant(LinkspanServer server) {
        Account account = server.account();
        ledger.watch(account.id());
        return new Tenant(account.id(), account.key());
    }

    Ledger ledger() {
        return ledger;
    }

    /** Has the clients call these servers from now on, in turn. */
    void meet(List<URI> servers) {
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).meet(servers.get(i % servers.size()));
        }
    }

    /** Each client goes on until an answer does not come. */
    Running untilInDoubt() {
        AtomicBoolean stop = new AtomicBoolean();
        return new Running(stop, client -> {
            while (!stop.get() && client.step()) {
                // the steps are all there is to do
            }
        });
    }

    /** Each client goes on until it is stopped; where an answer does not come, it waits until the server answers again. */
    Running throughDoubt(Duration patience) {
        AtomicBoolean stop = new AtomicBoolean();
        return new Running(stop, client -> {
            while (!stop.get()) {
                if (!client.step()) {
                    client.settleWithin(patience);
                }
            }
        });
    }

    /** Compares everything that the clients know with what the servers say. */
    void settle() {
        clients.forEach(Client::settle);
    }

    /** The same, as soon as they answer. */
    void settleWithin(Duration patience) {
        clients.forEach(client -> client.settleWithin(patience));
    }

    /** The longest that any client of this server has waited for an answer since they met; nobody may be calling. */
    Duration longestCallTo(URI server) {
        return clients.stream()
                .filter(client -> client.server().equals(server))
                .map(Client::longestCall)
                .max(Duration::compareTo)
                .orElseThrow();
    }

    void signWithEveryKey() {
        clients.forEach(Client::signWithEveryKey);
    }

    /** What a client does, until it has done it. */
    @FunctionalInterface
    private interface Work {
        void with(Client client);
    }

    /** The clients at work. */
    final class Running {

        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicBoolean stop;
        private final List<Future<?>> work = new ArrayList<>();

        private Running(AtomicBoolean stop, Work each) {
            this.stop = stop;
            clients.forEach(client -> work.add(threads.submit(() -> each.with(client))));
        }

        /** Waits until they have made this many changes more. */
        void awaitChanges(int changes) throws InterruptedException, ExecutionException, TimeoutException {
            long goal = ledger.acknowledgedInAll() + changes;
            Instant deadline = Instant.now().plus(PATIENCE);
            while (!ledger.awaitInAll(goal, A_LOOK)) {
                if (work.stream().anyMatch(client -> client.state() == Future.State.FAILED)) {
                    stop();
                }
                assertThat(Instant.now())
                        .as("%d changes in %s", changes, PATIENCE)
                        .isBefore(deadline);
                assertThat(work).as("clients that go on").anyMatch(client -> !client.isDone());
            }
        }

        /** Waits until nobody goes on; throws what one of them complains about. */
        void awaitEnd() throws InterruptedException, ExecutionException, TimeoutException {
            for (Future<?> client : work) {
                client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            threads.close();
        }

        /** Lets each finish what it is doing; throws what one of them complains about. */
        void stop() throws InterruptedException, ExecutionException, TimeoutException {
            stop.set(true);
            awaitEnd();
        }
    }
}
