package dev.linkspan.server.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Statements that make a row, or replace the whole of it where there is one of its key. */
final class Upsert {

    private Upsert() {}

    /**
     * Goes on behind an insert: every column that it names, but for those of the key, is set to what was to be inserted.
     *
     * @param key the columns of the key, with commas
     */
    static String by(String key, String insert) {
        List<String> keys = columns(key);
        List<String> replaced = new ArrayList<>();
        for (String column : columns(insert.substring(insert.indexOf('(') + 1, insert.indexOf(')')))) {
            if (!keys.contains(column)) {
                replaced.add(column + " = excluded." + column);
            }
        }
        return insert + "on conflict (" + key + ") do update set " + String.join(", ", replaced);
    }

    private static List<String> columns(String list) {
        return Arrays.asList(list.strip().split(",\\s+", -1));
    }
}
