package dev.linkspan.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.core.Rule;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A server stands still in the middle of a batch, so that it is the turn of nobody else. */
@Rule({"L9", "L10"})
class StalledServerTest {

    private static final int STALLS = 3;
    private static final int MOST_TRIES = 200;
    private static final int CHANGES = 100;
    private static final Duration TO_BE_KEPT_WAITING = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

    @Test
    void a_server_that_stalls_within_a_batch_keeps_nobody_waiting_for_five_seconds_and_goes_on() throws Exception {
        CrashRun run = new CrashRun("stall");
        Duration longest = Duration.ZERO;
        try (Servers servers = new Servers()) {
            Load load = new Load(servers.one(0), run.random());
            for (int stalls = 0; stalls < CrashRun.times(STALLS); stalls++) {
                LinkspanServer other = servers.one(stalls + 1);
                servers.meet(load);
                stallUnderLoad(servers.one(stalls), load, servers.database());
                Duration call = load.longestCallTo(other.url());
                assertThat(call).as("the longest call of the other server").isLessThan(LONGEST_CALL);
                longest = call.compareTo(longest) > 0 ? call : longest;
                run.broken();
                servers.check(run, load);
            }
            run.tell("stalls in the middle of a batch", load);
        }
        System.out.printf(Locale.ROOT, "stall: the longest call of the other server took %,d ms%n", longest.toMillis());
    }

    private static void stallUnderLoad(LinkspanServer server, Load load, Database database) throws Exception {
        Load.Running running = load.throughDoubt(PATIENCE);
        try {
            running.awaitChanges(CHANGES);
            stallWithinABatch(server, running, database);
            running.awaitChanges(CHANGES);
        } finally {
            server.resume();
        }
        running.awaitChanges(CHANGES);
        running.stop();
    }

    /** It cannot be seen from outside when a server is in a batch, but whether it was when it was stopped. */
    private static void stallWithinABatch(LinkspanServer server, Load.Running running, Database database)
            throws Exception {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            server.stall();
            if (keepsWaiting(database)) {
                return;
            }
            server.resume();
            running.awaitChanges(1);
        }
        throw new AssertionError("in %d tries the server was never stopped in a batch".formatted(MOST_TRIES));
    }

    private static boolean keepsWaiting(Database database) throws SQLException {
        long deadline = System.nanoTime() + TO_BE_KEPT_WAITING.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (database.isKeptWaitingByAnIdleServer()) {
                return true;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return false;
    }
}
