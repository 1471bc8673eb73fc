package dev.linkspan.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.core.Rule;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Kills one of two servers under load, and PostgreSQL under both, and looks at what is there afterwards. */
@Rule("L9")
class ClusterKillTest {

    private static final int KILLS_OF_SERVERS = 6;
    private static final int KILLS_OF_POSTGRESQL = 4;
    private static final int MOST_CHANGES_BEFORE_A_KILL = 300;
    private static final int CHANGES_AFTER_A_KILL = 20;
    private static final int LONGEST_START_MILLIS = 1_500;
    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

    @Test
    void what_a_killed_server_has_acknowledged_is_there_and_the_other_one_goes_on() throws Exception {
        CrashRun run = new CrashRun("crash of one of two servers");
        Random random = run.random();
        try (Servers servers = new Servers()) {
            Load load = new Load(servers.one(0), random);
            for (int kills = 0; kills < CrashRun.times(KILLS_OF_SERVERS); kills++) {
                LinkspanServer victim = servers.one(random.nextInt(2));
                if (random.nextInt(4) == 0) {
                    victim.kill();
                    victim.begin();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_START_MILLIS)));
                    victim.kill();
                } else {
                    killUnderLoad(victim, servers, load, random);
                }
                run.broken();
                servers.check(run, load);
            }
            run.tell("kills", load);
        }
    }

    private static void killUnderLoad(LinkspanServer victim, Servers servers, Load load, Random random)
            throws Exception {
        servers.meet(load);
        LinkspanServer other = servers.one(0) == victim ? servers.one(1) : servers.one(0);
        Load.Running running = load.untilInDoubt();
        awaitAChange(running, random);
        victim.kill();
        running.awaitChanges(CHANGES_AFTER_A_KILL);
        running.stop();
        assertThat(load.longestCallTo(other.url()))
                .as("the longest call of the other server")
                .isLessThan(LONGEST_CALL);
    }

    @Test
    void what_was_acknowledged_is_there_when_postgresql_is_killed_and_starts_again() throws Exception {
        CrashRun run = new CrashRun("crash of PostgreSQL");
        try (Servers servers = new Servers()) {
            Load load = new Load(servers.one(0), run.random());
            for (int kills = 0; kills < CrashRun.times(KILLS_OF_POSTGRESQL); kills++) {
                servers.meet(load);
                Load.Running running = load.untilInDoubt();
                awaitAChange(running, run.random());
                servers.postgres().kill();
                running.awaitEnd();
                servers.postgres().restart();
                run.broken();
                servers.check(run, load);
            }
            run.tell("kills", load);
        }
    }

    /** Some change and some moment after it. */
    private static void awaitAChange(Load.Running running, Random random) throws Exception {
        running.awaitChanges(1 + random.nextInt(MOST_CHANGES_BEFORE_A_KILL));
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(3_000)));
    }
}
