package dev.linkspan.server.network.ovsdb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A row, or a part of one: columns with their values. A column that is not there is empty. */
public record Row(Map<String, Value> columns) {

    public static final Row NONE = new Row(Map.of());

    public Row {
        columns = Map.copyOf(columns);
    }

    /** A row of one column. */
    public static Row of(String column, Value value) {
        return new Row(Map.of(column, value));
    }

    /** What the column holds. */
    public Value get(String column) {
        return columns.getOrDefault(column, Value.empty());
    }

    /** The string in the column; "" where there is none. */
    public String text(String column) {
        List<String> texts = get(column).texts();
        return texts.isEmpty() ? "" : texts.getFirst();
    }

    /** The integer in the column, if there is one. */
    public Optional<Long> whole(String column) {
        return get(column).wholes().stream().findFirst();
    }

    Json json() {
        Map<String, Json> members = new LinkedHashMap<>();
        columns.forEach((column, value) -> members.put(column, value.json()));
        return new Json.Members(members);
    }

    static Row of(Json json) {
        Map<String, Value> columns = new LinkedHashMap<>();
        json.asMembers().members().forEach((column, value) -> columns.put(column, Value.of(value)));
        return new Row(columns);
    }
}
