package dev.linkspan.acceptance.crash;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.server.store.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Two servers that share a database of a PostgreSQL server of their own. */
final class Servers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PostgresServer postgres = PostgresServer.start();
    private final List<LinkspanServer> all = new ArrayList<>();
    private final Database database;
    private final EventLog log;

    Servers() {
        String url = postgres.freshDatabase();
        this.database = new Database(url);
        this.log = new EventLog(database);
        try {
            all.add(LinkspanServer.with("--store", url, "--clock", "system", "--peering-requires-vm", "false")
                    .open());
            all.add(all.getFirst().openTwin());
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    LinkspanServer one(int number) {
        return all.get(number % all.size());
    }

    PostgresServer postgres() {
        return postgres;
    }

    Database database() {
        return database;
    }

    /** Starts those that are dead, and has the clients call all of them, each one. */
    void meet(Load load) {
        all.stream().filter(server -> !server.process().isAlive()).forEach(LinkspanServer::open);
        load.meet(all.stream().map(LinkspanServer::url).toList());
    }

    /** What the run checks, and that every server tells the same. */
    void check(CrashRun run, Load load) throws SQLException {
        meet(load);
        load.settleWithin(PATIENCE);
        int before = log.size();
        run.check(load, log, database);
        load.meet(all.reversed().stream().map(LinkspanServer::url).toList());
        load.settleWithin(PATIENCE);
        load.signWithEveryKey();
        all.forEach(server -> log.compareWith(server.operator(), before));
    }

    @Override
    public void close() {
        all.forEach(LinkspanServer::close);
        postgres.close();
    }
}
