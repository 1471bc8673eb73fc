package dev.linkspan.server.turn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A queue in which everybody has a line of its own, and the first of each line goes by turns: whoever has one thing to be
 * done waits for one of each other's, however many those have. Not safe for several threads.
 */
public final class TurnQueue<T> {

    /** The lines in which somebody waits, whoever is next first. */
    private final LinkedHashMap<String, Deque<T>> lines = new LinkedHashMap<>();

    private int size;

    /** @param whose whose line it waits in */
    public void add(String whose, T waiting) {
        lines.computeIfAbsent(whose, _ -> new ArrayDeque<>()).addLast(waiting);
        size++;
    }

    /** Undoes a {@link #poll}: it is first in its line again, and its line is next. */
    public void putBack(String whose, T waiting) {
        Deque<T> line = lines.getOrDefault(whose, new ArrayDeque<>());
        line.addFirst(waiting);
        lines.putFirst(whose, line);
        size++;
    }

    /** Whoever is next. */
    public Optional<T> poll() {
        return poll(_ -> true);
    }

    /** Whoever is next among those who may go; the others keep their places. */
    public Optional<T> poll(Predicate<String> mayGo) {
        Optional<String> next = next(mayGo);
        return next.flatMap(whose -> Optional.ofNullable(lines.remove(whose))).map(line -> {
            T first = line.removeFirst();
            if (!line.isEmpty()) {
                lines.put(next.get(), line);
            }
            size--;
            return first;
        });
    }

    /** Whose turn is next among those who may go. */
    public Optional<String> next(Predicate<String> mayGo) {
        return lines.keySet().stream().filter(mayGo).findFirst();
    }

    /** Removes what waits no longer. */
    public void remove(String whose, T waiting) {
        Deque<T> line = lines.get(whose);
        if (line != null && line.remove(waiting)) {
            size--;
            if (line.isEmpty()) {
                lines.remove(whose);
            }
        }
    }

    public int size() {
        return size;
    }

    public int size(String whose) {
        Deque<T> line = lines.get(whose);
        return line == null ? 0 : line.size();
    }

    /** The first in somebody's line. */
    Optional<T> first(String whose) {
        return Optional.ofNullable(lines.get(whose)).map(Deque::getFirst);
    }

    /** The first in each line, by whose line it is. */
    public Map<String, T> firsts() {
        return lines.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, line -> line.getValue().getFirst()));
    }

    /** Who has a line. */
    public Set<String> lines() {
        return Set.copyOf(lines.keySet());
    }

    public boolean isEmpty() {
        return size == 0;
    }
}
