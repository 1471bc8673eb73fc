package dev.linkspan.server.network.ovsdb;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a server's database has, as far as a client must know it: its columns, by table. */
record Schema(Map<String, Map<String, Column>> tables) {

    /**
     * A column.
     *
     * @param single whether it holds one atom at most
     * @param initial what it holds where nothing is said: a server leaves it out of what it tells
     */
    record Column(boolean single, Value initial) {}

    static Schema of(Json json) {
        Map<String, Map<String, Column>> tables = new LinkedHashMap<>();
        json.asMembers().get("tables").asMembers().members().forEach((table, described) -> {
            Map<String, Column> columns = new LinkedHashMap<>();
            described
                    .asMembers()
                    .get("columns")
                    .asMembers()
                    .members()
                    .forEach((column, it) ->
                            columns.put(column, column(it.asMembers().get("type"))));
            tables.put(table, columns);
        });
        return new Schema(tables);
    }

    /** A type is the name of an atom's, or tells how many there may be, just one unless it is said. */
    private static Column column(Json type) {
        return switch (type) {
            case Json.Members members -> {
                boolean single = !(members.get("max") instanceof Json.Text)
                        && (!(members.get("max") instanceof Json.Whole(long max)) || max == 1);
                boolean optional = members.get("min") instanceof Json.Whole(long min) && min == 0;
                if (members.get("value").present().isPresent()) {
                    yield new Column(single, new Value.Pairs(Map.of()));
                }
                yield new Column(single, optional ? Value.empty() : initial(members.get("key")));
            }
            default -> new Column(true, initial(type));
        };
    }

    private static Value initial(Json type) {
        String name = type instanceof Json.Members members ? members.get("type").asText() : type.asText();
        return switch (name) {
            case "string" -> Value.text("");
            case "integer" -> Value.whole(0);
            case "real" -> Value.rows(new Atom.Real(0));
            case "boolean" -> Value.flag(false);
            case "uuid" -> Value.rows(new Atom.Id(new UUID(0, 0)));
            default -> throw new OvsdbException.Malformed("'%s' is no type".formatted(name));
        };
    }

    /** What it has of these columns, by table: not every version has all. */
    Schema only(Map<String, Set<String>> wanted) {
        Map<String, Map<String, Column>> left = new LinkedHashMap<>();
        tables.forEach((table, columns) -> {
            if (wanted.containsKey(table)) {
                Map<String, Column> kept = new LinkedHashMap<>(columns);
                kept.keySet().retainAll(wanted.getOrDefault(table, Set.of()));
                left.put(table, kept);
            }
        });
        return new Schema(left);
    }

    /** What the columns of a new row hold. */
    Map<String, Value> initial(String table) {
        Map<String, Value> initial = new LinkedHashMap<>();
        tables.getOrDefault(table, Map.of()).forEach((column, it) -> initial.put(column, it.initial()));
        return initial;
    }

    Column column(String table, String column) {
        Column found = tables.getOrDefault(table, Map.of()).get(column);
        if (found == null) {
            throw new OvsdbException.Malformed("an update tells of a column %s.%s".formatted(table, column));
        }
        return found;
    }
}
