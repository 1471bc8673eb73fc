package dev.linkspan.server.network.ovsdb;

import java.util.UUID;

/**
 * Which rows are meant: those for whose column this is true (RFC 7047, section 5.1).
 *
 * @param function {@code ==}, {@code !=}, {@code includes}, {@code excludes}, {@code <} and so on
 */
public record Condition(String column, String function, Value value) {

    /** Rows whose column is exactly this. */
    public static Condition equal(String column, Value value) {
        return new Condition(column, "==", value);
    }

    /** The row of this id. */
    public static Condition isRow(UUID row) {
        return equal("_uuid", Value.rows(new Atom.Id(row)));
    }

    /** Rows whose column has all of this among others. */
    public static Condition includes(String column, Value value) {
        return new Condition(column, "includes", value);
    }

    Json json() {
        return Json.Array.of(new Json.Text(column), new Json.Text(function), value.json());
    }
}
