package dev.linkspan.server.network.ovsdb;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The copy of a database's tables that a monitor keeps. What is read at once is of one state of the database: that after some
 * transaction, and a client's own transaction is in it when its answer is there. While the connection is lost it is as it was.
 */
public final class Tables {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Function<Row, Optional<String>> index;
    private final View view = new View();

    /** The rows by table, and those that the index names, by what it says of them. */
    private final Map<String, Map<UUID, Row>> rows = new HashMap<>();

    private final Map<String, Map<UUID, Entry>> indexed = new HashMap<>();

    /** Who may tell of updates: what the last connection left unread must not get into what the next one tells. */
    private Optional<Object> feed = Optional.empty();

    private Origin origin = Origin.NOTHING;

    /** @param index by what rows are looked for */
    Tables(Function<Row, Optional<String>> index) {
        this.index = index;
    }

    /**
     * What the copy is of: who goes on from there must be told only what happened since.
     *
     * @param transaction the last one that is in it
     */
    record Origin(Schema schema, Json transaction) {

        /** Of a copy that is of nothing. */
        static final Origin NOTHING =
                new Origin(new Schema(Map.of()), new Json.Text("00000000-0000-0000-0000-000000000000"));
    }

    /** A row in its table. */
    public record Entry(String table, UUID id, Row row) {}

    /** What there is; only while it is being read. */
    public final class View {

        private View() {}

        /** The rows of a table, by id. */
        public Map<UUID, Row> rows(String table) {
            return rows.getOrDefault(table, Map.of());
        }

        /** The rows of which the index says this. */
        public List<Entry> indexed(String key) {
            return List.copyOf(indexed.getOrDefault(key, Map.of()).values());
        }

        /** Everything that the index says of some row. */
        public Set<String> keys() {
            return Set.copyOf(indexed.keySet());
        }
    }

    /** Reads one state of the database. The reading must be short, since updates wait for it. */
    public <T> T read(Function<View, T> reading) {
        lock.lock();
        try {
            return reading.apply(view);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is so; false when it is not in time. */
    public boolean await(Predicate<View> wanted, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!wanted.test(view)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** From now on this one tells of updates, and nobody else; beginning with what happened since the result. */
    Origin feedFrom(Object next) {
        lock.lock();
        try {
            feed = Optional.of(next);
            return origin;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes in what one transaction changed, or several; nothing from somebody who does not tell any more.
     *
     * @param after what the copy is of then
     * @param everything whether what was there before is gone unless it is told again
     */
    void apply(Object from, Origin after, Json updates, boolean everything) {
        lock.lock();
        try {
            if (!feed.equals(Optional.of(from))) {
                return;
            }
            // Of nothing, should what follows break off.
            origin = Origin.NOTHING;
            if (everything) {
                rows.clear();
                indexed.clear();
            }
            updates.asMembers()
                    .members()
                    .forEach((table, ofTable) -> ofTable.asMembers()
                            .members()
                            .forEach((id, update) -> apply(after.schema(), table, Atom.uuid(id), update.asMembers())));
            origin = after;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void apply(Schema schema, String table, UUID id, Json.Members update) {
        Map<UUID, Row> ofTable = rows.computeIfAbsent(table, _ -> new HashMap<>());
        Row before = ofTable.get(id);
        Map.Entry<String, Json> kind = update.members().entrySet().stream()
                .findFirst()
                .orElseThrow(() -> new OvsdbException.Malformed("an update says nothing"));
        switch (kind.getKey()) {
            case "initial", "insert" -> put(table, ofTable, id, complete(schema, table, Row.of(kind.getValue())));
            case "modify" -> {
                if (before == null) {
                    throw new OvsdbException.Malformed("a row is modified that is not there");
                }
                put(table, ofTable, id, modified(schema, table, before, Row.of(kind.getValue())));
            }
            case "delete" -> {
                ofTable.remove(id);
                unindex(before, id);
            }
            default -> throw new OvsdbException.Malformed("an update is of the kind '%s'".formatted(kind.getKey()));
        }
    }

    private void put(String table, Map<UUID, Row> ofTable, UUID id, Row row) {
        unindex(ofTable.put(id, row), id);
        index.apply(row)
                .ifPresent(key ->
                        indexed.computeIfAbsent(key, _ -> new LinkedHashMap<>()).put(id, new Entry(table, id, row)));
    }

    private void unindex(@Nullable Row before, UUID id) {
        if (before != null) {
            index.apply(before)
                    .ifPresent(key -> indexed.computeIfPresent(key, (_, entries) -> {
                        entries.remove(id);
                        return entries.isEmpty() ? null : entries;
                    }));
        }
    }

    /** With what a server leaves out. */
    private static Row complete(Schema schema, String table, Row told) {
        Map<String, Value> columns = new LinkedHashMap<>(schema.initial(table));
        columns.putAll(told.columns());
        return new Row(columns);
    }

    private static Row modified(Schema schema, String table, Row before, Row difference) {
        Map<String, Value> columns = new LinkedHashMap<>(before.columns());
        difference.columns().forEach((column, value) -> {
            Schema.Column type = schema.column(table, column);
            columns.put(column, columns.getOrDefault(column, type.initial()).changedBy(value, type.single()));
        });
        return new Row(columns);
    }
}
