package dev.linkspan.server.network.ovsdb;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a transaction, which is done whole or not at all (RFC 7047, section 5.2). Without conditions, all rows are meant. */
public sealed interface Operation {

    /** @param name what other operations of the transaction may call the row: {@link Atom.Inserted} */
    record Insert(String table, Optional<String> name, Row row) implements Operation {}

    /** Reads these columns. */
    record Select(String table, List<Condition> where, List<String> columns) implements Operation {}

    /** Replaces the columns that are given. */
    record Update(String table, List<Condition> where, Row row) implements Operation {}

    /** Changes columns by what is in them. */
    record Mutate(String table, List<Condition> where, List<Mutation> mutations) implements Operation {}

    /** Deletes the rows. */
    record Delete(String table, List<Condition> where) implements Operation {}

    /**
     * Ends the transaction with {@link OvsdbError.Kind#NOT_AS_AWAITED} unless the rows are these, or get to be so in time.
     *
     * @param equal false to wait until they are not these
     * @param patience zero to demand it at once
     */
    record Wait(
            String table, List<Condition> where, List<String> columns, boolean equal, List<Row> rows, Duration patience)
            implements Operation {

        /** Demands that the rows are these. */
        public static Wait demand(String table, List<Condition> where, List<String> columns, List<Row> rows) {
            return new Wait(table, where, columns, true, rows, Duration.ZERO);
        }

        /** Demands that the table has some row, when columns is one that no row has empty. */
        public static Wait demandSome(String table, String column) {
            return new Wait(table, List.of(), List.of(column), false, List.of(), Duration.ZERO);
        }
    }

    /** What the server's log says of the transaction. */
    record Comment(String text) implements Operation {}

    /** Ends the transaction with {@link OvsdbError.Kind#NOT_OWNER} unless this client holds the lock. */
    record Assert(String lock) implements Operation {}

    /** As it goes on the wire. */
    default Json json() {
        Map<String, Json> members = new LinkedHashMap<>();
        switch (this) {
            case Insert(String table, Optional<String> name, Row row) -> {
                begin(members, "insert", table);
                name.ifPresent(it -> members.put("uuid-name", new Json.Text(it)));
                members.put("row", row.json());
            }
            case Select(String table, List<Condition> where, List<String> columns) -> {
                begin(members, "select", table);
                members.put("where", where(where));
                members.put("columns", texts(columns));
            }
            case Update(String table, List<Condition> where, Row row) -> {
                begin(members, "update", table);
                members.put("where", where(where));
                members.put("row", row.json());
            }
            case Mutate(String table, List<Condition> where, List<Mutation> mutations) -> {
                begin(members, "mutate", table);
                members.put("where", where(where));
                members.put(
                        "mutations",
                        new Json.Array(mutations.stream().map(Mutation::json).toList()));
            }
            case Delete(String table, List<Condition> where) -> {
                begin(members, "delete", table);
                members.put("where", where(where));
            }
            case Wait wait -> addWait(members, wait);
            case Comment(String text) -> {
                members.put("op", new Json.Text("comment"));
                members.put("comment", new Json.Text(text));
            }
            case Assert(String lock) -> {
                members.put("op", new Json.Text("assert"));
                members.put("lock", new Json.Text(lock));
            }
        }
        return new Json.Members(members);
    }

    private static void addWait(Map<String, Json> members, Wait wait) {
        begin(members, "wait", wait.table());
        members.put("timeout", new Json.Whole(wait.patience().toMillis()));
        members.put("where", where(wait.where()));
        members.put("columns", texts(wait.columns()));
        members.put("until", new Json.Text(wait.equal() ? "==" : "!="));
        members.put("rows", new Json.Array(wait.rows().stream().map(Row::json).toList()));
    }

    private static void begin(Map<String, Json> members, String operation, String table) {
        members.put("op", new Json.Text(operation));
        members.put("table", new Json.Text(table));
    }

    private static Json where(List<Condition> conditions) {
        return new Json.Array(conditions.stream().map(Condition::json).toList());
    }

    private static Json texts(List<String> texts) {
        return new Json.Array(texts.stream().<Json>map(Json.Text::new).toList());
    }
}
