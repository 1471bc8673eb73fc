package dev.linkspan.server.network.ovn;

import dev.linkspan.core.id.NetId;
import dev.linkspan.server.network.ovn.NbRow.Cell;
import dev.linkspan.server.network.ovsdb.Atom;
import dev.linkspan.server.network.ovsdb.Condition;
import dev.linkspan.server.network.ovsdb.Operation;
import dev.linkspan.server.network.ovsdb.Row;
import dev.linkspan.server.network.ovsdb.Tables;
import dev.linkspan.server.network.ovsdb.Tables.Entry;
import dev.linkspan.server.network.ovsdb.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must be done for a Net to have the rows that it must, and no others. The operations begin with a demand that nobody has changed
 * the Net since it was read, and end its revision: what was read too early, or is repeated since its outcome is not known, is refused
 * as a whole, and nothing is made twice. The revision is that of an address set, which northd looks at without recomputing anything.
 */
final class NbDiff {

    private static final String MEMBERS = "addresses";

    private final NbMarks marks;
    private final NetRows wanted;
    private final String prefix;

    /** The rows that are there and stay, by key. */
    private final Map<String, Entry> kept = new HashMap<>();

    private final List<Entry> surplus = new ArrayList<>();
    private final List<Entry> revisions = new ArrayList<>();

    /** What new rows are called in the transaction, by key. */
    private final Map<String, String> names = new HashMap<>();

    private final List<Operation> operations = new ArrayList<>();

    private NbDiff(NbMarks marks, NetRows wanted, String prefix) {
        this.marks = marks;
        this.wanted = wanted;
        this.prefix = prefix;
    }

    /**
     * The operations; none where everything is as it must be.
     *
     * @param prefix which no other difference in the same transaction has
     */
    static List<Operation> between(Tables.View there, NetRows wanted, NbMarks marks, String prefix) {
        NbDiff diff = new NbDiff(marks, wanted, prefix);
        diff.sort(there);
        diff.compare();
        return diff.operations.isEmpty() && diff.revisionIsRight() ? List.of() : diff.guarded();
    }

    /**
     * What closes at once: whoever is not in an address set any more is taken out of it. For a transaction ahead of the other one, where
     * that has more to do: northd looks at members without recomputing, and at other rows it may be for long. None where nothing closes,
     * or all is as quick as this. Members are only ever named to let something pass, so fewer of them never open anything.
     */
    static List<Operation> closing(Tables.View there, NetRows wanted, NbMarks marks) {
        NbDiff diff = new NbDiff(marks, wanted, "");
        diff.sort(there);
        diff.compare();
        boolean isQuick = diff.operations.stream().allMatch(NbDiff::isAboutMembers);
        return isQuick ? List.of() : diff.withoutWhoLeft();
    }

    private static boolean isAboutMembers(Operation operation) {
        return operation instanceof Operation.Update(String table, List<Condition> _, Row _)
                && table.equals(NbTable.ADDRESS_SET.table());
    }

    private List<Operation> withoutWhoLeft() {
        List<Operation> closing = new ArrayList<>();
        surplus.forEach(entry -> keepOnly(List.of(), entry, closing));
        kept.forEach((key, entry) -> {
            NbRow row = wanted.rows().get(key);
            Cell members = row == null ? null : row.columns().get(MEMBERS);
            keepOnly(members instanceof Cell.Holds(Value value) ? value.texts() : List.of(), entry, closing);
        });
        return closing;
    }

    private static void keepOnly(List<String> members, Entry entry, List<Operation> closing) {
        if (entry.table().equals(NbTable.ADDRESS_SET.table())) {
            List<String> there = entry.row().get(MEMBERS).texts();
            List<String> staying = there.stream().filter(members::contains).toList();
            if (staying.size() < there.size()) {
                closing.add(new Operation.Update(
                        entry.table(), List.of(Condition.isRow(entry.id())), Row.of(MEMBERS, Value.texts(staying))));
            }
        }
    }

    private void sort(Tables.View there) {
        for (Entry entry : there.indexed(wanted.net().value())) {
            if (NbMarks.revision(entry.row()).isPresent() && entry.table().equals(NbTable.ADDRESS_SET.table())) {
                revisions.add(entry);
            } else {
                keepOrRemove(NbMarks.key(entry.row()).map(wanted.rows()::get), entry);
            }
        }
        // Somebody may have taken the marks from a row. It is told by its name, which follows from an id.
        there.indexed(NbMarks.unmarked(OvnNames.revision(wanted.net()))).stream()
                .filter(entry -> entry.table().equals(NbTable.ADDRESS_SET.table()))
                .forEach(revisions::add);
        for (NbRow row : wanted.rows().values()) {
            if (!row.name().isEmpty() && !kept.containsKey(row.key())) {
                there.indexed(NbMarks.unmarked(row.name())).stream()
                        .filter(entry -> entry.table().equals(row.table().table()))
                        .forEach(entry -> keepOrRemove(Optional.of(row), entry));
            }
        }
        wanted.rows().keySet().stream()
                .filter(key -> !kept.containsKey(key))
                .forEach(key -> names.put(key, prefix + names.size()));
    }

