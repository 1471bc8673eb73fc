package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.DataFolder;
import dev.linkspan.server.store.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Servers of one store, each of which may be asked anything. */
final class Cluster implements AutoCloseable {

    private static final String[] USUAL = {"--peering-requires-vm", "false"};

    private final List<LinkspanServer> servers = new ArrayList<>();
    private final ReentrantLock killing = new ReentrantLock();

    /** One server, whose store is SQLite. */
    static Cluster onSqlite() {
        return new Cluster(1);
    }

    /** So many servers that share a new database. */
    static Cluster onPostgres(int size) {
        return new Cluster(size, "--store", PostgresServer.shared().freshDatabase());
    }

    private Cluster(int size, String... options) {
        String[] all = Stream.of(USUAL, options).flatMap(Stream::of).toArray(String[]::new);
        servers.add(LinkspanServer.with(all).open());
        try {
            while (servers.size() < size) {
                servers.add(servers.getFirst().openTwin());
            }
            // A manual clock that was never moved begins at the real time with every start; one that was, goes on.
            servers.getFirst().advance("PT0.001S");
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    int size() {
        return servers.size();
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
