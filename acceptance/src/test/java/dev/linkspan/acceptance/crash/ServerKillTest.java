package dev.linkspan.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.core.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server under load, and while it starts, and looks at what is there when it has started again. */
@Rule("L9")
class ServerKillTest {

    private static final int KILLS = 12;
    private static final int MOST_CHANGES_BEFORE_A_KILL = 500;
    private static final int LONGEST_START_MILLIS = 1_500;
    private static final int FIRST_STARTS = 2;

    @TempDir
    private Path folder;

    @Test
    void nothing_acknowledged_is_lost_and_nothing_is_half_there() throws Exception {
        CrashRun run = new CrashRun("crash");
        Path data = folder.resolve("data");
        try (LinkspanServer server = LinkspanServer.on(data, "--clock", "system", "--peering-requires-vm", "false")
                .open()) {
            Load load = new Load(server, run.random());
            EventLog log = new EventLog(Database.sqlite(data));
            for (int kills = 0; kills < CrashRun.times(KILLS); kills++) {
                if (run.random().nextInt(4) == 0) {
                    killWhileItStarts(server, run.random());
                } else {
                    killUnderLoad(server, load, run.random());
                }
                run.broken();
                if (run.random().nextInt(4) > 0) {
                    check(run, server, load, log);
                }
            }
            check(run, server, load, log);
            run.tell("kills", load);
        }
    }

    private static void killUnderLoad(LinkspanServer server, Load load, Random random) throws Exception {
        if (!server.process().isAlive()) {
            server.open();
        }
        load.meet(List.of(server.url()));
        Load.Running running = load.untilInDoubt();
        running.awaitChanges(1 + random.nextInt(MOST_CHANGES_BEFORE_A_KILL));
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(3_000)));
        server.kill();
        running.stop();
    }

    /** Recovery from the crash before is part of a start. */
    private static void killWhileItStarts(LinkspanServer server, Random random) {
        if (server.process().isAlive()) {
            server.kill();
        }
        server.begin();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_START_MILLIS)));
        server.kill();
    }

    private static void check(CrashRun run, LinkspanServer server, Load load, EventLog log) throws Exception {
        if (!server.process().isAlive()) {
            server.open();
        }
        load.meet(List.of(server.url()));
        run.check(load, log, Database.sqlite(server.data()));
        load.signWithEveryKey();
    }

    @Test
    void a_first_start_that_is_killed_while_it_makes_the_database_can_be_made_again() throws IOException {
        Random random = new CrashRun("crash of first starts").random();
        for (int i = 0; i < CrashRun.times(FIRST_STARTS); i++) {
            Path data = folder.resolve("first-" + i);
            try (LinkspanServer server = LinkspanServer.on(data)) {
                server.begin();
                awaitBytes(data.resolve("linkspan.db-wal"), 1 + random.nextInt(300_000), server);
                server.kill();

                server.open();

                assertThat(server.account().net("10.0.0.0/16")).startsWith("vpc-");
                assertThat(server.account().caller().ask("ReadNets").list("Nets"))
                        .isEmpty();
            }
        }
    }

    /** Until the migrations have written this much, or are over. */
    private static void awaitBytes(Path file, long bytes, LinkspanServer server) throws IOException {
        while (server.process().isAlive() && !server.process().isReady()) {
            if (Files.exists(file) && Files.size(file) >= bytes) {
                return;
            }
            Thread.onSpinWait();
        }
    }
}
