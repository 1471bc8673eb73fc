package dev.linkspan.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Random;

/**
 * How often and by which chances a test breaks things, what is checked after each time, and the line that it ends with. A
 * seed makes the same choices again ({@code -Dlinkspan.seed=N}); the moments are the machine's.
 */
final class CrashRun {

    private static final boolean LONG = Boolean.getBoolean("linkspan.long");

    private final String name;
    private final long seed;
    private final Random random;
    private int times;

    CrashRun(String name) {
        this.name = name;
        this.seed = Long.getLong("linkspan.seed", System.nanoTime());
        this.random = new Random(seed);
        System.out.printf(Locale.ROOT, "%s: seed %d%n", name, seed);
    }

    /** So many in every run, ten times as many in the long one. */
    static int times(int usually) {
        return LONG ? 10 * usually : usually;
    }

    Random random() {
        return random;
    }

    void broken() {
        times++;
    }

    /** Nothing acknowledged is lost, nothing is half there, and the log explains all of it. */
    void check(Load load, EventLog log, Database database) throws SQLException {
        String when = "%s %d, seed %d".formatted(name, times, seed);
        load.settle();
        assertThat(load.ledger().audit(log.grown())).as(when).isEmpty();
        assertThat(database.faults()).as(when).isEmpty();
        assertThat(database.peeringStates()).as(when).isEqualTo(log.peeringStates());
    }

    void tell(String what, Load load) {
        System.out.printf(
                Locale.ROOT,
                "%s: %,d %s, %,d acknowledged, %,d refused, %,d unknown, seed %d%n",
                name,
                times,
                what,
                load.ledger().acknowledgedInAll(),
                load.ledger().refusedInAll(),
                load.ledger().unknownInAll(),
                seed);
    }
}
