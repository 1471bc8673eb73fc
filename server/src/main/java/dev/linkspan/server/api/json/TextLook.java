package dev.linkspan.server.api.json;

import java.util.List;
import java.util.Optional;

/**
 * How the texts of one type look, as JSON Schema can tell it.
 *
 * @param format a format that JSON Schema names (JSON Schema Validation 2020-12, section 7.3)
 * @param words the only ones there are; any other text fits where the list is empty
 * @param example one of them
 */
record TextLook(Optional<String> format, List<String> words, Optional<String> example) {

    static TextLook of(String format) {
        return new TextLook(Optional.of(format), List.of(), Optional.empty());
    }

    static TextLook oneOf(List<String> words) {
        return new TextLook(Optional.empty(), words, Optional.empty());
    }

    static TextLook like(String example) {
        return new TextLook(Optional.empty(), List.of(), Optional.of(example));
    }
}
