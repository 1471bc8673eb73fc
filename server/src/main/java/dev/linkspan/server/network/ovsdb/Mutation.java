package dev.linkspan.server.network.ovsdb;

/**
 * A change of a column that depends on what is in it (RFC 7047, section 5.1).
 *
 * @param mutator {@code insert}, {@code delete}, {@code +=} and so on
 */
public record Mutation(String column, String mutator, Value value) {

    /** Puts these into the set or map. */
    public static Mutation insert(String column, Value value) {
        return new Mutation(column, "insert", value);
    }

    /** Takes these out of the set or map. */
    public static Mutation delete(String column, Value value) {
        return new Mutation(column, "delete", value);
    }

    /** Adds to the number. */
    public static Mutation add(String column, long number) {
        return new Mutation(column, "+=", Value.whole(number));
    }

    Json json() {
        return Json.Array.of(new Json.Text(column), new Json.Text(mutator), value.json());
    }
}
