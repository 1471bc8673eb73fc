package dev.linkspan.acceptance.backup;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Clients that ask for peerings and accept them, each with accounts of its own, until they are told to stop. */
final class Crowd implements AutoCloseable {

    private static final int CLIENTS = 4;

    /** What a client was told to be active, and by whom it can be asked for. */
    record Acknowledged(Account account, String peering) {}

    private final List<Acknowledged> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final List<Account> accounts = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch busy = new CountDownLatch(CLIENTS);
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> work;
    private volatile boolean stopped;

    Crowd(LinkspanServer server) {
        this.work = IntStream.range(0, CLIENTS)
                .<Future<?>>mapToObj(_ -> clients.submit(() -> work(server)))
                .toList();
    }

    private void work(LinkspanServer server) {
        Account one = server.account();
        Account other = server.account();
        accounts.add(one);
        accounts.add(other);
        server.operator()
                .ask("UpdateQuota", "AccountId", one.id(), "Name", "active-peerings-per-net", "MaxValue", 10_000);
        String hub = one.inhabitedNet("10.0.0.0/16");
        for (int i = 1; !stopped; i++) {
            String net = other.inhabitedNet("10.%d.%d.0/24".formatted(1 + i / 256, i % 256));
            String peering = one.requestPeering(hub, net, other).orThrow().text("NetPeering", "NetPeeringId");
            other.ask("AcceptNetPeering", "NetPeeringId", peering);
            acknowledged.add(new Acknowledged(one, peering));
            busy.countDown();
        }
    }

    /** Waits until each of them is at it. */
    Crowd awaitBusy() throws InterruptedException {
        if (!busy.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the clients do not get on");
        }
        return this;
    }

    /** So far. */
    List<Acknowledged> acknowledged() {
        synchronized (acknowledged) {
            return List.copyOf(acknowledged);
        }
    }

    List<Account> accounts() {
        synchronized (accounts) {
            return List.copyOf(accounts);
        }
    }

    /** Ends them, and throws what any of them met. */
    @Override
    public void close() {
        stopped = true;
        clients.close();
        for (Future<?> client : work) {
            if (client.state() == Future.State.FAILED) {
                throw new IllegalStateException("a client failed", client.exceptionNow());
            }
        }
    }
}
