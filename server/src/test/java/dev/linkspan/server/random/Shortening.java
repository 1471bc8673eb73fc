package dev.linkspan.server.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a list that fails as short as it goes: leaves out half of it at first, and one by one at last. */
public final class Shortening {

    private Shortening() {}

    /** The list itself where nothing shorter fails. */
    public static <T> List<T> of(List<T> items, Predicate<List<T>> fails) {
        List<T> shortest = items;
        for (int chunk = items.size() / 2; chunk >= 1; chunk /= 2) {
            int from = 0;
            while (from < shortest.size()) {
                List<T> rest = new ArrayList<>(shortest);
                rest.subList(from, Math.min(from + chunk, rest.size())).clear();
                if (fails.test(rest)) {
                    shortest = rest;
                } else {
                    from += chunk;
                }
            }
        }
        return shortest;
    }
}