    private void keepOrRemove(Optional<NbRow> row, Entry entry) {
        boolean keeps = row.filter(it -> it.table().table().equals(entry.table()))
                .map(it -> kept.putIfAbsent(it.key(), entry) == null)
                .orElse(false);
        if (!keeps) {
            surplus.add(entry);
        }
    }

    private void compare() {
        surplus.forEach(
                entry -> operations.add(new Operation.Delete(entry.table(), List.of(Condition.isRow(entry.id())))));
        wanted.rows().values().forEach(row -> {
            Entry there = kept.get(row.key());
            if (there == null) {
                insert(row);
            } else {
                update(row, there);
            }
        });
    }

    private void insert(NbRow row) {
        Map<String, Value> columns = new LinkedHashMap<>();
        row.columns().forEach((column, cell) -> columns.put(column, value(cell)));
        columns.put(NbTable.EXTERNAL_IDS, marks.of(wanted.net(), row.key()));
        operations.add(
                new Operation.Insert(row.table().table(), Optional.ofNullable(names.get(row.key())), new Row(columns)));
    }

    /** Columns that the server's version does not have hold nothing and need nothing. */
    private void update(NbRow row, Entry there) {
        Map<String, Value> changed = new LinkedHashMap<>();
        row.table().columns().forEach((column, initial) -> {
            Cell cell = row.columns().get(column);
            Value right = column.equals(NbTable.EXTERNAL_IDS)
                    ? marks.of(wanted.net(), row.key())
                    : cell == null ? initial : value(cell);
            Value is = there.row().columns().getOrDefault(column, initial);
            if (!is.equals(right)) {
                changed.put(column, right);
            }
        });
        if (!changed.isEmpty()) {
            operations.add(new Operation.Update(there.table(), List.of(Condition.isRow(there.id())), new Row(changed)));
        }
    }

    private Value value(Cell cell) {
        return switch (cell) {
            case Cell.Holds(Value value) -> value;
            case Cell.Refers(List<String> keys) -> Value.atoms(keys.stream().map(this::reference));
        };
    }

    private Atom reference(String key) {
        Entry there = kept.get(key);
        if (there != null) {
            return new Atom.Id(there.id());
        }
        String name = names.get(key);
        if (name == null) {
            throw new IllegalStateException("BUG: %s refers to '%s', which it has not".formatted(wanted.net(), key));
        }
        return new Atom.Inserted(name);
    }

    /** A Net that has rows has one revision, and one that has none has none. */
    private boolean revisionIsRight() {
        return wanted.rows().isEmpty()
                ? revisions.isEmpty()
                : revisions.size() == 1
                        && NbMarks.revision(revisions.getFirst().row()).isPresent();
    }

    private List<Operation> guarded() {
        NetId net = wanted.net();
        String table = NbTable.ADDRESS_SET.table();
        String name = OvnNames.revision(net);
        List<Condition> where = List.of(Condition.equal("name", Value.text(name)));
        List<Row> seen = revisions.stream()
                .map(entry -> Row.of(NbTable.EXTERNAL_IDS, entry.row().get(NbTable.EXTERNAL_IDS)))
                .toList();
        long next = revisions.stream()
                        .flatMap(entry -> NbMarks.revision(entry.row()).stream())
                        .reduce(0L, Math::max)
                + 1;
        Row revision = new Row(Map.of("name", Value.text(name), NbTable.EXTERNAL_IDS, marks.ofRevision(net, next)));
        List<Operation> guarded = new ArrayList<>();
        guarded.add(Operation.Wait.demand(table, where, List.of(NbTable.EXTERNAL_IDS), seen));
        guarded.addAll(operations);
        if (wanted.rows().isEmpty()) {
            guarded.add(new Operation.Delete(table, where));
        } else if (revisions.isEmpty()) {
            guarded.add(new Operation.Insert(table, Optional.empty(), revision));
        } else {
            guarded.add(new Operation.Update(table, where, revision));
        }
        return guarded;
    }
}
