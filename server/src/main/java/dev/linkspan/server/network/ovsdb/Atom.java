package dev.linkspan.server.network.ovsdb;

import java.util.List;
import java.util.UUID;

/** A single value of a column. */
public sealed interface Atom {

    /** A string. */
    record Text(String value) implements Atom {}

    /** An integer of 64 bits. */
    record Whole(long value) implements Atom {}

    /** A real number. */
    record Real(double value) implements Atom {}

    /** A boolean. */
    record Flag(boolean value) implements Atom {}

    /** A row, by its id. */
    record Id(UUID value) implements Atom {}

    /** A row that the same transaction inserts, by the name that it has there ({@code uuid-name}). */
    record Inserted(String name) implements Atom {}

    /** As it goes on the wire. */
    default Json json() {
        return switch (this) {
            case Text(String value) -> new Json.Text(value);
            case Whole(long value) -> new Json.Whole(value);
            case Real(double value) -> new Json.Real(value);
            case Flag(boolean value) -> new Json.Flag(value);
            case Id(UUID value) -> Json.Array.of(new Json.Text("uuid"), new Json.Text(value.toString()));
            case Inserted(String name) -> Json.Array.of(new Json.Text("named-uuid"), new Json.Text(name));
        };
    }

    /** As it came. */
    static Atom of(Json json) {
        return switch (json) {
            case Json.Text(String value) -> new Text(value);
            case Json.Whole(long value) -> new Whole(value);
            case Json.Real(double value) -> new Real(value);
            case Json.Flag(boolean value) -> new Flag(value);
            case Json.Array(List<Json> pair)
            when pair.size() == 2 && pair.getFirst().equals(new Json.Text("uuid")) ->
                new Id(uuid(pair.getLast().asText()));
            default -> throw new OvsdbException.Malformed("%s is no atom".formatted(json.text()));
        };
    }

    /** The id that this text is. */
    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException wrong) {
            throw new OvsdbException.Malformed("'%s' is no UUID".formatted(text));
        }
    }
}
