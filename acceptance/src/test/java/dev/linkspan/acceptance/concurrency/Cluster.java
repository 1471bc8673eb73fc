package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.DataFolder;
import dev.linkspan.server.store.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/** Servers of one store, each of which may be asked anything. */
final class Cluster implements AutoCloseable {

    private static final String[] USUAL = {"--peering-requires-vm", "false"};

    private final List<LinkspanServer> servers = new ArrayList<>();
    private final boolean clockStands;
    private final Optional<String> database;
    private final ReentrantLock killing = new ReentrantLock();

    /** One server, whose store is SQLite. */
    static Cluster onSqlite() {
        return new Cluster(1, true, Optional.empty());
    }

    /** So many servers that share a new database, and a clock that stands still unless it is moved. */
    static Cluster onPostgres(int size) {
        return new Cluster(size, true, Optional.of(PostgresServer.shared().freshDatabase()));
    }

    /** The same with the clock of the database. */
    static Cluster onPostgresInRealTime(int size) {
        return new Cluster(size, false, Optional.of(PostgresServer.shared().freshDatabase()));
    }

    private Cluster(int size, boolean clockStands, Optional<String> database) {
        this.clockStands = clockStands;
        this.database = database;
        String[] all = Stream.of(
                        Stream.of(USUAL),
                        Stream.of("--clock", clockStands ? "manual" : "system"),
                        database.stream().flatMap(url -> Stream.of("--store", url)))
                .flatMap(Function.identity())
                .toArray(String[]::new);
        servers.add(LinkspanServer.with(all).open());
        try {
            while (servers.size() < size) {
                servers.add(servers.getFirst().openTwin());
            }
            // A manual clock that was never moved begins at the real time with every start; one that was, goes on.
            if (clockStands) {
                servers.getFirst().advance("PT0.001S");
            }
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    int size() {
        return servers.size();
    }

    /** Whether the clock is one that clients move, and stands still otherwise. */
    boolean clockStands() {
        return clockStands;
    }

    /** Makes all that has happened happen so much earlier. */
    void letPass(Duration time) {
        DatabaseTimes.setBack(database.orElseThrow(), time);
    }

    Instant now() {
        return Instant.parse(operator(0).ask("ReadClock").text("Clock", "Now"));
    }

    EventLog log() {
        return new EventLog(operator(0));
    }

    /** An account as it calls one of the servers; any number is that of a server. */
    Caller account(AccessKey key, int server) {
        return server(server).unjudgedClient().asAccount(key, LinkspanServer.REGION);
    }

    Caller operator(int server) {
        LinkspanServer asked = server(server);
        return asked.unjudgedClient().asOperator(new DataFolder(asked.data()).adminToken());
    }

    /** Ends a server as a crash would, under whatever is asked of it, and starts another on the same data. */
    void killAndStartAgain(int number) {
        killing.lock();
        try {
            server(number).crashAndStartAgain();
        } finally {
            killing.unlock();
        }
    }

    /** Until no server is being killed and all are ready: for those who got no answer. */
    void awaitServing() {
        killing.lock();
        try {
            servers.forEach(LinkspanServer::url);
        } finally {
            killing.unlock();
        }
    }

    private LinkspanServer server(int number) {
        return servers.get(number % servers.size());
    }

    Tenant newTenant() {
        Answer made = operator(0).ask("CreateAccount");
        return new Tenant(
                made.text("Account", "AccountId"),
                new AccessKey(made.text("AccessKey", "AccessKeyId"), made.text("AccessKey", "SecretKey")));
    }

    /** An account with its key. */
    record Tenant(String id, AccessKey key) {}

    @Override
    public void close() {
        servers.reversed().forEach(LinkspanServer::close);
    }
}
