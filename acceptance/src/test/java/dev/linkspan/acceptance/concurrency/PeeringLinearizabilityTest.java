package dev.linkspan.acceptance.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.concurrency.World.Limits;
import dev.linkspan.acceptance.concurrency.World.OwnedNet;
import dev.linkspan.core.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many clients, few Nets: whatever they are answered, some order, one after the other, explains it. */
@Rule({"L10", "L1", "L2", "L3", "L9", "P3", "P9", "P12"})
class PeeringLinearizabilityTest {

    private static final boolean LONG = Boolean.getBoolean("linkspan.long");
    private static final long SEED = Long.getLong("linkspan.seed", System.nanoTime());
    private static final int ROUNDS = 10;
    private static final int CLIENTS = 16;

    /** Quotas that nobody reaches, so that pairs of Nets have nothing to do with each other. */
    private static final Round.Size WIDE = new Round.Size(CLIENTS, 320, new Limits(1_000, 1_000), 0);

    /** Quotas that are reached all the time. Everything depends on everything, so fewer do less. */
    private static final Round.Size NARROW = new Round.Size(CLIENTS / 2, 80, new Limits(1, 2), 0);

    /** What was under way when the server was killed has no answer, and may have been done or not. */
    private static final Round.Size BROKEN = new Round.Size(CLIENTS, 240, new Limits(1_000, 1_000), 1);

    private static final int BROKEN_ROUNDS = 3;

    private static final int REAL_TIME_ROUNDS = 6;

    @Test
    void one_server_on_sqlite_answers_as_if_one_call_came_after_the_other() throws Exception {
        try (Cluster cluster = Cluster.onSqlite()) {
            hammer(cluster, "one server on SQLite");
        }
    }

    @Test
    void three_servers_on_postgresql_answer_as_if_one_call_came_after_the_other() throws Exception {
        try (Cluster cluster = Cluster.onPostgres(3)) {
            hammer(cluster, "three servers on PostgreSQL");
        }
    }

    @Test
    void a_server_that_is_killed_meanwhile_answers_as_if_one_call_came_after_the_other() throws Exception {
        try (Cluster cluster = Cluster.onSqlite()) {
            hammerAndKill(cluster, "one server on SQLite, killed");
        }
    }

    @Test
    void three_servers_of_which_one_is_killed_answer_as_if_one_call_came_after_the_other() throws Exception {
        try (Cluster cluster = Cluster.onPostgres(3)) {
            hammerAndKill(cluster, "three servers on PostgreSQL, one killed");
        }
    }

    @Test
    void three_servers_answer_as_if_one_call_came_after_the_other_while_requests_expire_in_real_time()
            throws Exception {
        String where = "three servers on PostgreSQL, real time";
        Random random = new Random(SEED);
        List<History> histories = new ArrayList<>();
        try (Cluster cluster = Cluster.onPostgresInRealTime(3)) {
            for (int i = 0; i < (LONG ? 10 * REAL_TIME_ROUNDS : REAL_TIME_ROUNDS); i++) {
                History history = new Round(cluster, WIDE).runOverExpiries(random.nextLong());
                checkParts(history.byPair(), "%s, seed %d, round %d".formatted(where, SEED, i));
                histories.add(history);
            }
            assertThat(LogReplay.faults(worldOf(histories), cluster.log().entries()))
                    .as(where)
                    .isEmpty();
        }
        tell(where, histories);
    }

    private static void hammerAndKill(Cluster cluster, String where) throws Exception {
        Random random = new Random(SEED);
        List<History> histories = new ArrayList<>();
        for (int i = 0; i < (LONG ? 10 * BROKEN_ROUNDS : BROKEN_ROUNDS); i++) {
            History history = new Round(cluster, BROKEN).run(random.nextLong());
            checkParts(history.byPair(), "%s, seed %d, round %d".formatted(where, SEED, i));
            histories.add(history);
        }
        assertThat(LogReplay.faults(worldOf(histories), cluster.log().entries()))
                .as(where)
                .isEmpty();
        tell(where, histories);
    }

    private static void hammer(Cluster cluster, String where) throws Exception {
        System.out.printf(Locale.ROOT, "linearizable, %s: seed %d%n", where, SEED);
        Random random = new Random(SEED);
        List<History> histories = new ArrayList<>();
        int rounds = LONG ? 10 * ROUNDS : ROUNDS;
        for (int i = 0; i < 2 * rounds; i++) {
            boolean wide = i % 2 == 0;
            History history = new Round(cluster, wide ? WIDE : NARROW).run(random.nextLong());
            String name = "%s, seed %d, round %d".formatted(where, SEED, i);
            check(history, wide, name);
            histories.add(history);
        }
        checkLog(cluster.log().entries(), histories, where);
        tell(where, histories);
    }

    private static void tell(String where, List<History> histories) {
        List<Operation> operations = histories.stream()
                .flatMap(history -> history.operations().stream())
                .map(Recorded::operation)
                .filter(operation -> !(operation.call() instanceof Call.Expire))
                .toList();
        System.out.printf(
                Locale.ROOT,
                "linearizable, %s: %,d histories, %,d operations (%,d unanswered), %d clients, seed %d%n",
                where,
                histories.size(),
                operations.size(),
                operations.stream().filter(Operation::isIndeterminate).count(),
                CLIENTS,
                SEED);
    }

    private static void check(History history, boolean wide, String name) {
        assertThat(history.operations())
                .as("%s: every call is answered", name)
                .noneMatch(recorded -> recorded.operation().isIndeterminate());
        checkParts(wide ? history.byPair() : List.of(history), name);
    }

    private static void checkParts(List<History> parts, String name) {
        for (History part : parts) {
            assertThat(Examination.faultOf(part, name)).as(name).isEmpty();
        }
    }

    /** The log keeps the rules at every instant, and its order explains all that was answered. */
    private static void checkLog(List<LogEntry> log, List<History> histories, String where) {
        assertThat(LogReplay.faults(worldOf(histories), log)).as(where).isEmpty();
        for (History history : histories) {
            assertThat(LogWitness.faults(history, partOf(log, history)))
                    .as(where)
                    .isEmpty();
        }
    }

    private static World worldOf(List<History> histories) {
        List<OwnedNet> nets = new ArrayList<>();
        Map<String, Limits> limits = new HashMap<>();
        for (History history : histories) {
            nets.addAll(history.world().nets().values());
            limits.putAll(history.world().limits());
        }
        return World.of(nets, limits);
    }

    /** What was caused by the requests of this history, or by accounts that have no part in any other. */
    private static List<LogEntry> partOf(List<LogEntry> log, History history) {
        List<String> requests = history.operations().stream()
                .map(recorded -> recorded.operation().requestId())
                .toList();
        List<String> accounts = history.world().accounts();
        return log.stream()
                .filter(entry -> requests.contains(entry.requestId()) || accounts.contains(entry.actor()))
                .toList();
    }
}
