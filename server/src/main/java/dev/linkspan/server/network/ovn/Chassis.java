package dev.linkspan.server.network.ovn;

import dev.linkspan.server.network.ovsdb.OvsdbClient;
import dev.linkspan.server.network.ovsdb.Row;
import dev.linkspan.server.network.ovsdb.Tables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The hosts that forward packets, each by its row in the southbound database, and what each of them has in force. The single number of
 * the northbound one ({@code hv_cfg}) says the same of all together, but not which one is behind.
 */
final class Chassis {

    private static final String TABLE = "Chassis_Private";
    private static final String DONE = "nb_cfg";

    /** What must be monitored for it. */
    static final Map<String, Set<String>> MONITORED = Map.of(TABLE, Set.of("name", DONE));

    private final OvsdbClient southbound;
    private Set<String> late = Set.of();

    Chassis(OvsdbClient southbound) {
        this.southbound = southbound;
    }

    /** The greatest number that any of them has reached: one that is told next must be greater, whatever became of the databases. */
    long latest() {
        southbound.awaitReady();
        return southbound.tables().read(view -> rows(view).map(Chassis::done).reduce(0L, Math::max));
    }

    /**
     * Waits until all of them have reached this number; throws {@link NotInForce} where some have not in time. One that was not
     * in time is not waited for again before it has caught up, so that a dead host does not hold up the others. By one thread at a time.
     */
    void await(long number, Duration patience) throws InterruptedException {
        southbound.awaitReady();
        Set<String> known = late;
        southbound.tables().await(view -> known.containsAll(behind(view, number)), patience);
        List<String> behind = southbound.tables().read(view -> behind(view, number));
        late = Set.copyOf(behind);
        if (!behind.isEmpty()) {
            throw new NotInForce("hosts do not have in force what was written, after up to %d ms: %s"
                    .formatted(patience.toMillis(), String.join(", ", behind)));
        }
    }

    /** The names of all of them, as far as is known at once. */
    List<String> names() {
        return southbound
                .tables()
                .read(view -> rows(view).map(row -> row.text("name")).sorted().toList());
    }

    private static List<String> behind(Tables.View view, long number) {
        return rows(view)
                .filter(row -> done(row) < number)
                .map(row -> row.text("name"))
                .sorted()
                .toList();
    }

    private static Stream<Row> rows(Tables.View view) {
        return view.rows(TABLE).values().stream();
    }

    private static long done(Row row) {
        return row.whole(DONE).orElse(0L);
    }
}
